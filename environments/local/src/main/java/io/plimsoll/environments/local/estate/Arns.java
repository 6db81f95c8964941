package io.plimsoll.environments.local.estate;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The Amazon resource names of what runs here. They follow from the names alone, so that both halves of the environment
 * and every run of it agree on them.
 */
public final class Arns {
    /** The account everything here belongs to; no AWS account has this number. */
    public static final String ACCOUNT = "000000000000";

    private Arns() {}

    /** {@code arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/app/<name>/<16 hex digits>}. */
    public static String loadBalancerArn(String region, BalancerView balancer) {
        return of("elasticloadbalancing", region, "loadbalancer/" + ArnSuffix.loadBalancer(balancer.name()));
    }

    /** {@code arn:aws:elasticloadbalancing:<region>:<account>:listener/app/<name>/<id>/<16 hex digits>}. */
    public static String listenerArn(String region, BalancerView balancer) {
        String listener = "listener/" + ArnSuffix.loadBalancer(balancer.name()) + "/";
        return of(
                "elasticloadbalancing",
                region,
                listener + uuid(listener).substring(19).replace("-", ""));
    }

    /** {@code arn:aws:elasticloadbalancing:<region>:<account>:targetgroup/<name>/<16 hex digits>}. */
    public static String targetGroupArn(String region, BalancerView balancer) {
        return of("elasticloadbalancing", region, ArnSuffix.targetGroup(balancer.targetGroup()));
    }

    /** An ARN of this account, for example {@code of("rds", "us-east-1", "db:plimsoll-db")}. */
    public static String of(String service, String region, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + ACCOUNT + ":" + resource;
    }

    /** A UUID that follows from a seed. */
    public static String uuid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
