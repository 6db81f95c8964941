package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.ArnSuffix;
import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.scaling.PolicyArn;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * ARNs of what the endpoint answers about.
 *
 * @param region their region
 */
record Arns(String region) {
    String loadBalancer(BalancerView balancer) {
        return of("elasticloadbalancing", "loadbalancer/" + suffix(balancer));
    }

    private static String suffix(BalancerView balancer) {
        return balancer.isNetwork()
                ? ArnSuffix.networkBalancer(balancer.name())
                : ArnSuffix.loadBalancer(balancer.name());
    }

    /** The one network that all is in. */
    static final String VPC = "vpc-0c0a57a1b0a7f10a7";

    String certificate(String id) {
        return of("acm", "certificate/" + id);
    }

    /** A distribution is of no region. */
    String distribution(String id) {
        return "arn:aws:cloudfront::" + Caller.ACCOUNT + ":distribution/" + id;
    }

    /** A bucket's name is that of no account either. */
    String bucket(String name) {
        return "arn:aws:s3:::" + name;
    }

    String targetGroup(String name) {
        return of("elasticloadbalancing", ArnSuffix.targetGroup(name));
    }

    String listener(BalancerView balancer, int port) {
        String id =
                uuid("listener " + balancer.name() + " " + port).substring(19).replace("-", "");
        return of("elasticloadbalancing", "listener/" + suffix(balancer) + "/" + id);
    }

    String rule(String listenerArn, String priority) {
        String id = uuid("rule " + listenerArn + " " + priority).substring(19).replace("-", "");
        return listenerArn.replaceFirst(":listener/", ":listener-rule/") + "/" + id;
    }

    String alarm(String name) {
        return of("cloudwatch", "alarm:" + name);
    }

    String group(String name) {
        return of("autoscaling", "autoScalingGroup:" + uuid("group " + name) + ":autoScalingGroupName/" + name);
    }

    String policy(String group, String policy) {
        return new PolicyArn(group, policy).in(region);
    }

    String scheduledAction(String group, String action) {
        return of(
                "autoscaling",
                "scheduledUpdateGroupAction:" + uuid("scheduled action " + group + " " + action)
                        + ":autoScalingGroupName/" + group + ":scheduledActionName/" + action);
    }

    String logGroup(String name) {
        return of("logs", "log-group:" + name);
    }

    String instance(String id) {
        return of("ec2", "instance/" + id);
    }

    String database(String id) {
        return of("rds", "db:" + id);
    }

    String cache(String id) {
        return of("elasticache", "cluster:" + id);
    }

    String queue(String name) {
        return of("sqs", name);
    }

    String table(String name) {
        return of("dynamodb", "table/" + name);
    }

    String warehouse(String id) {
        return of("redshift", "cluster:" + id);
    }

    /** A health check is of no region and no account. */
    String healthCheck(String id) {
        return "arn:aws:route53:::healthcheck/" + id;
    }

    private String of(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + Caller.ACCOUNT + ":" + resource;
    }

    private static String uuid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
