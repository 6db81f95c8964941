package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Finds a load balancer by name, and its target groups. */
record BalancerDiscovery(ElasticLoadBalancingV2Client client, AwsCalls calls) {
    private static final String DESCRIBE_BALANCERS = "elasticloadbalancing:DescribeLoadBalancers";
    private static final String DESCRIBE_LISTENERS = "elasticloadbalancing:DescribeListeners";
    private static final String DESCRIBE_GROUPS = "elasticloadbalancing:DescribeTargetGroups";
    /** Most load balancers of one call (API reference, DescribeTags). */
    private static final int TAGGED_PER_CALL = 20;

    /** The load balancer, then its target groups. */
    List<Resource> find(Landmark landmark) throws InterruptedException {
        LoadBalancer balancer = balancer(landmark);
        if (balancer.type() == LoadBalancerTypeEnum.GATEWAY) {
            throw landmark.unfit("is a gateway load balancer; an application or network load balancer is needed");
        }
        String id = after(balancer.loadBalancerArn(), ":loadbalancer/");
        List<String> zones = zones(balancer);
        List<Resource> resources = new ArrayList<>();
        resources.add(describe(balancer, id));
        if (balancer.type() != LoadBalancerTypeEnum.NETWORK) {
            zones.forEach(zone -> resources.add(
                    new Facts().with("load-balancer", id).with("zone", zone).of(ResourceKind.ZONE, zone)));
        }
        for (Resource group : targetGroups(balancer.loadBalancerArn(), id)) {
            resources.add(group);
            zones.forEach(zone -> resources.add(new Facts()
                    .with("load-balancer", id)
                    .with("target-group", group.id())
                    .with("zone", zone)
                    .of(ResourceKind.TARGET_GROUP_ZONE, group.id() + "/" + zone)));
        }
        return resources;
    }

    /** The target groups of a load balancer. */
    List<Resource> targetGroups(String arn) throws InterruptedException {
        return targetGroups(arn, after(arn, ":loadbalancer/"));
    }

    private List<Resource> targetGroups(String arn, String id) throws InterruptedException {
        return calls
                .pages(
                        DESCRIBE_GROUPS,
                        token -> client.describeTargetGroups(
                                request -> request.loadBalancerArn(arn).marker(token)),
                        DescribeTargetGroupsResponse::nextMarker)
                .stream()
                .flatMap(page -> page.targetGroups().stream())
                .map(group -> describe(group, id))
                .toList();
    }

    /** The tags of load balancers, by their ARN. */
    Map<String, Map<String, String>> tags(Collection<String> arns) throws InterruptedException {
        Map<String, Map<String, String>> tags = new TreeMap<>();
        List<String> all = List.copyOf(arns);
        for (int from = 0; from < all.size(); from += TAGGED_PER_CALL) {
            List<String> some = all.subList(from, Math.min(all.size(), from + TAGGED_PER_CALL));
            calls.call(
                            "elasticloadbalancing:DescribeTags",
                            () -> client.describeTags(request -> request.resourceArns(some)))
                    .tagDescriptions()
                    .forEach(described -> tags.put(
                            described.resourceArn(),
                            described.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value))));
        }
        return tags;
    }

    /** The internal load balancers of a network, without what is behind them. */
    List<Resource> internal(String vpc) throws InterruptedException {
        return all().stream()
                .filter(balancer -> balancer.scheme() == LoadBalancerSchemeEnum.INTERNAL)
                .filter(balancer -> balancer.type() != LoadBalancerTypeEnum.GATEWAY)
                .filter(balancer -> vpc.equals(balancer.vpcId()))
                .map(balancer -> describe(balancer, after(balancer.loadBalancerArn(), ":loadbalancer/")))
                .toList();
    }

    private LoadBalancer balancer(Landmark landmark) throws InterruptedException {
        try {
            DescribeLoadBalancersResponse response = calls.call(
                    DESCRIBE_BALANCERS, () -> client.describeLoadBalancers(request -> named(request, landmark.name())));
            if (!response.loadBalancers().isEmpty()) {
                return response.loadBalancers().get(0);
            }
        } catch (ObservationException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
        throw landmark.notFound(names());
    }

    private static void named(DescribeLoadBalancersRequest.Builder request, String name) {
        if (name.startsWith("arn:")) {
            request.loadBalancerArns(name);
        } else {
            request.names(name);
        }
    }

    private static List<String> zones(LoadBalancer balancer) {
        return balancer.availabilityZones().stream()
                .map(zone -> zone.zoneName())
                .sorted()
                .toList();
    }

    /** What each listener takes and with which certificate; empty if the load balancer has none. */
    Facts listeners(String arn) throws InterruptedException {
        List<DescribeListenersResponse> pages = calls.pages(
                DESCRIBE_LISTENERS,
                token -> client.describeListeners(
                        request -> request.loadBalancerArn(arn).marker(token)),
                DescribeListenersResponse::nextMarker);
        Facts facts = new Facts();
        pages.stream().flatMap(page -> page.listeners().stream()).forEach(listener -> {
            String name = "listener " + listener.protocolAsString() + " " + listener.port();
            facts.with(name, listener.sslPolicy() == null ? "no TLS" : listener.sslPolicy());
            listener.certificates()
                    .forEach(certificate -> facts.with("certificate " + listener.port(), certificate.certificateArn()));
        });
        return facts;
    }

    private List<String> names() throws InterruptedException {
        return all().stream().map(LoadBalancer::loadBalancerName).toList();
    }

    private List<LoadBalancer> all() throws InterruptedException {
        return calls
                .pages(
                        DESCRIBE_BALANCERS,
                        token -> client.describeLoadBalancers(request -> request.marker(token)),
                        DescribeLoadBalancersResponse::nextMarker)
                .stream()
                .flatMap(page -> page.loadBalancers().stream())
                .toList();
    }

    private static Resource describe(LoadBalancer balancer, String id) {
        return new Facts()
                .with("arn", balancer.loadBalancerArn())
                .with("name", balancer.loadBalancerName())
                .with("dns-name", balancer.dnsName())
                .with("scheme", balancer.schemeAsString())
                .with("zones", zones(balancer))
                .with("vpc", balancer.vpcId())
                .with("security-groups", balancer.securityGroups())
                .of(
                        balancer.type() == LoadBalancerTypeEnum.NETWORK
                                ? ResourceKind.NETWORK_LOAD_BALANCER
                                : ResourceKind.LOAD_BALANCER,
                        id);
    }

    private static Resource describe(TargetGroup group, String balancerId) {
        return new Facts()
                .with("arn", group.targetGroupArn())
                .with("name", group.targetGroupName())
                .with("load-balancer", balancerId)
                .with("target-type", group.targetTypeAsString())
                .with("protocol", group.protocolAsString())
                .with("port", group.port())
                .with("health-check-path", group.healthCheckPath())
                .with("health-check-interval-seconds", group.healthCheckIntervalSeconds())
                .with("healthy-threshold", group.healthyThresholdCount())
                .with("unhealthy-threshold", group.unhealthyThresholdCount())
                .of(ResourceKind.TARGET_GROUP, "targetgroup/" + after(group.targetGroupArn(), ":targetgroup/"));
    }

    /** The part of an ARN that CloudWatch uses as a dimension. */
    private static String after(String arn, String marker) {
        int at = arn.indexOf(marker);
        if (at < 0) {
            throw new ObservationException(Reason.FAILED, "unexpected ARN without '" + marker + "': " + arn);
        }
        return arn.substring(at + marker.length());
    }
}
