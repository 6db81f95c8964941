package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Finds a load balancer by name, and its target groups. */
record BalancerDiscovery(ElasticLoadBalancingV2Client client, AwsCalls calls) {
    private static final String DESCRIBE_BALANCERS = "elasticloadbalancing:DescribeLoadBalancers";
    private static final String DESCRIBE_GROUPS = "elasticloadbalancing:DescribeTargetGroups";

    /** The load balancer, then its target groups. */
    List<Resource> find(Landmark landmark) throws InterruptedException {
        LoadBalancer balancer = balancer(landmark);
        if (balancer.type() != null && balancer.type() != LoadBalancerTypeEnum.APPLICATION) {
            throw landmark.unfit("is a " + balancer.typeAsString()
                    + " load balancer; only an application load balancer publishes requests and latencies");
        }
        String id = after(balancer.loadBalancerArn(), ":loadbalancer/");
        List<Resource> resources = new ArrayList<>();
        resources.add(describe(balancer, id));
        List<DescribeTargetGroupsResponse> pages = calls.pages(
                DESCRIBE_GROUPS,
                token -> client.describeTargetGroups(request ->
                        request.loadBalancerArn(balancer.loadBalancerArn()).marker(token)),
                DescribeTargetGroupsResponse::nextMarker);
        for (DescribeTargetGroupsResponse page : pages) {
            page.targetGroups().forEach(group -> resources.add(describe(group, id)));
        }
        return resources;
    }

    private LoadBalancer balancer(Landmark landmark) throws InterruptedException {
        try {
            DescribeLoadBalancersResponse response = calls.call(
                    DESCRIBE_BALANCERS, () -> client.describeLoadBalancers(request -> request.names(landmark.name())));
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

    private List<String> names() throws InterruptedException {
        return calls
                .pages(
                        DESCRIBE_BALANCERS,
                        token -> client.describeLoadBalancers(request -> request.marker(token)),
                        DescribeLoadBalancersResponse::nextMarker)
                .stream()
                .flatMap(page -> page.loadBalancers().stream())
                .map(LoadBalancer::loadBalancerName)
                .toList();
    }

    private static Resource describe(LoadBalancer balancer, String id) {
        return new Facts()
                .with("arn", balancer.loadBalancerArn())
                .with("name", balancer.loadBalancerName())
                .with("dns-name", balancer.dnsName())
                .with("scheme", balancer.schemeAsString())
                .with(
                        "zones",
                        balancer.availabilityZones().stream()
                                .map(zone -> zone.zoneName())
                                .toList())
                .of(ResourceKind.LOAD_BALANCER, id);
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
