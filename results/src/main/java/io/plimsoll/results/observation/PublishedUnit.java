package io.plimsoll.results.observation;

import io.plimsoll.results.document.Document.Node;
import java.util.List;
import java.util.Map;

/**
 * A unit that a source publishes in.
 *
 * @param unit the unit it ends as
 * @param factor from the one to the other
 */
record PublishedUnit(Unit unit, double factor) {
    static final PublishedUnit COUNT = new PublishedUnit(Unit.COUNT, 1);

    private static final Map<String, PublishedUnit> BY_SYMBOL = Map.of(
            "count", COUNT,
            "s", new PublishedUnit(Unit.SECONDS, 1),
            "ms", new PublishedUnit(Unit.SECONDS, 0.001),
            "us", new PublishedUnit(Unit.SECONDS, 0.000_001),
            "%", new PublishedUnit(Unit.PERCENT, 1),
            "ratio", new PublishedUnit(Unit.PERCENT, 100),
            "B", new PublishedUnit(Unit.BYTES, 1),
            "KiB", new PublishedUnit(Unit.BYTES, 1024),
            "MiB", new PublishedUnit(Unit.BYTES, 1024 * 1024),
            "/s", new PublishedUnit(Unit.PER_SECOND, 1));

    /** The unit of that symbol. */
    static PublishedUnit of(Node node) {
        List<String> symbols = BY_SYMBOL.keySet().stream().sorted().toList();
        return BY_SYMBOL.getOrDefault(node.oneOf(symbols), COUNT);
    }
}
