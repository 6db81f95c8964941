package io.plimsoll.environments.local.estate;

import java.time.Duration;

/**
 * A health check of the name service.
 *
 * @param id a UUID
 * @param type {@code HTTP}, {@code HTTPS} or {@code TCP}
 * @param address loopback address that is asked
 * @param port its port
 * @param path what is asked for; empty for TCP
 * @param interval time between two requests of one checker
 * @param failureThreshold requests in a row until a checker changes its mind
 * @param healthy what the checkers say together
 */
public record HealthCheckView(
        String id,
        String type,
        String address,
        int port,
        String path,
        Duration interval,
        int failureThreshold,
        boolean healthy) {}
