package io.plimsoll.simulations.capacity;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the machines of a stack cost by a table of prices. */
public final class StackCost {
    /** The fact that says which price a machine has, by what it is. */
    private static final Map<ResourceKind, String> TYPES = Map.of(
            ResourceKind.INSTANCE, "type",
            ResourceKind.DATABASE, "class",
            ResourceKind.REPLICA, "class",
            ResourceKind.SHARD, "class",
            ResourceKind.CACHE, "node-type");

    private static final double MILLIS_PER_HOUR = 3_600_000;

    private StackCost() {}

    /** How long so much money lasts; as good as for ever if the machines cost nothing. */
    public static Duration lasts(CapacityResult.Cost cost, double usd) {
        double millis = usd / cost.usdPerHour() * MILLIS_PER_HOUR;
        return millis < Integer.MAX_VALUE ? Duration.ofMillis((long) millis) : Duration.ofMillis(Integer.MAX_VALUE);
    }

    /**
     * The cost of all machines that are there; what has no price is named.
     *
     * @param prices US dollars an hour by type
     * @return empty if no machine has a price
     */
    public static Optional<CapacityResult.Cost> of(Topology topology, SortedMap<String, Double> prices) {
        SortedMap<String, Integer> priced = new TreeMap<>();
        List<String> without = new ArrayList<>();
        for (Resource part : topology.resources()) {
            String fact = TYPES.get(part.kind());
            if (fact == null || part.existedUntil().isPresent()) {
                continue;
            }
            String type = part.facts().getOrDefault(fact, "");
            if (prices.containsKey(type)) {
                priced.merge(type, 1, Integer::sum);
            } else {
                without.add(part.kind().word() + " " + part.id());
            }
        }
        double perHour = priced.entrySet().stream()
                .mapToDouble(type -> type.getValue() * prices.getOrDefault(type.getKey(), 0.0))
                .sum();
        return priced.isEmpty()
                ? Optional.empty()
                : Optional.of(new CapacityResult.Cost(
                        perHour,
                        priced.entrySet().stream()
                                .map(type -> type.getValue() + " x " + type.getKey())
                                .toList(),
                        without));
    }
}
