package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;

class TopologyDiscoveryTest {
    private final FakeTime time = new FakeTime();
    private final FakeAws aws = new FakeAws(time);
    private final FakeStack stack = new FakeStack(aws);

    private Topology discover() throws InterruptedException {
        return new TopologyDiscovery(aws.clients(), Descriptors.embedded()).discover();
    }

    private static Landmarks balancer(String name) {
        return new Landmarks(Optional.of(name), Optional.empty(), Optional.empty());
    }

    private void assertFails(Landmarks find, String message) {
        assertThatThrownBy(() -> new TopologyDiscovery(aws.clients(), Descriptors.looking(find)).discover())
                .isInstanceOf(ObservationException.class)
                .hasMessage(message);
    }

    @Test
    void everyPartIsFoundFromThreeNames() throws InterruptedException {
        assertThat(discover().resources())
                .extracting(Resource::kind, Resource::id)
                .containsExactly(
                        tuple(ResourceKind.LOAD_BALANCER, FakeStack.BALANCER),
                        tuple(ResourceKind.TARGET_GROUP, FakeStack.TARGET_GROUP),
                        tuple(ResourceKind.ZONE, "us-east-1a"),
                        tuple(ResourceKind.ZONE, "us-east-1b"),
                        tuple(ResourceKind.TARGET_GROUP_ZONE, FakeStack.TARGET_GROUP + "/us-east-1a"),
                        tuple(ResourceKind.TARGET_GROUP_ZONE, FakeStack.TARGET_GROUP + "/us-east-1b"),
                        tuple(ResourceKind.SCALING_GROUP, "shop-group"),
                        tuple(ResourceKind.INSTANCE, FakeStack.FIRST),
                        tuple(ResourceKind.DATABASE, "shop-db"),
                        tuple(ResourceKind.REPLICA, "shop-db-replica-1"),
                        tuple(ResourceKind.CACHE, "shop-cache"));
    }

    @Test
    void factsSayWhatAwsSaid() throws InterruptedException {
        Topology topology = discover();
        assertThat(topology.of(ResourceKind.LOAD_BALANCER).get(0).facts())
                .containsEntry("zones", "us-east-1a, us-east-1b")
                .containsEntry("scheme", "internet-facing")
                .containsEntry("dns-name", "shop-lb-1.us-east-1.elb.amazonaws.com");
        assertThat(topology.of(ResourceKind.SCALING_GROUP).get(0).facts())
                .containsAllEntriesOf(Map.of(
                        "min", "1",
                        "max", "4",
                        "desired", "1",
                        "warm-up-seconds", "60",
                        "enabled-metrics", "GroupDesiredCapacity, GroupInServiceInstances",
                        "policy keep-cpu", "TargetTrackingScaling, keeps ASGAverageCPUUtilization at 50.0",
                        "alarm TargetTracking-shop-group-AlarmHigh", "keep-cpu"));
        Resource instance = topology.of(ResourceKind.INSTANCE).get(0);
        assertThat(instance.existedFrom()).contains(Instant.parse("2026-11-24T09:00:00Z"));
        assertThat(instance.existedUntil()).isEmpty();
        assertThat(instance.facts())
                .containsEntry("type", "t3.small")
                .containsEntry("zone", "us-east-1a")
                .containsEntry("scaling-group", "shop-group");
        assertThat(topology.of(ResourceKind.REPLICA).get(0).facts())
                .containsEntry("engine", "mysql")
                .containsEntry("version", "8.4.3")
                .containsEntry("replica-of", "shop-db");
        assertThat(topology.of(ResourceKind.CACHE).get(0).facts()).containsEntry("node-type", "cache.t4g.small");
    }

    @Test
    void aLoadBalancerThatDoesNotExistIsNamedWithThoseThatDo() {
        assertFails(balancer("shop"), "find.load-balancer: no load balancer 'shop' in us-east-1; found: shop-lb");
    }

