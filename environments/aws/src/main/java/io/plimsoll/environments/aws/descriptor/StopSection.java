package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code stop} of a descriptor.
 *
 * <pre>{@code
 * stop:
 *   - {error-ratio: 50, within: 30 s}           # percent
 *   - {latency: 5 s, percentile: 95, within: 30 s}
 *   - {alarm: checkout-is-down}
 * }</pre>
 */
final class StopSection {
    static final List<String> KEYS = List.of("error-ratio", "latency", "alarm", "percentile", "within");

    private StopSection() {}

    static List<StopCondition> read(Optional<Node> section) {
        List<StopCondition> conditions = new ArrayList<>();
        section.ifPresent(list -> list.items().forEach(node -> conditions.add(condition(node))));
        return List.copyOf(conditions);
    }

    private static StopCondition condition(Node node) {
        node.allowOnly(KEYS.toArray(String[]::new));
        long kinds = List.of("error-ratio", "latency", "alarm").stream()
                .filter(key -> node.optional(key).isPresent())
                .count();
        if (kinds != 1) {
            throw node.error("must have exactly one of error-ratio, latency and alarm");
        }
        if (node.optional("alarm").isPresent()) {
            node.allowOnly("alarm");
            return new StopCondition.Alarm(node.required("alarm").text());
        }
        if (node.optional("latency").isPresent()) {
            return new StopCondition.Latency(
                    node.optional("percentile")
                            .map(percent -> percent.number(1, 99.99))
                            .orElse(95.0),
                    positive(node.required("latency")),
                    positive(node.required("within")));
        }
        node.allowOnly("error-ratio", "within");
        double percent = node.required("error-ratio").number(0, 100);
        if (!(percent > 0)) {
            throw node.required("error-ratio").error("must be a percentage in (0, 100]");
        }
        return new StopCondition.ErrorRatio(percent / 100, positive(node.required("within")));
    }

    private static Duration positive(Node node) {
        Duration duration = node.duration();
        if (duration.isZero()) {
            throw node.error("must be > 0");
        }
        return duration;
    }
}
