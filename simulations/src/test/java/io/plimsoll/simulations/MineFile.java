package io.plimsoll.simulations;

import java.net.URI;

/** The descriptor of somebody's own stack: a load balancer is named, and nothing else. */
final class MineFile {
    private MineFile() {}

    /**
     * What a run may do to it.
     *
     * @param requestsPerSecond at most
     * @param requests at most
     * @param duration at most
     * @param base requests per second
     * @param peak requests per second
     */
    record Load(int requestsPerSecond, int requests, String duration, int base, int peak) {}

    /** Its text; {@code awsEndpoint} is where its AWS is. */
    static String of(URI baseUrl, URI awsEndpoint, Load load) {
        return """
                environment: mine
                kind: aws
                region: us-east-1
                base-url: %s
                endpoint: %s
                time-scale: 0.05
                stages: [auto-scaled]
                load:
                  allowed-hosts: [127.0.0.1]
                  max-requests-per-second: %d
                  max-requests: %d
                  max-duration: %s
                  base-requests-per-second: %d
                  peak-requests-per-second: %d
                observe:
                  period: 1 s
                  target-health-poll: 500 ms
                  live-metrics: false
                  settle-quiet: 2 s
                  settle-deadline: 15 s
                find:
                  load-balancer: plimsoll-lb
                """.formatted(
                        baseUrl,
                        awsEndpoint,
                        load.requestsPerSecond(),
                        load.requests(),
                        load.duration(),
                        load.base(),
                        load.peak());
    }
}
