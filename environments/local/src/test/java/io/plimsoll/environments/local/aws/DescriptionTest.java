package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.LocalAccount.FIRST;
import static io.plimsoll.environments.local.aws.LocalAccount.SECOND;
import static io.plimsoll.environments.local.aws.LocalAccount.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plimsoll.environments.local.estate.ArnSuffix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheClusterNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

class DescriptionTest {
    private final LocalAccount account = new LocalAccount();
    private final ElasticLoadBalancingV2Client balancing = account.client(ElasticLoadBalancingV2Client.builder());
    private final AutoScalingClient scaling = account.client(AutoScalingClient.builder());
    private final RdsClient databases = account.client(RdsClient.builder());
    private final Ec2Client compute = account.client(Ec2Client.builder());
    private final ElastiCacheClient caches = account.client(ElastiCacheClient.builder());

    @AfterEach
    void close() {
        List.<SdkAutoCloseable>of(balancing, scaling, databases, compute, caches)
                .forEach(SdkAutoCloseable::close);
        account.close();
    }

    @Test
    void theLoadBalancerHasTheArnWhoseEndIsItsMetricsDimension() {
        LoadBalancer found = balancing
                .describeLoadBalancers(describe -> describe.names("lb"))
                .loadBalancers()
                .get(0);

        assertThat(found.loadBalancerArn())
                .isEqualTo("arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/"
                        + ArnSuffix.loadBalancer("lb"));
        assertThat(found.typeAsString()).isEqualTo("application");
        assertThat(found.createdTime()).isEqualTo(T0);
        assertThat(found.availabilityZones())
                .extracting(zone -> zone.zoneName())
                .containsExactly("us-east-1a", "us-east-1b");
    }

    @Test
    void anUnknownLoadBalancerIsNotFound() {
        assertThatThrownBy(() -> balancing.describeLoadBalancers(describe -> describe.names("other")))
                .isInstanceOfSatisfying(LoadBalancerNotFoundException.class, missing -> {
                    assertThat(missing.statusCode()).isEqualTo(400);
                    assertThat(missing.awsErrorDetails().errorCode()).isEqualTo("LoadBalancerNotFound");
                    assertThat(missing.awsErrorDetails().errorMessage())
                            .isEqualTo("Load balancers '[other]' not found");
                });
    }

    @Test
    void theListenerForwardsToTheTargetGroupOfTheLoadBalancer() {
        String balancer =
                balancing.describeLoadBalancers().loadBalancers().get(0).loadBalancerArn();
        TargetGroup group = balancing
                .describeTargetGroups(describe -> describe.loadBalancerArn(balancer))
                .targetGroups()
                .get(0);
        var listener = balancing
                .describeListeners(describe -> describe.loadBalancerArn(balancer))
                .listeners()
                .get(0);

        assertThat(group.targetGroupArn()).endsWith(":" + ArnSuffix.targetGroup("app"));
        assertThat(group.loadBalancerArns()).containsExactly(balancer);
        assertThat(group.healthCheckPath()).isEqualTo("/health");
        assertThat(listener.port()).isEqualTo(8080);
        assertThat(listener.defaultActions().get(0).targetGroupArn()).isEqualTo(group.targetGroupArn());
        assertThat(balancing
                        .describeTags(describe -> describe.resourceArns(balancer, group.targetGroupArn()))
                        .tagDescriptions())
                .extracting(tags -> tags.resourceArn())
                .containsExactly(balancer, group.targetGroupArn());
    }

    @Test
    void targetHealthSaysWhyATargetIsUnhealthy() {
        String group = balancing.describeTargetGroups().targetGroups().get(0).targetGroupArn();

        assertThat(balancing
                        .describeTargetHealth(describe -> describe.targetGroupArn(group))
                        .targetHealthDescriptions())
                .extracting(
                        target -> target.target().id(),
                        target -> target.targetHealth().state(),
                        target -> target.targetHealth().reasonAsString(),
                        target -> target.targetHealth().description())
                .containsExactly(
                        tuple(SECOND, TargetHealthStateEnum.HEALTHY, null, null),
                        tuple(
                                FIRST,
                                TargetHealthStateEnum.UNHEALTHY,
                                "Target.ResponseCodeMismatch",
                                "Health checks failed with these codes: [503]"));
    }

