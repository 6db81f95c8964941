package io.plimsoll.results.report;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.run.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The stack as a picture: tiers from the client to the state, each part with its busiest moment, the resource that limits
 * marked. Parts are those that were found; nothing is drawn that was not.
 */
final class StackPicture {
    /** Parts of one kind drawn at most, the busiest first; the table lists them all. */
    static final int MOST_PARTS = 6;

    private static final List<String> TIERS = List.of("In front", "Compute", "State", "Elsewhere");
    private static final Map<String, Integer> TIER = Map.ofEntries(
            Map.entry("LOAD_BALANCER", 0),
            Map.entry("NETWORK_LOAD_BALANCER", 0),
            Map.entry("TARGET_GROUP", 0),
            Map.entry("DISTRIBUTION", 0),
            Map.entry("HOSTED_ZONE", 0),
            Map.entry("HEALTH_CHECK", 0),
            Map.entry("SCALING_GROUP", 1),
            Map.entry("INSTANCE", 1),
            Map.entry("FUNCTION", 1),
            Map.entry("DATABASE", 2),
            Map.entry("DATABASE_CLUSTER", 2),
            Map.entry("REPLICA", 2),
            Map.entry("SHARD", 2),
            Map.entry("CACHE", 2),
            Map.entry("BUCKET", 2),
            Map.entry("QUEUE", 2),
            Map.entry("DEAD_LETTER_QUEUE", 2),
            Map.entry("TABLE", 2),
            Map.entry("WAREHOUSE", 2));

    /** Parts of parts, told by their parts: a picture of a stack has no room for them. */
    private static final List<String> HIDDEN = List.of(
            "ZONE",
            "TARGET_GROUP_ZONE",
            "TARGET",
            "VOLUME",
            "CACHE_NODE",
            "LOG_GROUP",
            "METRIC",
            "SECURITY_GROUP",
            "CLIENT");

    /** A column of the picture. */
    record Tier(String name, List<Part> parts) {}

    /**
     * One part.
     *
     * @param kind its kind in words
     * @param name the last part of its id
     * @param busiest its CPU or whatever tells its load, at its highest; empty if nothing was measured
     * @param gauge that in percent of what it can bear, for a bar; empty if it is no percentage
     * @param binding whether it is what limits
     */
    record Part(String kind, String name, String busiest, Optional<String> gauge, boolean binding) {}

    private final Evidence evidence;
    private final Optional<CapacityResult.Binding> binding;

    private StackPicture(Evidence evidence, Optional<CapacityResult.Binding> binding) {
        this.evidence = evidence;
        this.binding = binding;
    }

    static List<Tier> of(Evidence evidence, Optional<CapacityResult.Binding> binding) {
        return new StackPicture(evidence, binding).tiers();
    }

    private List<Tier> tiers() {
        NavigableMap<Integer, List<Part>> tiers = new TreeMap<>();
        for (ResourceKind kind : ResourceKind.values()) {
            List<Resource> found = evidence.topology().of(kind);
            if (!found.isEmpty() && !HIDDEN.contains(kind.name())) {
                tiers.computeIfAbsent(TIER.getOrDefault(kind.name(), TIERS.size() - 1), key -> new ArrayList<>())
                        .addAll(parts(kind, found));
            }
        }
        return tiers.entrySet().stream()
                .map(tier -> new Tier(TIERS.get(tier.getKey()), tier.getValue()))
                .toList();
    }

    private List<Part> parts(ResourceKind kind, List<Resource> found) {
        List<Part> parts = new ArrayList<>(found.stream()
                .sorted(Comparator.comparing((Resource resource) -> !binds(resource))
                        .thenComparing(
                                resource -> -busiest(resource).map(Load::value).orElse(-1.0))
                        .thenComparing(Resource::id))
                .limit(MOST_PARTS)
                .map(this::part)
                .toList());
        if (found.size() > MOST_PARTS) {
            String more = (found.size() - MOST_PARTS) + " more";
            parts.add(new Part(kind.word(), more, "less busy", Optional.empty(), false));
        }
        return parts;
    }

    private Part part(Resource resource) {
        Optional<Load> load = busiest(resource);
        return new Part(
                resource.kind().word(),
                PlainText.line(name(resource), 60),
                load.map(Load::words).orElse(""),
                load.map(value ->
                        String.format(java.util.Locale.ROOT, "%.1f", Math.max(0, Math.min(100, value.value())))),
                binds(resource));
    }

    private boolean binds(Resource resource) {
        return binding.filter(limit ->
                        limit.kind() == resource.kind() && limit.resource().equals(resource.id()))
                .isPresent();
    }

    /** {@code app/plimsoll-lb/825d…} is known to people as {@code plimsoll-lb}. */
    private static String name(Resource resource) {
        return resource.facts().getOrDefault("name", resource.id());
    }

    /** The highest of the CPU metrics of a part. */
    private record Load(String metric, double value) {
        String words() {
            return "CPU up to " + Figures.number(value) + " %";
        }
    }

    private Optional<Load> busiest(Resource resource) {
        return evidence.series().stream()
                .filter(series ->
                        series.kind() == resource.kind() && series.resource().equals(resource.id()))
                .filter(series -> series.name().endsWith("cpu"))
                .flatMap(series -> highest(series).stream())
                .max(Comparator.comparingDouble(Load::value));
    }

    private static Optional<Load> highest(Series series) {
        return series.samples().stream()
                .max(Comparator.comparingDouble(Sample::value))
                .map(sample -> new Load(series.name(), sample.value()));
    }
}
