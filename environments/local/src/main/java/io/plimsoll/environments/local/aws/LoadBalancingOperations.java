package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.TargetGroupView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Elastic Load Balancing v2: application and network load balancers, their listeners with their rules, target groups and targets. */
final class LoadBalancingOperations {
    private static final int OF_A_PAGE = 400;
    private static final String BAD_TOKEN = "ValidationError";
    private static final String NO_BALANCER = "LoadBalancerNotFound";
    private static final String NO_TARGET_GROUP = "TargetGroupNotFound";

    private final Estate estate;
    private final Arns arns;
    private final ListenerRules rules;

    LoadBalancingOperations(Estate estate, Arns arns) {
        this.estate = estate;
        this.arns = arns;
        this.rules = new ListenerRules(estate, arns);
    }

    Service service() {
        return new Service(
                "elasticloadbalancing",
                "elasticloadbalancing",
                "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
                List.of(
                        Operation.of(
                                "DescribeLoadBalancers", DescribeLoadBalancersRequest::builder, this::loadBalancers),
                        Operation.of("DescribeTargetGroups", DescribeTargetGroupsRequest::builder, this::targetGroups),
                        Operation.of("DescribeTargetHealth", DescribeTargetHealthRequest::builder, this::targetHealth),
                        Operation.of("DescribeListeners", DescribeListenersRequest::builder, this::listeners),
                        Operation.of(
                                "DescribeListenerCertificates",
                                DescribeListenerCertificatesRequest::builder,
                                rules::certificates),
                        Operation.of("DescribeRules", DescribeRulesRequest::builder, rules::describe),
                        Operation.of("DescribeTags", DescribeTagsRequest::builder, this::tags)));
    }

    private DescribeLoadBalancersResponse loadBalancers(DescribeLoadBalancersRequest request) {
        List<LoadBalancer> found = Filter.byNames(
                estate.balancers().stream().map(this::loadBalancer).toList(),
                request.names(),
                LoadBalancer::loadBalancerName,
                missing -> AwsFault.badRequest(NO_BALANCER, "Load balancers '[" + missing + "]' not found"));
        found = Filter.byNames(
                found,
                request.loadBalancerArns(),
                LoadBalancer::loadBalancerArn,
                LoadBalancingOperations::balancerNotFound);
        Page<LoadBalancer> page = Page.of(found, request.marker(), request.pageSize(), OF_A_PAGE, BAD_TOKEN);
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(page.items())
                .nextMarker(page.nextOrNull())
                .build();
    }

    private static AwsFault balancerNotFound(String which) {
        return AwsFault.badRequest(NO_BALANCER, "Load balancers '" + which + "' not found");
    }

    private static AwsFault targetGroupNotFound(String which) {
        return AwsFault.badRequest(NO_TARGET_GROUP, "Target groups '" + which + "' not found");
    }

    private LoadBalancer loadBalancer(BalancerView balancer) {
        return LoadBalancer.builder()
                .loadBalancerArn(arns.loadBalancer(balancer))
                .loadBalancerName(balancer.name())
                .dnsName(balancer.address())
                .createdTime(balancer.created())
                .scheme(balancer.internal() ? LoadBalancerSchemeEnum.INTERNAL : LoadBalancerSchemeEnum.INTERNET_FACING)
                .type(balancer.isNetwork() ? LoadBalancerTypeEnum.NETWORK : LoadBalancerTypeEnum.APPLICATION)
                .state(state -> state.code(LoadBalancerStateEnum.ACTIVE))
                .ipAddressType("ipv4")
                .vpcId(Arns.VPC)
                .securityGroups(List.of())
                .availabilityZones(balancer.zones().stream()
                        .map(zone -> AvailabilityZone.builder().zoneName(zone).build())
                        .toList())
                .build();
    }

    private DescribeTargetGroupsResponse targetGroups(DescribeTargetGroupsRequest request) {
        if (request.loadBalancerArn() != null
                && balancers(request.loadBalancerArn()).isEmpty()) {
            throw balancerNotFound(request.loadBalancerArn());
        }
        List<TargetGroup> found = Filter.byNames(
                estate.targetGroups().stream()
                        .map(this::targetGroup)
                        .filter(group -> request.loadBalancerArn() == null
                                || group.loadBalancerArns().contains(request.loadBalancerArn()))
                        .toList(),
                request.names(),
                TargetGroup::targetGroupName,
                LoadBalancingOperations::targetGroupNotFound);
        found = Filter.byNames(
                found,
                request.targetGroupArns(),
                TargetGroup::targetGroupArn,
                LoadBalancingOperations::targetGroupNotFound);
        Page<TargetGroup> page = Page.of(found, request.marker(), request.pageSize(), OF_A_PAGE, BAD_TOKEN);
        return DescribeTargetGroupsResponse.builder()
                .targetGroups(page.items())
                .nextMarker(page.nextOrNull())
                .build();
    }

    private List<BalancerView> balancers(String arn) {
        return estate.balancers().stream()
                .filter(balancer -> arns.loadBalancer(balancer).equals(arn))
                .toList();
    }

