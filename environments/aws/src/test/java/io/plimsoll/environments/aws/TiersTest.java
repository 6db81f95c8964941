package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;

/** A stack is found from an instance or from tags, and so are the internal load balancers of its network. */
@SuppressWarnings("unchecked") // the SDK takes consumers of builders as varargs
class TiersTest {
    private static final String BOX = "i-0bbbbbbbbbbbbbbb1";
    private static final String VPC = "vpc-1";

    private final FakeAws aws = new FakeAws(new FakeTime());
    private final List<LoadBalancer> balancers = new ArrayList<>();

    TiersTest() {
        new FakeStack(aws);
        aws.instances = TiersTest::instances;
        aws.loadBalancers = this::balancers;
        aws.scalingGroups =
                request -> software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse.builder()
                        .build();
        aws.targetHealth = request ->
                software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse.builder()
                        .build();
        aws.databases = request -> DescribeDbInstancesResponse.builder()
                .dbInstances(database("ours", VPC), database("theirs", "vpc-2"))
                .build();
        aws.others.on(
                "describeAddresses",
                DescribeAddressesRequest.class,
                request -> DescribeAddressesResponse.builder()
                        .addresses(
                                address -> address.allocationId("eipalloc-1")
                                        .publicIp("203.0.113.7")
                                        .instanceId(BOX),
                                address -> address.allocationId("eipalloc-2").publicIp("203.0.113.8"))
                        .build());
        aws.others.on("describeSecurityGroups", DescribeSecurityGroupsRequest.class, TiersTest::groups);
    }

    private static DBInstance database(String id, String vpc) {
        return DBInstance.builder()
                .dbInstanceIdentifier(id)
                .engine("mysql")
                .dbSubnetGroup(group -> group.vpcId(vpc))
                .build();
    }

    /** EC2 with one instance, which understands the filters that are used. */
    private static DescribeInstancesResponse instances(DescribeInstancesRequest request) {
        Instance box = Instance.builder()
                .instanceId(BOX)
                .vpcId(VPC)
                .publicIpAddress("203.0.113.7")
                .securityGroups(group -> group.groupId("sg-box"))
                .state(state -> state.name("running"))
                .tags(tag -> tag.key("Name").value("shop-box"))
                .build();
        boolean passes = request.filters().stream().allMatch(filter -> passes(filter));
        return DescribeInstancesResponse.builder()
                .reservations(reservation -> reservation.instances(passes ? List.of(box) : List.<Instance>of()))
                .build();
    }

    private static boolean passes(Filter filter) {
        return filter.values()
                .contains(Map.of("instance-id", BOX, "tag:Name", "shop-box", "instance-state-name", "running")
                        .getOrDefault(filter.name(), ""));
    }

    private DescribeLoadBalancersResponse balancers(DescribeLoadBalancersRequest request) {
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(balancers.stream()
                        .filter(each ->
                                request.names().isEmpty() || request.names().contains(each.loadBalancerName()))
                        .filter(each -> request.loadBalancerArns().isEmpty()
                                || request.loadBalancerArns().contains(each.loadBalancerArn()))
                        .toList())
                .build();
    }

    /** Of the group {@code sg-for-x} the one rule lets in {@code sg-x}; {@code sg-open} lets in a range. */
    private static DescribeSecurityGroupsResponse groups(DescribeSecurityGroupsRequest request) {
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(request.filters().get(0).values().stream()
                        .map(id -> SecurityGroup.builder()
                                .groupId(id)
                                .ipPermissions(rule -> {
                                    rule.ipProtocol("tcp").fromPort(80).toPort(80);
                                    if (id.equals("sg-open")) {
                                        rule.ipRanges(range -> range.cidrIp("10.0.0.0/16"));
                                    } else {
                                        rule.userIdGroupPairs(pair -> pair.groupId(id.replaceFirst("-for", "")));
                                    }
                                })
                                .build())
                        .toList())
                .build();
    }

    private void balancer(String name, String scheme, String vpc, String... groups) {
        balancers.add(LoadBalancer.builder()
                .loadBalancerArn(FakeStack.ARN + "loadbalancer/app/" + name + "/1")
                .loadBalancerName(name)
                .dnsName(name + ".example.com")
                .scheme(scheme)
                .type("application")
                .vpcId(vpc)
                .securityGroups(groups)
                .build());
    }

    private Topology look(Landmarks find) throws InterruptedException {
        return seen(find).topology();
    }

    private TopologyDiscovery.Seen seen(Landmarks find) throws InterruptedException {
        return new TopologyDiscovery(aws.clients(), Descriptors.looking(find)).look();
    }

    private static Landmarks box(String name) {
        return new Landmarks(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                Map.of(ResourceKind.INSTANCE, List.of(name)),
                Set.of());
    }