    @Test
    void manyOthersAreCutShort() {
        aws.loadBalancers = request -> request.names().isEmpty()
                ? DescribeLoadBalancersResponse.builder()
                        .loadBalancers(IntStream.range(10, 22)
                                .mapToObj(i -> LoadBalancer.builder()
                                        .loadBalancerName("lb-" + i)
                                        .build())
                                .toList())
                        .build()
                : DescribeLoadBalancersResponse.builder().build();
        assertFails(
                balancer("shop"),
                "find.load-balancer: no load balancer 'shop' in us-east-1; found: lb-10, lb-11, lb-12, lb-13, lb-14,"
                        + " lb-15, lb-16, lb-17, lb-18, lb-19 and 2 more");
    }

    @Test
    void everyNameThatIsNotFoundIsSaidAtOnce() {
        aws.cacheClusters = request -> {
            if (request.cacheClusterId() != null) {
                throw FakeStack.notFound("CacheClusterNotFound");
            }
            return DescribeCacheClustersResponse.builder().build();
        };
        assertFails(new Landmarks(Optional.empty(), Optional.of("db"), Optional.of("cache")), """
                find.database: no database instance 'db' in us-east-1; found: shop-db, shop-db-replica-1
                find.cache: no cache cluster or replication group 'cache' in us-east-1; there is none""");
    }

    @Test
    void aGatewayLoadBalancerIsOfNoUse() {
        aws.loadBalancers = request -> DescribeLoadBalancersResponse.builder()
                .loadBalancers(LoadBalancer.builder()
                        .loadBalancerArn(FakeStack.ARN + "loadbalancer/gwy/shop-lb/1")
                        .type("gateway")
                        .build())
                .build();
        assertFails(
                balancer("shop-lb"),
                "find.load-balancer: 'shop-lb' is a gateway load balancer; an application or network load balancer is"
                        + " needed");
    }

    @Test
    void aMissingPermissionIsNamed() {
        aws.loadBalancers = request -> {
            throw AwsErrors.denied("elasticloadbalancing:DescribeLoadBalancers");
        };
        assertFails(
                balancer("shop-lb"),
                "find.load-balancer: permission elasticloadbalancing:DescribeLoadBalancers is missing (AccessDenied: User:"
                        + " load-test is not authorized to perform: elasticloadbalancing:DescribeLoadBalancers)");
    }

    @Test
    void groupsAreFoundOnEveryPage() throws InterruptedException {
        aws.scalingGroups = request -> {
            int page = request.nextToken() == null ? 1 : Integer.parseInt(request.nextToken());
            return DescribeAutoScalingGroupsResponse.builder()
                    .autoScalingGroups(AutoScalingGroup.builder()
                            .autoScalingGroupName("group-" + page)
                            .targetGroupARNs(FakeStack.ARN + FakeStack.TARGET_GROUP)
                            .build())
                    .nextToken(page < 3 ? String.valueOf(page + 1) : null)
                    .build();
        };
        assertThat(discover().of(ResourceKind.SCALING_GROUP))
                .extracting(Resource::id)
                .containsExactly("group-1", "group-2", "group-3");
    }

    @Test
    void instancesAreDescribedTwoHundredAtATime() throws InterruptedException {
        IntStream.range(0, 401).forEach(i -> stack.targets.put("i-%017x".formatted(i), "healthy"));
        stack.targets.remove(FakeStack.FIRST);
        List<Integer> sizes = new ArrayList<>();
        aws.instances = request -> {
            List<String> ids = request.filters().get(0).values();
            sizes.add(ids.size());
            return DescribeInstancesResponse.builder()
                    .reservations(Reservation.builder()
                            .instances(ids.stream()
                                    .map(id -> Instance.builder().instanceId(id).build())
                                    .toList())
                            .build())
                    .build();
        };
        assertThat(discover().of(ResourceKind.INSTANCE)).hasSize(401);
        assertThat(sizes).containsExactly(200, 200, 1);
    }

    @Test
    void targetsThatAreNoInstancesAreNone() throws InterruptedException {
        stack.targets.put("10.0.0.7", "healthy");
        assertThat(discover().of(ResourceKind.INSTANCE))
                .extracting(Resource::id)
                .containsExactly(FakeStack.FIRST);
    }

