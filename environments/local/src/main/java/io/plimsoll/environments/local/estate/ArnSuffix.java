package io.plimsoll.environments.local.estate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The part of a resource's ARN that CloudWatch uses as a dimension: {@code app/<name>/<16 hex>} for an application load
 * balancer, {@code targetgroup/<name>/<16 hex>} for a target group. The hex part is derived from the name, so that
 * everyone who names the resource names the same one.
 */
public final class ArnSuffix {
    private ArnSuffix() {}

    /** Value of the dimension {@code LoadBalancer}. */
    public static String loadBalancer(String name) {
        return "app/" + name + "/" + hex("app/" + name);
    }

    /** Value of the dimension {@code LoadBalancer} of a network load balancer. */
    public static String networkBalancer(String name) {
        return "net/" + name + "/" + hex("net/" + name);
    }

    /** Value of the dimension {@code TargetGroup}. */
    public static String targetGroup(String name) {
        return "targetgroup/" + name + "/" + hex("targetgroup/" + name);
    }

    private static String hex(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