    private TargetGroup targetGroup(TargetGroupView group) {
        boolean network = ofNetwork(group);
        TargetGroup.Builder builder = TargetGroup.builder();
        if (!network) {
            builder.healthCheckPath(group.healthCheckPath());
        }
        return builder.targetGroupArn(arns.targetGroup(group.name()))
                .targetGroupName(group.name())
                .protocol(network ? ProtocolEnum.TCP : ProtocolEnum.HTTP)
                .targetType(network ? TargetTypeEnum.IP : TargetTypeEnum.INSTANCE)
                .loadBalancerArns(balancerOf(group).map(arns::loadBalancer).toList())
                .healthCheckEnabled(true)
                .healthCheckProtocol(network ? ProtocolEnum.TCP : ProtocolEnum.HTTP)
                .healthCheckPort("traffic-port")
                .healthCheckIntervalSeconds(wholeSeconds(group.healthCheckInterval()))
                .healthyThresholdCount(group.healthyThreshold())
                .unhealthyThresholdCount(group.unhealthyThreshold())
                .build();
    }

    private Stream<BalancerView> balancerOf(TargetGroupView group) {
        return estate.balancers().stream().filter(balancer -> balancer.name().equals(group.balancer()));
    }

    private boolean ofNetwork(TargetGroupView group) {
        return balancerOf(group).anyMatch(BalancerView::isNetwork);
    }

    /** ELBv2 knows whole seconds only: rounded up. */
    private static int wholeSeconds(Duration duration) {
        return Math.toIntExact(duration.plusNanos(999_999_999).toSeconds());
    }

    private DescribeTargetHealthResponse targetHealth(DescribeTargetHealthRequest request) {
        TargetGroupView group = targetGroup(request.targetGroupArn());
        boolean network = ofNetwork(group);
        List<String> wanted =
                request.targets().stream().map(TargetDescription::id).toList();
        List<TargetView> targets = Filter.byNames(
                estate.targets().stream()
                        .filter(target -> target.targetGroup().equals(group.name()))
                        .toList(),
                wanted,
                target -> id(target, network),
                missing -> AwsFault.badRequest("InvalidTarget", "The target '" + missing + "' is not registered"));
        return DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(
                        targets.stream().map(target -> health(target, network)).toList())
                .build();
    }

    /** Targets of a network load balancer are known by their address, as they need not be instances. */
    private static String id(TargetView target, boolean network) {
        return network ? LoopbackPorts.PRIVATE_ADDRESS : target.instanceId();
    }

    private TargetGroupView targetGroup(String arn) {
        if (arn == null) {
            throw AwsFault.badRequest("ValidationError", "A target group ARN must be specified");
        }
        return estate.targetGroups().stream()
                .filter(group -> arns.targetGroup(group.name()).equals(arn))
                .findFirst()
                .orElseThrow(() -> targetGroupNotFound(arn));
    }

    private static TargetHealthDescription health(TargetView target, boolean network) {
        TargetHealth.Builder health =
                TargetHealth.builder().state(target.health().name().toLowerCase(Locale.ROOT));
        if (!target.reason().isEmpty()) {
            health.reason(target.reason());
        }
        if (!target.description().isEmpty()) {
            health.description(target.description());
        }
        return TargetHealthDescription.builder()
                .target(TargetDescription.builder()
                        .id(id(target, network))
                        .port(target.port())
                        .availabilityZone(target.zone())
                        .build())
                .healthCheckPort(Integer.toString(target.port()))
                .targetHealth(health.build())
                .build();
    }

    private DescribeListenersResponse listeners(DescribeListenersRequest request) {
        if (request.loadBalancerArn() != null
                && balancers(request.loadBalancerArn()).isEmpty()) {
            throw AwsFault.badRequest(
                    NO_BALANCER, "One or more load balancers not found: " + request.loadBalancerArn());
        }
        List<Listener> found = Filter.byNames(
                (request.loadBalancerArn() == null ? estate.balancers() : balancers(request.loadBalancerArn()))
                        .stream().flatMap(rules::listeners).toList(),
                request.listenerArns(),
                Listener::listenerArn,
                missing -> AwsFault.badRequest("ListenerNotFound", "Listener '" + missing + "' not found"));
        Page<Listener> page = Page.of(found, request.marker(), request.pageSize(), OF_A_PAGE, BAD_TOKEN);
        return DescribeListenersResponse.builder()
                .listeners(page.items())
                .nextMarker(page.nextOrNull())
                .build();
    }

    private DescribeTagsResponse tags(DescribeTagsRequest request) {
        List<String> known = new ArrayList<>();
        for (BalancerView balancer : estate.balancers()) {
            known.add(arns.loadBalancer(balancer));
            rules.listeners(balancer).map(Listener::listenerArn).forEach(known::add);
        }
        estate.targetGroups().forEach(group -> known.add(arns.targetGroup(group.name())));
        for (String arn : request.resourceArns()) {
            if (!known.contains(arn)) {
                throw arn.contains(":targetgroup/") ? targetGroupNotFound(arn) : balancerNotFound(arn);
            }
        }
        return DescribeTagsResponse.builder()
                .tagDescriptions(request.resourceArns().stream()
                        .map(arn -> TagDescription.builder()
                                .resourceArn(arn)
                                .tags(Tags.ofBalancing(arn).entrySet().stream()
                                        .map(tag -> Tag.builder()
                                                .key(tag.getKey())
                                                .value(tag.getValue())
                                                .build())
                                        .toList())
                                .build())
                        .toList())
                .build();
    }
}