    @Test
    void anInstanceThatEndedSaysWhen() throws InterruptedException {
        aws.instances = request -> DescribeInstancesResponse.builder()
                .reservations(Reservation.builder()
                        .instances(Instance.builder()
                                .instanceId(FakeStack.FIRST)
                                .state(state -> state.name("terminated"))
                                .stateTransitionReason("User initiated (2026-11-24 10:02:03 GMT)")
                                .build())
                        .build())
                .build();
        assertThat(discover().of(ResourceKind.INSTANCE).get(0).existedUntil())
                .contains(Instant.parse("2026-11-24T10:02:03Z"));
    }

    @Test
    void aReplicaInAnotherRegionIsListedWithItsRegion() throws InterruptedException {
        aws.databases = request -> DescribeDbInstancesResponse.builder()
                .dbInstances(DBInstance.builder()
                        .dbInstanceIdentifier("shop-db")
                        .readReplicaDBInstanceIdentifiers("arn:aws:rds:eu-west-1:123456789012:db:shop-db-eu")
                        .build())
                .build();
        Resource replica = discover().of(ResourceKind.REPLICA).get(0);
        assertThat(replica.id()).isEqualTo("shop-db-eu");
        assertThat(replica.facts()).containsEntry("region", "eu-west-1").containsEntry("replica-of", "shop-db");
    }

    @Test
    void aReplicaThatIsGoneIsStillListed() throws InterruptedException {
        aws.databases = request -> {
            if ("shop-db".equals(request.dbInstanceIdentifier())) {
                return DescribeDbInstancesResponse.builder()
                        .dbInstances(DBInstance.builder()
                                .dbInstanceIdentifier("shop-db")
                                .readReplicaDBInstanceIdentifiers("gone")
                                .build())
                        .build();
            }
            throw FakeStack.notFound("DBInstanceNotFound");
        };
        assertThat(discover().of(ResourceKind.REPLICA).get(0).facts()).containsEntry("status", "not found");
    }

    @Test
    void theNodesOfAReplicationGroupAreFound() throws InterruptedException {
        aws.cacheClusters = request -> {
            if (request.cacheClusterId().equals("shop-cache")) {
                throw FakeStack.notFound("CacheClusterNotFound");
            }
            return DescribeCacheClustersResponse.builder()
                    .cacheClusters(CacheCluster.builder()
                            .cacheClusterId(request.cacheClusterId())
                            .replicationGroupId("shop-cache")
                            .cacheNodes(CacheNode.builder().cacheNodeId("0001").build())
                            .build())
                    .build();
        };
        aws.replicationGroups = request -> DescribeReplicationGroupsResponse.builder()
                .replicationGroups(ReplicationGroup.builder()
                        .memberClusters("shop-cache-001", "shop-cache-002")
                        .build())
                .build();
        assertThat(discover().of(ResourceKind.CACHE))
                .extracting(Resource::id)
                .containsExactly("shop-cache-001", "shop-cache-002");
        assertThat(discover().of(ResourceKind.CACHE_NODE))
                .extracting(Resource::id)
                .containsExactly("shop-cache-001/0001", "shop-cache-002/0001");
    }

    @Test
    void lookingAgainKeepsWhatIsGoneAndWhatIsRefused() throws InterruptedException {
        Topology before = discover();
        stack.targets.clear();
        stack.targets.put(FakeStack.SECOND, "initial");
        aws.databases = request -> {
            throw AwsErrors.denied("rds:DescribeDBInstances");
        };
        Discovery.Found found = new TopologyDiscovery(aws.clients(), Descriptors.embedded())
                .find(AwsCalls.unbounded(time), before, java.util.Map.of("us-east-1", Set.of("i-0aaaaaaaaaaaaaaa9")));
        assertThat(found.topology().of(ResourceKind.INSTANCE))
                .extracting(Resource::id)
                .containsExactly(FakeStack.FIRST, FakeStack.SECOND, "i-0aaaaaaaaaaaaaaa9");
        assertThat(found.topology().of(ResourceKind.REPLICA)).isEqualTo(before.of(ResourceKind.REPLICA));
        assertThat(found.problems())
                .containsExactly("find.database: permission rds:DescribeDBInstances is missing (AccessDenied: User:"
                        + " load-test is not authorized to perform: rds:DescribeDBInstances)");
    }
}