    @Test
    void anUnknownTargetGroupIsNotFound() {
        assertThatThrownBy(() -> balancing.describeTargetHealth(describe -> describe.targetGroupArn("arn:other")))
                .isInstanceOf(TargetGroupNotFoundException.class);
    }

    @Test
    void theGroupHasItsBoundsAndInstances() {
        AutoScalingGroup group = scaling.describeAutoScalingGroups(describe -> describe.autoScalingGroupNames("app"))
                .autoScalingGroups()
                .get(0);

        assertThat(group.minSize()).isEqualTo(1);
        assertThat(group.maxSize()).isEqualTo(4);
        assertThat(group.desiredCapacity()).isEqualTo(2);
        assertThat(group.defaultInstanceWarmup()).isEqualTo(3);
        assertThat(group.targetGroupARNs()).hasSize(1);
        assertThat(group.enabledMetrics())
                .extracting(EnabledMetric::metric)
                .contains("GroupDesiredCapacity", "GroupInServiceInstances");
        assertThat(group.instances())
                .extracting(
                        instance -> instance.instanceId(),
                        instance -> instance.lifecycleStateAsString(),
                        instance -> instance.healthStatus())
                .containsExactly(tuple(FIRST, "Terminating", "Unhealthy"), tuple(SECOND, "InService", "Healthy"));
    }