    private static Landmarks front(List<String> further) {
        return new Landmarks(
                Optional.of("front"),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                further.isEmpty() ? Map.of() : Map.of(ResourceKind.LOAD_BALANCER, further),
                Set.of());
    }

    private static List<String> ids(Topology topology, ResourceKind kind) {
        return topology.of(kind).stream().map(Resource::id).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop-box", BOX, "203.0.113.7", "eipalloc-1"})
    void oneInstanceLeadsToAllOfItsNetwork(String name) throws InterruptedException {
        Topology topology = look(box(name));
        assertThat(ids(topology, ResourceKind.INSTANCE)).containsExactly(BOX);
        assertThat(topology.of(ResourceKind.INSTANCE).get(0).facts())
                .containsEntry("elastic-ip", "203.0.113.7")
                .containsEntry("public-address", "203.0.113.7")
                .containsEntry("vpc", VPC);
        assertThat(ids(topology, ResourceKind.DATABASE)).containsExactly("ours");
        assertThat(ids(topology, ResourceKind.SECURITY_GROUP)).containsExactly("sg-box");
        assertThat(topology.of(ResourceKind.LOAD_BALANCER)).isEmpty();
    }

    @Test
    void anInstanceThatIsNotThereIsNamedWithThoseThatAre() {
        assertThatThrownBy(() -> look(box("shop-bix")))
                .hasMessage("find.instance: no instance 'shop-bix' in us-east-1; found: shop-box");
        assertThatThrownBy(() -> look(box("203.0.113.9")))
                .hasMessage("find.instance: no instance '203.0.113.9' in us-east-1; found: 203.0.113.7, 203.0.113.8");
        assertThatThrownBy(() -> look(box("eipalloc-2")))
                .hasMessage("find.instance: 'eipalloc-2' is associated with no instance");
    }

    @Test
    void internalBalancersAreFoundTierByTierAsFarAsTheirSecurityGroupsLetTheStackIn() throws InterruptedException {
        balancer("front", "internet-facing", VPC, "sg-front");
        balancer("second", "internal", VPC, "sg-for-second");
        balancer("app", "internal", VPC, "sg-for-front");
        balancer("deep", "internal", VPC, "sg-for-for-front");
        balancer("elsewhere", "internal", "vpc-2");
        balancer("other-front", "internet-facing", VPC);
        TopologyDiscovery.Seen seen = seen(front(List.of()));
        assertThat(ids(seen.topology(), ResourceKind.LOAD_BALANCER))
                .containsExactly("app/app/1", "app/deep/1", "app/front/1");
        assertThat(seen.warnings()).isEmpty();
    }

    @Test
    void aBalancerOfASharedNetworkThatNothingTiesToTheStackIsLeftOutAndNamed() throws InterruptedException {
        balancer("front", "internet-facing", VPC, "sg-front");
        balancer("open", "internal", VPC, "sg-open");
        balancer("bare", "internal", VPC);
        TopologyDiscovery.Seen seen = seen(front(List.of()));
        assertThat(ids(seen.topology(), ResourceKind.LOAD_BALANCER)).containsExactly("app/front/1");
        String rest =
                " is in the same network and may belong to the stack, but no security group, tag or target says so:"
                        + " name it under find.load-balancers, or under find.ignore";
        assertThat(seen.warnings())
                .containsExactly("load balancer app/open/1" + rest, "load balancer app/bare/1" + rest);
    }

    @Test
    void tagsOfOneStackTieBalancersOfASharedNetworkTogether() throws InterruptedException {
        balancer("front", "internet-facing", VPC, "sg-front");
        balancer("ours", "internal", VPC);
        balancer("theirs", "internal", VPC);
        aws.others.on(
                "describeTags",
                DescribeTagsRequest.class,
                request -> DescribeTagsResponse.builder()
                        .tagDescriptions(request.resourceArns().stream()
                                .map(arn -> TagDescription.builder()
                                        .resourceArn(arn)
                                        .tags(
                                                tag -> tag.key("aws:cloudformation:stack-name")
                                                        .value(arn.contains("/theirs/") ? "theirs" : "shop"),
                                                tag -> tag.key("team").value("web"))
                                        .build())
                                .toList())
                        .build());
        TopologyDiscovery.Seen seen = seen(front(List.of()));
        assertThat(ids(seen.topology(), ResourceKind.LOAD_BALANCER)).containsExactly("app/front/1", "app/ours/1");
        assertThat(seen.warnings())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("load balancer app/theirs/1 is in the same");
    }

    @Test
    void aTargetOfTheStackTiesABalancerToIt() throws InterruptedException {
        balancer("front", "internet-facing", VPC, "sg-front");
        balancer("admin", "internal", VPC);
        balancer("theirs", "internal", VPC);
        aws.targetGroups = request -> DescribeTargetGroupsResponse.builder()
                .targetGroups(group -> group.targetGroupArn(FakeStack.ARN + "targetgroup/"
                                + request.loadBalancerArn().split("/", -1)[2] + "/1")
                        .targetType("instance"))
                .build();
        aws.targetHealth = request -> DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(health -> health.target(target ->
                        target.id(request.targetGroupArn().contains("/theirs/") ? "i-0bbbbbbbbbbbbbbb9" : BOX)))
                .build();
        assertThat(ids(seen(front(List.of())).topology(), ResourceKind.LOAD_BALANCER))
                .containsExactly("app/admin/1", "app/front/1");
    }

    @Test
    void aDatabaseThatLetsInOnlyOthersIsLeftOutAndNamed() throws InterruptedException {
        balancer("front", "internet-facing", VPC, "sg-front");
        aws.databases = request -> DescribeDbInstancesResponse.builder()
                .dbInstances(
                        secured("ours", "sg-for-front"),
                        secured("open", "sg-open"),
                        secured("bare"),
                        secured("theirs", "sg-for-them"))
                .build();
        TopologyDiscovery.Seen seen = seen(front(List.of()));
        assertThat(ids(seen.topology(), ResourceKind.DATABASE)).containsExactly("bare", "open", "ours");
        assertThat(seen.warnings())
                .containsExactly("database theirs of the network is left out: it lets in only sg-them, which no part of"
                        + " the stack bears; name it under find.database if it belongs to the stack, or under"
                        + " find.ignore");
    }

    private static DBInstance secured(String id, String... groups) {
        return database(id, VPC).toBuilder()
                .vpcSecurityGroups(Stream.of(groups)
                        .map(group -> VpcSecurityGroupMembership.builder()
                                .vpcSecurityGroupId(group)
                                .build())
                        .toList())
                .build();
    }

    @Test
    void namedBalancersAreAllThatAreTaken() throws InterruptedException {
        balancer("front", "internet-facing", VPC);
        balancer("app", "internal", VPC);
        balancer("other", "internal", VPC);
        assertThat(ids(look(front(List.of("app"))), ResourceKind.LOAD_BALANCER))
                .containsExactly("app/app/1", "app/front/1");
    }

    @Test
    void taggedInstancesAndDatabasesAreFoundAndAShardSaysSo() throws InterruptedException {
        aws.databases = request -> DescribeDbInstancesResponse.builder()
                .dbInstances(
                        database("ours", VPC),
                        database("ours-0", VPC).toBuilder()
                                .tagList(tag -> tag.key("shard").value("0"))
                                .build(),
                        database("untagged", VPC))
                .build();
        aws.others.on(
                "getResources",
                GetResourcesRequest.class,
                request -> GetResourcesResponse.builder()
                        .resourceTagMappingList(
                                mapping -> mapping.resourceARN("arn:aws:ec2:us-east-1:123456789012:instance/" + BOX),
                                mapping -> mapping.resourceARN("arn:aws:rds:us-east-1:123456789012:db:ours"),
                                mapping -> mapping.resourceARN("arn:aws:rds:us-east-1:123456789012:db:ours-0"))
                        .build());
        Topology topology = look(tagged());
        assertThat(ids(topology, ResourceKind.INSTANCE)).containsExactly(BOX);
        assertThat(ids(topology, ResourceKind.DATABASE)).containsExactly("ours");
        assertThat(ids(topology, ResourceKind.SHARD)).containsExactly("ours-0");
    }

    @Test
    void aTaggedInstanceThatEndedBeforeIsNoPartOfTheStack() throws InterruptedException {
        aws.instances = request -> {
            DescribeInstancesResponse found = instances(request);
            Instance box = found.reservations().get(0).instances().get(0);
            Instance ended = box.toBuilder()
                    .instanceId("i-0ccccccccccccccc1")
                    .state(state -> state.name("terminated"))
                    .build();
            return DescribeInstancesResponse.builder()
                    .reservations(reservation -> reservation.instances(box, ended))
                    .build();
        };
        aws.others.on(
                "getResources",
                GetResourcesRequest.class,
                request -> GetResourcesResponse.builder()
                        .resourceTagMappingList(
                                mapping -> mapping.resourceARN("arn:aws:ec2:us-east-1:123456789012:instance/" + BOX),
                                mapping -> mapping.resourceARN(
                                        "arn:aws:ec2:us-east-1:123456789012:instance/i-0ccccccccccccccc1"))
                        .build());
        assertThat(ids(look(tagged()), ResourceKind.INSTANCE)).containsExactly(BOX);
    }

    private static Landmarks tagged() {
        return new Landmarks(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(Map.of("stack", "shop")),
                Map.of(),
                Set.of());
    }

    @Test
    void tagsThatNothingBearsAreAProblem() {
        assertThatThrownBy(() -> look(tagged())).hasMessage("find.tags: nothing in us-east-1 bears stack=shop");
    }
}
