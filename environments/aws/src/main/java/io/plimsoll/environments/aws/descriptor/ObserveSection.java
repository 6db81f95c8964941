package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.document.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Section {@code observe} of a descriptor.
 *
 * <p>Periods are those of CloudWatch's GetMetricData: 1, 5, 10, 20 or 30 seconds or a multiple of 60. What AWS's own
 * services publish has no period below a minute.
 */
final class ObserveSection {
    private static final String METRICS_PRICE = "price-of-1000-metrics";
    private static final double MOST_DOLLARS = 100;

    static final List<String> KEYS = List.of(
            "period",
            "target-health-poll",
            "live-metrics",
            "settle-quiet",
            "settle-deadline",
            "hide-account-ids",
            METRICS_PRICE);

    private static final Set<Long> HIGH_RESOLUTION_SECONDS = Set.of(1L, 5L, 10L, 20L, 30L);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(100);
    private static final Duration SHORTEST_POLL_ON_AWS = Duration.ofSeconds(1);
    private static final Duration LONGEST_POLL = Duration.ofMinutes(1);

    private ObserveSection() {}

    static Observing read(Node observe, boolean realAws) {
        observe.allowOnly(KEYS.toArray(String[]::new));
        Node quietNode = observe.required("settle-quiet");
        Duration quiet = quietNode.duration();
        Duration deadline = observe.required("settle-deadline").duration();
        if (quiet.isZero()) {
            throw quietNode.error("must be > 0");
        }
        if (quiet.compareTo(deadline) >= 0) {
            throw quietNode.error("must be less than observe.settle-deadline (" + Durations.print(deadline) + ")");
        }
        return new Observing(
                period(observe.required("period"), realAws),
                poll(observe.required("target-health-poll"), realAws ? SHORTEST_POLL_ON_AWS : SHORTEST_POLL),
                observe.required("live-metrics").flag(),
                quiet,
                deadline,
                observe.optional("hide-account-ids").map(Node::flag).orElse(false),
                observe.optional(METRICS_PRICE)
                        .map(node -> node.number(0, MOST_DOLLARS))
                        .orElse(Observing.LIST_PRICE));
    }

    private static Duration period(Node node, boolean realAws) {
        Duration period = node.duration();
        long seconds = period.toSeconds();
        boolean wholeMinutes = seconds > 0 && seconds % 60 == 0;
        if (period.toNanosPart() != 0 || !(wholeMinutes || HIGH_RESOLUTION_SECONDS.contains(seconds))) {
            throw node.error("must be 1 s, 5 s, 10 s, 20 s, 30 s or whole minutes");
        }
        if (realAws && !wholeMinutes) {
            throw node.error("must be whole minutes on AWS, whose services publish no shorter period");
        }
        return period;
    }

    private static Duration poll(Node node, Duration shortest) {
        Duration poll = node.duration();
        if (poll.compareTo(shortest) < 0 || poll.compareTo(LONGEST_POLL) > 0) {
            throw node.error("must be in [" + Durations.print(shortest) + ", " + Durations.print(LONGEST_POLL) + "]");
        }
        return poll;
    }
}