    @Test
    void instancesOfGroupsAreDescribedInPages() {
        var first = scaling.describeAutoScalingInstances(describe -> describe.maxRecords(1));
        var second = scaling.describeAutoScalingInstances(
                describe -> describe.maxRecords(1).nextToken(first.nextToken()));

        assertThat(first.autoScalingInstances())
                .extracting(AutoScalingInstanceDetails::instanceId)
                .containsExactly(FIRST);
        assertThat(second.autoScalingInstances())
                .extracting(AutoScalingInstanceDetails::instanceId)
                .containsExactly(SECOND);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void thePolicyTracksItsTargetWithBothAlarms() {
        ScalingPolicy policy = scaling.describePolicies(describe -> describe.autoScalingGroupName("app"))
                .scalingPolicies()
                .get(0);

        assertThat(policy.policyType()).isEqualTo("TargetTrackingScaling");
        assertThat(policy.targetTrackingConfiguration().targetValue()).isEqualTo(50);
        assertThat(policy.targetTrackingConfiguration()
                        .predefinedMetricSpecification()
                        .predefinedMetricTypeAsString())
                .isEqualTo("ASGAverageCPUUtilization");
        assertThat(policy.alarms())
                .extracting(alarm -> alarm.alarmName())
                .containsExactly(LocalAccount.HIGH, LocalAccount.LOW);
    }

    @Test
    void activitiesComeInPagesTheLatestFirst() {
        List<Activity> all = new ArrayList<>();
        scaling.describeScalingActivitiesPaginator(
                        describe -> describe.autoScalingGroupName("app").maxRecords(1))
                .activities()
                .forEach(all::add);

        assertThat(all)
                .extracting(Activity::activityId, Activity::statusCodeAsString, Activity::endTime)
                .containsExactly(
                        tuple("activity-2", "WaitingForInstanceWarmup", null),
                        tuple("activity-1", "Failed", T0.plusSeconds(65)),
                        tuple("activity-0", "Successful", T0.plusSeconds(5)));
        assertThat(all.get(1).statusMessage()).isEqualTo("no memory");
        assertThat(all.get(2).cause())
                .isEqualTo("At 2026-11-24T03:30:00Z <a reason> & more.  At 2026-11-24T03:30:00Z an instance was"
                        + " started.");
    }

    @Test
    void replicasNameTheirPrimaryAndThePrimaryItsReplicas() {
        assertThat(databases.describeDBInstances().dbInstances())
                .extracting(
                        DBInstance::dbInstanceIdentifier,
                        DBInstance::readReplicaSourceDBInstanceIdentifier,
                        DBInstance::readReplicaDBInstanceIdentifiers,
                        DBInstance::dbInstanceStatus,
                        database -> database.endpoint().port())
                .containsExactly(
                        tuple("db", null, List.of("db-replica-1", "db-replica-2"), "available", 3306),
                        tuple("db-replica-1", "db", List.of(), "available", 3307),
                        tuple("db-replica-2", "db", List.of(), "available", 3308));
    }

    @Test
    void databasesComeInPages() {
        DescribeDbInstancesResponse first = databases.describeDBInstances(describe -> describe.maxRecords(2));
        DescribeDbInstancesResponse second =
                databases.describeDBInstances(describe -> describe.maxRecords(2).marker(first.marker()));

        assertThat(first.dbInstances()).hasSize(2);
        assertThat(second.dbInstances())
                .extracting(DBInstance::dbInstanceIdentifier)
                .containsExactly("db-replica-2");
        assertThat(second.marker()).isNull();
    }

    @Test
    void anUnknownDatabaseIsNotFound() {
        assertThatThrownBy(() -> databases.describeDBInstances(describe -> describe.dbInstanceIdentifier("other")))
                .isInstanceOfSatisfying(DbInstanceNotFoundException.class, missing -> {
                    assertThat(missing.statusCode()).isEqualTo(404);
                    assertThat(missing.awsErrorDetails().errorCode()).isEqualTo("DBInstanceNotFound");
                });
    }

    @Test
    void instancesAreThoseOfTheEstateTerminatedOnesIncluded() {
        List<Instance> found = compute.describeInstances().reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .toList();

        assertThat(found)
                .extracting(Instance::instanceId, instance -> instance.state().nameAsString(), Instance::launchTime)
                .containsExactly(tuple(FIRST, "terminated", T0), tuple(SECOND, "running", T0.plusSeconds(60)));
        assertThat(compute.describeInstances(describe -> describe.filters(Filter.builder()
                                .name("instance-state-name")
                                .values("running")
                                .build()))
                        .reservations())
                .hasSize(1);
    }

    @Test
    void instancesComeInPages() {
        var first = compute.describeInstances(describe -> describe.maxResults(1));
        var second =
                compute.describeInstances(describe -> describe.maxResults(1).nextToken(first.nextToken()));

        assertThat(first.reservations().get(0).instances().get(0).instanceId()).isEqualTo(FIRST);
        assertThat(second.reservations().get(0).instances().get(0).instanceId()).isEqualTo(SECOND);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void anUnknownInstanceIsNotFound() {
        assertThatThrownBy(() -> compute.describeInstances(describe -> describe.instanceIds("i-0")))
                .isInstanceOfSatisfying(Ec2Exception.class, missing -> {
                    assertThat(missing.statusCode()).isEqualTo(400);
                    assertThat(missing.awsErrorDetails().errorCode()).isEqualTo("InvalidInstanceID.NotFound");
                    assertThat(missing.awsErrorDetails().errorMessage())
                            .isEqualTo("The instance ID 'i-0' does not exist");
                });
    }

    @Test
    void thereIsNoSecurityGroup() {
        assertThat(compute.describeSecurityGroups().securityGroups()).isEmpty();
    }

    @Test
    void aCacheClusterShowsItsNodeWhenAsked() {
        CacheCluster bare = caches.describeCacheClusters().cacheClusters().get(0);
        CacheCluster shown = caches.describeCacheClusters(
                        describe -> describe.cacheClusterId("cache").showCacheNodeInfo(true))
                .cacheClusters()
                .get(0);

        assertThat(bare.cacheNodes()).isEmpty();
        assertThat(shown.cacheNodes().get(0).endpoint().port()).isEqualTo(6379);
        assertThat(shown.engineVersion()).isEqualTo("6.2.11");
    }

    @Test
    void anUnknownCacheClusterIsNotFound() {
        assertThatThrownBy(() -> caches.describeCacheClusters(describe -> describe.cacheClusterId("other")))
                .isInstanceOf(CacheClusterNotFoundException.class);
    }

    @Test
    void theCallerBelongsToTheLocalAccount() {
        try (StsClient identity = account.client(StsClient.builder())) {
            assertThat(identity.getCallerIdentity().account()).isEqualTo("000000000000");
        }
    }
}
