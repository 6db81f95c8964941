package io.plimsoll.environments.local.estate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        return of("elasticloadbalancing", region, "loadbalancer/" + loadBalancerSuffix(balancer));
    }

    /** {@code app/<name>/<16 hex digits>}: the value of CloudWatch's dimension {@code LoadBalancer}. */
    public static String loadBalancerSuffix(BalancerView balancer) {
        return "app/" + balancer.name() + "/" + id("loadbalancer/" + balancer.name());
    }

    /** {@code arn:aws:elasticloadbalancing:<region>:<account>:listener/app/<name>/<id>/<16 hex digits>}. */
    public static String listenerArn(String region, BalancerView balancer) {
        String listener = "listener/" + loadBalancerSuffix(balancer) + "/";
        return of("elasticloadbalancing", region, listener + id(listener + balancer.port()));
    }

    /** {@code arn:aws:elasticloadbalancing:<region>:<account>:targetgroup/<name>/<16 hex digits>}. */
    public static String targetGroupArn(String region, BalancerView balancer) {
        return of("elasticloadbalancing", region, targetGroupSuffix(balancer));
    }

    /** {@code targetgroup/<name>/<16 hex digits>}: the value of CloudWatch's dimension {@code TargetGroup}. */
    public static String targetGroupSuffix(BalancerView balancer) {
        return "targetgroup/" + balancer.targetGroup() + "/" + id("targetgroup/" + balancer.targetGroup());
    }

    /** An ARN of this account, for example {@code of("rds", "us-east-1", "db:plimsoll-db")}. */
    public static String of(String service, String region, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + ACCOUNT + ":" + resource;
    }

    private static String id(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256, this one does not", absent);
        }
    }
}
