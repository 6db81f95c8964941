package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Section {@code prices} of a descriptor: US dollars an hour by instance type, database class or cache node type. Those of
 * an embedded stack's own instance types stand with the types.
 */
final class PricesSection {
    private static final double MOST = 10_000;

    private PricesSection() {}

    static SortedMap<String, Double> read(Node root) {
        SortedMap<String, Double> prices = new TreeMap<>();
        root.optional("stack")
                .flatMap(stack -> stack.optional("instance-types"))
                .ifPresent(types -> types.mapping()
                        .forEach((name, type) -> type.optional("price-per-hour")
                                .ifPresent(price -> prices.put(name, price.number(0, MOST)))));
        Optional<Node> section = root.optional("prices");
        section.ifPresent(node -> node.mapping().forEach((type, price) -> prices.put(type, price.number(0, MOST))));
        return Collections.unmodifiableSortedMap(prices);
    }
}
