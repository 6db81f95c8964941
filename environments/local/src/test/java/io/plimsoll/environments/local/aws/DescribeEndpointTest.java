package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.EndpointFixture.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.estate.ArnSuffix;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.TargetView;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheClusterNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;

class DescribeEndpointTest {
    private final EndpointFixture fixture = new EndpointFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theLoadBalancerItsTargetGroupAndListenerReferToEachOther() {
        try (ElasticLoadBalancingV2Client elb = fixture.client(ElasticLoadBalancingV2Client.builder())) {
            LoadBalancer balancer = elb.describeLoadBalancers(r -> r.names("plimsoll-lb"))
                    .loadBalancers()
                    .get(0);
            assertThat(balancer.loadBalancerArn()).endsWith(":loadbalancer/" + ArnSuffix.loadBalancer("plimsoll-lb"));
            assertThat(balancer.createdTime()).isEqualTo(T0);
            assertThat(balancer.availabilityZones()).hasSize(2);
            TargetGroup group = elb.describeTargetGroups(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
                    .targetGroups()
                    .get(0);
            assertThat(group.targetGroupArn()).endsWith(":" + ArnSuffix.targetGroup("plimsoll-app"));
            assertThat(group.loadBalancerArns()).containsExactly(balancer.loadBalancerArn());
            assertThat(group.healthCheckIntervalSeconds()).isEqualTo(1);
            Listener listener = elb.describeListeners(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
                    .listeners()
                    .get(0);
            assertThat(listener.port()).isEqualTo(8080);
            assertThat(listener.defaultActions().get(0).targetGroupArn()).isEqualTo(group.targetGroupArn());
            assertThat(elb.describeTags(r -> r.resourceArns(group.targetGroupArn()))
                            .tagDescriptions())
                    .hasSize(1);
        }
    }

    @Test
    void targetHealthFollowsTheEstate() throws Fleet.LaunchException {
        String first = fixture.estate.launch("us-east-1a").id();
        String second = fixture.estate.launch("us-east-1b").id();
        fixture.estate.register(first);
        fixture.estate.set(second, TargetView.Health.HEALTHY);
        try (ElasticLoadBalancingV2Client elb = fixture.client(ElasticLoadBalancingV2Client.builder())) {
            String arn = elb.describeTargetGroups().targetGroups().get(0).targetGroupArn();

            List<TargetHealthDescription> health =
                    elb.describeTargetHealth(r -> r.targetGroupArn(arn)).targetHealthDescriptions();

            assertThat(health).extracting(each -> each.target().id()).containsExactly(first, second);
            assertThat(health)
                    .extracting(each -> each.targetHealth().state())
                    .containsExactly(TargetHealthStateEnum.INITIAL, TargetHealthStateEnum.HEALTHY);
            assertThat(health.get(0).targetHealth().reasonAsString()).isEqualTo("Elb.InitialHealthChecking");
            assertThat(health.get(1).targetHealth().reasonAsString()).isNull();
            assertThatThrownBy(() -> elb.describeTargetHealth(r -> r.targetGroupArn(arn + "0")))
                    .isInstanceOf(TargetGroupNotFoundException.class)
                    .hasMessageContaining("Target groups '" + arn + "0' not found");
            assertThatThrownBy(() -> elb.describeLoadBalancers(r -> r.names("other")))
                    .isInstanceOf(LoadBalancerNotFoundException.class)
                    .hasMessageContaining("Load balancers '[other]' not found");
        }
    }

    @Test
    void databasesTellWhoReplicatesWhom() {
        try (RdsClient rds = fixture.client(RdsClient.builder())) {
            DBInstance primary = rds.describeDBInstances(r -> r.dbInstanceIdentifier("plimsoll-db"))
                    .dbInstances()
                    .get(0);
            assertThat(primary.readReplicaDBInstanceIdentifiers())
                    .containsExactly("plimsoll-db-replica-1", "plimsoll-db-replica-2");
            assertThat(primary.readReplicaSourceDBInstanceIdentifier()).isNull();
            assertThat(primary.endpoint().port()).isEqualTo(3306);
            assertThat(rds.describeDBInstancesPaginator(r -> r.maxRecords(1)).dbInstances())
                    .extracting(DBInstance::readReplicaSourceDBInstanceIdentifier)
                    .containsExactly(null, "plimsoll-db", "plimsoll-db");
            assertThatThrownBy(() -> rds.describeDBInstances(r -> r.dbInstanceIdentifier("other")))
                    .isInstanceOf(DbInstanceNotFoundException.class)
                    .hasMessageContaining("DBInstance other not found.");
            assertThatThrownBy(() -> rds.describeDBInstances(r -> r.marker("page-4")))
                    .hasMessageContaining("The token 'page-4' is not valid");
        }
    }

    @Test
    void instancesAreDescribedInEc2sProtocol() throws Fleet.LaunchException {
        String first = fixture.estate.launch("us-east-1a").id();
        String second = fixture.estate.launch("us-east-1b").id();
        fixture.estate.terminate(second);
        try (Ec2Client ec2 = fixture.client(Ec2Client.builder())) {
            List<Instance> instances = ec2.describeInstancesPaginator(r -> r.maxResults(1)).reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .toList();
            assertThat(instances).extracting(Instance::instanceId).containsExactly(first, second);
            assertThat(instances)
                    .extracting(instance -> instance.state().name())
                    .containsExactly(InstanceStateName.RUNNING, InstanceStateName.TERMINATED);
            assertThat(instances.get(0).instanceTypeAsString()).isEqualTo("local.small");
            assertThat(instances.get(0).tags())
                    .extracting(tag -> tag.key() + "=" + tag.value())
                    .contains("Name=plimsoll-app", "tier=app");
            assertThat(instances.get(0).launchTime()).isEqualTo(T0);
            assertThat(ec2.describeInstances(r -> r.filters(Filter.builder()
                                    .name("instance-state-name")
                                    .values("running", "pending")
                                    .build()))
                            .reservations())
                    .hasSize(1);
            SecurityGroup guard = ec2.describeSecurityGroups().securityGroups().get(0);
            assertThat(guard.groupName()).isEqualTo("plimsoll-app");
            assertThat(guard.ipPermissions()).singleElement().satisfies(permission -> {
                assertThat(permission.fromPort()).isEqualTo(1024);
                assertThat(permission.toPort()).isEqualTo(65_535);
                assertThat(permission.ipRanges().get(0).cidrIp()).isEqualTo("127.0.0.1/32");
            });
            assertThat(instances.get(0).securityGroups().get(0).groupId()).isEqualTo(guard.groupId());
            assertThatThrownBy(() -> ec2.describeInstances(r -> r.instanceIds("i-0")))
                    .isInstanceOf(Ec2Exception.class)
                    .hasMessageContaining("The instance ID 'i-0' does not exist")
                    .satisfies(error -> assertThat(
                                    ((Ec2Exception) error).awsErrorDetails().errorCode())
                            .isEqualTo("InvalidInstanceID.NotFound"));
        }
    }

    @Test
    void cacheClustersShowTheirNodesOnlyWhenAsked() {
        try (ElastiCacheClient elastiCache = fixture.client(ElastiCacheClient.builder())) {
            CacheCluster plain =
                    elastiCache.describeCacheClusters().cacheClusters().get(0);
            assertThat(plain.cacheClusterId()).isEqualTo("plimsoll-cache");
            assertThat(plain.cacheNodes()).isEmpty();
            CacheCluster withNodes = elastiCache
                    .describeCacheClusters(r -> r.showCacheNodeInfo(true))
                    .cacheClusters()
                    .get(0);
            assertThat(withNodes.cacheNodes().get(0).endpoint().port()).isEqualTo(6379);
            assertThatThrownBy(() -> elastiCache.describeCacheClusters(r -> r.cacheClusterId("other")))
                    .isInstanceOf(CacheClusterNotFoundException.class)
                    .hasMessageContaining("CacheCluster not found: other");
        }
    }

    @Test
    void theCallerHasAnIdentity() {
        try (StsClient sts = fixture.client(StsClient.builder())) {
            assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000000:user/plimsoll");
            assertThat(sts.getCallerIdentity().account()).isEqualTo("000000000000");
        }
    }
}
