package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.model.ListDistributionsRequest;
import software.amazon.awssdk.services.cloudfront.model.ListDistributionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.ListBucketMetricsConfigurationsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketMetricsConfigurationsResponse;

/** What is found when the descriptor names only a load balancer, or only tags. */
@SuppressWarnings("unchecked") // the SDK takes consumers of builders as varargs
class WideDiscoveryTest {
    private final FakeTime time = new FakeTime();
    private final FakeAws aws = new FakeAws(time);
    private final FakeStack stack = new FakeStack(aws);

    private TopologyDiscovery.Seen look(Landmarks find) throws InterruptedException {
        return new TopologyDiscovery(aws.clients(), Descriptors.looking(find)).look();
    }

    private static Landmarks onlyTheBalancer() {
        return new Landmarks(Optional.of("shop-lb"), Optional.empty(), Optional.empty());
    }

    private static Landmarks tagged(Map<String, String> tags) {
        return new Landmarks(
                Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>(tags), Map.of(), Set.of());
    }

    @Test
    void databasesAndCachesOfItsNetworkAreFoundFromTheLoadBalancerAlone() throws InterruptedException {
        Topology topology = look(onlyTheBalancer()).topology();
        assertThat(topology.of(ResourceKind.DATABASE)).extracting(Resource::id).containsExactly("shop-db");
        assertThat(topology.of(ResourceKind.REPLICA)).extracting(Resource::id).containsExactly("shop-db-replica-1");
        assertThat(topology.of(ResourceKind.CACHE)).extracting(Resource::id).containsExactly("shop-cache");
    }

    @Test
    void aDatabaseOfAnotherNetworkIsLeftOut() throws InterruptedException {
        DescribeLoadBalancersResponse balancers = aws.loadBalancers.apply(
                software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest.builder()
                        .build());
        aws.loadBalancers = request -> DescribeLoadBalancersResponse.builder()
                .loadBalancers(balancers.loadBalancers().get(0).toBuilder()
                        .vpcId("vpc-1")
                        .build())
                .build();
        aws.databases = request -> DescribeDbInstancesResponse.builder()
                .dbInstances(database("ours", "vpc-1"), database("theirs", "vpc-2"))
                .build();
        assertThat(look(onlyTheBalancer()).topology().of(ResourceKind.DATABASE))
                .extracting(Resource::id)
                .containsExactly("ours");
    }

    private static DBInstance database(String id, String vpc) {
        return DBInstance.builder()
                .dbInstanceIdentifier(id)
                .engine("mysql")
                .dbSubnetGroup(group -> group.vpcId(vpc))
                .build();
    }

    @Test
    void anAuroraClusterHasAWriterAndReaders() throws InterruptedException {
        aws.databases = request -> DescribeDbInstancesResponse.builder()
                .dbInstances(member("one"), member("two"))
                .build();
        aws.others.on(
                "describeDBClusters",
                DescribeDbClustersRequest.class,
                request -> DescribeDbClustersResponse.builder()
                        .dbClusters(DBCluster.builder()
                                .engine("aurora-mysql")
                                .dbClusterMembers(
                                        member -> member.dbInstanceIdentifier("one")
                                                .isClusterWriter(false),
                                        member -> member.dbInstanceIdentifier("two")
                                                .isClusterWriter(true))
                                .build())
                        .build());
        assertThat(look(onlyTheBalancer()).topology().resources())
                .extracting(Resource::kind, Resource::id)
                .contains(
                        tuple(ResourceKind.DATABASE_CLUSTER, "shop-cluster"),
                        tuple(ResourceKind.DATABASE, "two"),
                        tuple(ResourceKind.REPLICA, "one"));
    }

    private static DBInstance member(String id) {
        return DBInstance.builder()
                .dbInstanceIdentifier(id)
                .dbClusterIdentifier("shop-cluster")
                .engine("aurora-mysql")
                .build();
    }

