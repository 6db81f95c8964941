package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Section {@code load} of a descriptor. */
record LoadSection(LoadPermission permission, LoadRates rates) {
    static final List<String> KEYS = List.of(
            "allowed-hosts",
            "max-requests-per-second",
            "max-requests",
            "max-duration",
            "base-requests-per-second",
            "peak-requests-per-second",
            "hours");

    private static final double HIGHEST_RATE = 10_000_000;

    static LoadSection read(Node load, boolean embedded) {
        load.allowOnly(KEYS.toArray(String[]::new));
        double most = rate(load.required("max-requests-per-second"));
        Node peakNode = load.required("peak-requests-per-second");
        double peak = rate(peakNode);
        if (peak > most) {
            throw peakNode.error("must be at most load.max-requests-per-second (" + plain(most) + ")");
        }
        Node baseNode = load.required("base-requests-per-second");
        double base = rate(baseNode);
        if (base > peak) {
            throw baseNode.error("must be at most load.peak-requests-per-second (" + plain(peak) + ")");
        }
        LoadPermission permission = new LoadPermission(
                hosts(load.required("allowed-hosts"), embedded),
                most,
                load.required("max-requests").integer(1, Integer.MAX_VALUE),
                duration(load.required("max-duration")),
                embedded,
                load.optional("hours").map(LoadHours::read));
        return new LoadSection(permission, new LoadRates(base, peak));
    }

    private static double rate(Node node) {
        double rate = node.number(0, HIGHEST_RATE);
        if (!(rate > 0)) {
            throw node.error("must be > 0");
        }
        return rate;
    }

    private static Duration duration(Node node) {
        Duration duration = node.duration();
        if (duration.isZero()) {
            throw node.error("must be > 0");
        }
        return duration;
    }

    private static List<String> hosts(Node node, boolean embedded) {
        List<Node> items = node.items();
        if (items.isEmpty()) {
            throw node.error("must name a host");
        }
        for (Node item : items) {
            if (!item.text().matches("[A-Za-z0-9.-]+|\\[?[0-9A-Fa-f:]+\\]?")) {
                throw item.error("must be a host name or address, without scheme, port, path or wildcard");
            }
            if (embedded && !Hosts.isLoopback(Hosts.plain(item.text()))) {
                throw item.error("must be a loopback address in an embedded environment");
            }
        }
        return items.stream().map(Node::text).toList();
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
