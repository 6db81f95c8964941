package io.plimsoll.environments.local.dns;

import java.time.Duration;

/**
 * A health check.
 *
 * @param id tells it from others, a UUID on AWS
 * @param type what is asked
 * @param port loopback port that is asked
 * @param path what HTTP asks for; ignored for TCP
 * @param interval time between two requests of one checker
 * @param timeout an answer that begins later is none
 * @param failureThreshold requests in a row until a checker changes its mind, in [1, 10]
 */
public record HealthCheckSettings(
        String id, Type type, int port, String path, Duration interval, Duration timeout, int failureThreshold) {
    /** What a health check asks. */
    public enum Type {
        HTTP,
        /** As on Route 53, the certificate is not looked at. */
        HTTPS,
        TCP
    }

    public HealthCheckSettings {
        if (failureThreshold < 1 || failureThreshold > 10) {
            throw new IllegalArgumentException(id + ": failure threshold must be in [1, 10], was " + failureThreshold);
        }
    }
}