    @Test
    void distributionsThatServeItAndTheirBucketsAreFound() throws InterruptedException {
        aws.others.on(
                "listDistributions",
                ListDistributionsRequest.class,
                request -> ListDistributionsResponse.builder()
                        .distributionList(list -> list.items(
                                distribution -> distribution
                                        .id("E1")
                                        .domainName("d1.cloudfront.net")
                                        .origins(origins -> origins.items(
                                                origin -> origin.domainName("shop-lb-1.us-east-1.elb.amazonaws.com"),
                                                origin -> origin.domainName("shop-static.s3.us-east-1.amazonaws.com"))),
                                distribution -> distribution
                                        .id("E2")
                                        .domainName("d2.cloudfront.net")
                                        .origins(origins ->
                                                origins.items(origin -> origin.domainName("other.example.com")))))
                        .build());
        aws.others.on(
                "listBucketMetricsConfigurations",
                ListBucketMetricsConfigurationsRequest.class,
                request -> ListBucketMetricsConfigurationsResponse.builder()
                        .metricsConfigurationList(configuration -> configuration.id("EntireBucket"))
                        .build());
        aws.others.on(
                "getBucketEncryption",
                GetBucketEncryptionRequest.class,
                request -> GetBucketEncryptionResponse.builder()
                        .serverSideEncryptionConfiguration(configuration -> configuration.rules(
                                rule -> rule.applyServerSideEncryptionByDefault(sse -> sse.sseAlgorithm("AES256"))))
                        .build());
        aws.others.on(
                "getMonitoringSubscription",
                software.amazon.awssdk.services.cloudfront.model.GetMonitoringSubscriptionRequest.class,
                request -> {
                    throw AwsErrors.of(404, "NoSuchMonitoringSubscription", "none");
                });
        Topology topology = look(onlyTheBalancer()).topology();
        assertThat(topology.of(ResourceKind.DISTRIBUTION))
                .extracting(Resource::id)
                .containsExactly("E1");
        assertThat(topology.of(ResourceKind.DISTRIBUTION).get(0).facts())
                .containsEntry("additional-metrics", "Disabled");
        assertThat(topology.of(ResourceKind.BUCKET)).extracting(Resource::id).containsExactly("shop-static");
        assertThat(topology.of(ResourceKind.BUCKET).get(0).facts())
                .containsEntry("metrics-filter", "EntireBucket")
                .containsEntry("encryption", "AES256");
    }

    @Test
    void whatBearsTheTagsOfACloudFormationStackIsFoundPageByPage() throws InterruptedException {
        aws.others.on("getResources", GetResourcesRequest.class, request -> {
            assertThat(request.tagFilters().get(0).key()).isEqualTo("aws:cloudformation:stack-name");
            boolean first = request.paginationToken() == null;
            return GetResourcesResponse.builder()
                    .resourceTagMappingList(
                            first
                                    ? List.of(
                                            arn(FakeStack.ARN + "loadbalancer/" + FakeStack.BALANCER),
                                            arn("arn:aws:sqs:us-east-1:123456789012:photos"),
                                            arn("arn:aws:sqs:us-east-1:123456789012:photos-dlq"))
                                    : List.of(
                                            arn("arn:aws:dynamodb:us-east-1:123456789012:table/items"),
                                            arn("arn:aws:lambda:us-east-1:123456789012:function:thumbs"),
                                            arn("arn:aws:redshift:us-east-1:123456789012:cluster:dw")))
                    .paginationToken(first ? "more" : "")
                    .build();
        });
        aws.loadBalancers = request -> {
            assertThat(request.loadBalancerArns())
                    .containsExactly(FakeStack.ARN + "loadbalancer/" + FakeStack.BALANCER);
            return DescribeLoadBalancersResponse.builder()
                    .loadBalancers(
                            balancer -> balancer.loadBalancerArn(FakeStack.ARN + "loadbalancer/" + FakeStack.BALANCER)
                                    .loadBalancerName("shop-lb")
                                    .dnsName("shop"))
                    .build();
        };
        assertThat(look(tagged(Map.of(Landmarks.STACK_TAG, "shop"))).topology().resources())
                .extracting(Resource::kind, Resource::id)
                .contains(
                        tuple(ResourceKind.LOAD_BALANCER, FakeStack.BALANCER),
                        tuple(ResourceKind.INSTANCE, FakeStack.FIRST),
                        tuple(ResourceKind.QUEUE, "photos"),
                        tuple(ResourceKind.DEAD_LETTER_QUEUE, "photos-dlq"),
                        tuple(ResourceKind.TABLE, "items"),
                        tuple(ResourceKind.FUNCTION, "thumbs"),
                        tuple(ResourceKind.WAREHOUSE, "dw"));
    }

    private static ResourceTagMapping arn(String arn) {
        return ResourceTagMapping.builder().resourceARN(arn).build();
    }

    @Test
    void aServiceThatRefusesIsAWarningAndTheRestIsFound() throws InterruptedException {
        aws.others.on("listDistributions", ListDistributionsRequest.class, request -> {
            throw AwsErrors.denied("cloudfront:ListDistributions");
        });
        TopologyDiscovery.Seen seen = look(onlyTheBalancer());
        assertThat(seen.warnings())
                .containsExactly(
                        "distributions are not seen: permission cloudfront:ListDistributions is missing"
                                + " (AccessDenied: User: load-test is not authorized to perform: cloudfront:ListDistributions)");
        assertThat(seen.topology().of(ResourceKind.DATABASE)).hasSize(1);
    }

    @Test
    void anOperationThatAnEndpointDoesNotOfferIsNoWarning() throws InterruptedException {
        aws.others.on("listDistributions", ListDistributionsRequest.class, request -> {
            throw AwsErrors.of(400, "InvalidAction", "Could not find operation");
        });
        assertThat(look(onlyTheBalancer()).warnings()).isEmpty();
    }

    @Test
    void anAccountWithTwelveHundredTargetsIsDescribedInBatchesAndPulledInThreeCalls() throws InterruptedException {
        stack.targets.clear();
        IntStream.range(0, 1200).forEach(i -> stack.targets.put("i-%08x".formatted(i), "healthy"));
        List<Integer> batches = new java.util.ArrayList<>();
        aws.instances = request -> {
            batches.add(request.filters().get(0).values().size());
            return software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse.builder()
                    .reservations(reservation -> reservation.instances(request.filters().get(0).values().stream()
                            .map(id -> software.amazon.awssdk.services.ec2.model.Instance.builder()
                                    .instanceId(id)
                                    .instanceType("m5.large")
                                    .build())
                            .toList()))
                    .build();
        };
        Topology topology = look(onlyTheBalancer()).topology();
        assertThat(topology.of(ResourceKind.INSTANCE)).hasSize(1200);
        assertThat(batches).hasSize(6).containsOnly(200);
    }

    @Test
    void aChangedImageOrEngineIsSeenAndAnInstanceOrLogGroupMoreIsNot() {
        Resource group = Resource.of(ResourceKind.SCALING_GROUP, "g", Map.of("launch-template", "lt-1 version 3"));
        Resource fresh = Resource.of(ResourceKind.SCALING_GROUP, "g", Map.of("launch-template", "lt-1 version 4"));
        Resource instance = Resource.of(ResourceKind.INSTANCE, "i-2", Map.of("image", "ami-1"));
        Topology before = new Topology(List.of(group));
        Resource log = Resource.of(ResourceKind.LOG_GROUP, "/shop/app", Map.of());
        Topology after = new Topology(List.of(fresh, instance, log));
        assertThat(Fingerprint.changes(before, after, FakeTime.START))
                .extracting(Event::summary)
                .containsExactly("scaling group g: launch-template changed from 'lt-1 version 3' to 'lt-1 version 4'"
                        + " during the run");
        assertThat(Fingerprint.of(before)).hasSize(16).isNotEqualTo(Fingerprint.of(after));
        assertThat(Fingerprint.of(before)).isEqualTo(Fingerprint.of(new Topology(List.of(group, instance))));
    }

    @Test
    void securityGroupsAreWrittenAsPeopleWriteRules() throws InterruptedException {
        DescribeLoadBalancersResponse balancers = aws.loadBalancers.apply(
                software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest.builder()
                        .build());
        aws.loadBalancers = request -> DescribeLoadBalancersResponse.builder()
                .loadBalancers(balancers.loadBalancers().get(0).toBuilder()
                        .securityGroups("sg-1")
                        .build())
                .build();
        aws.others.on(
                "describeSecurityGroups",
                DescribeSecurityGroupsRequest.class,
                request -> DescribeSecurityGroupsResponse.builder()
                        .securityGroups(SecurityGroup.builder()
                                .groupId("sg-1")
                                .ipPermissions(
                                        rule -> rule.ipProtocol("tcp")
                                                .fromPort(443)
                                                .toPort(443)
                                                .ipRanges(range -> range.cidrIp("0.0.0.0/0")),
                                        rule -> rule.ipProtocol("-1").userIdGroupPairs(pair -> pair.groupId("sg-2")))
                                .build())
                        .build());
        assertThat(look(onlyTheBalancer())
                        .topology()
                        .of(ResourceKind.SECURITY_GROUP)
                        .get(0)
                        .facts())
                .containsEntry("in", "all sg-2, tcp 443 0.0.0.0/0");
    }
}
