package io.plimsoll.assertions.binding;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.observation.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every resource of a run that may bind, each by itself: of a group its hottest member counts, never the mean. */
public final class Pressures {
    /** Misses below this share of lookups are no sign of a cache that is too small. */
    static final double FEW_MISSES = 0.2;
    /** A cache is full where an item is evicted for at least so many of its misses. */
    static final double EVICTED_BY_MISSES = 0.5;

    /** A group's mean and a busy share of a tier's members are no resource of their own. */
    private static final Set<ResourceKind> NO_RESOURCE = Set.of(ResourceKind.SCALING_GROUP, ResourceKind.ZONE);

    private static final Pattern MOST_CONNECTIONS = Pattern.compile("(?:^|, )max_connections=(\\d+)(?:,|$)");

    private final List<Series> series;
    private final Topology topology;
    private final Grid grid;

    private Pressures(List<Series> series, Topology topology, Grid grid) {
        this.series = series;
        this.topology = topology;
        this.grid = grid;
    }

    /** Whether a metric tells how close a resource is to its limit: a run gathers these. */
    public static boolean tells(String metric) {
        return (metric.endsWith("cpu") && !metric.startsWith("group "))
                || metric.endsWith(" lock waits")
                || Set.of(
                                "host pool busy",
                                "host network exceeded",
                                "replica lag",
                                "evictions",
                                "cache hits",
                                "cache misses")
                        .contains(metric)
                || metric.matches("(database|replica|shard) connections");
    }

    /**
     * The pressures of a run.
     *
     * @param topology the stack; says how many connections a database takes
     */
    public static List<Pressure> of(List<Series> series, Topology topology, Grid grid) {
        Pressures pressures = new Pressures(series, topology, grid);
        List<Pressure> found = new ArrayList<>();
        for (Series one : series) {
            if (tells(one.name()) && !NO_RESOURCE.contains(one.kind())) {
                pressures.of(one).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Pressure> of(Series one) {
        if (one.unit() == Unit.PERCENT && one.name().endsWith("cpu")) {
            return Optional.of(pressure(one, Law.BUSY, 0.01));
        }
        if (one.name().endsWith(" lock waits")) {
            return Optional.of(pressure(one, Law.LOCKS, 1));
        }
        return switch (one.name()) {
            case "host pool busy" -> Optional.of(pressure(one, Law.POOL, 0.01));
            case "host network exceeded" -> Optional.of(pressure(one, Law.NETWORK, 1));
            case "replica lag" -> Optional.of(pressure(one, Law.LAG, 1));
            case "evictions" -> evictions(one);
            default ->
                one.name().endsWith(" connections")
                        ? mostConnections(one).map(most -> pressure(one, Law.POOL, 1.0 / most))
                        : Optional.empty();
        };
    }

    private Pressure pressure(Series one, Law law, double factor) {
        double[] level = grid.values(one);
        for (int step = 0; step < level.length; step++) {
            level[step] = level[step] < 0 ? Double.NaN : level[step] * factor; // a negative value is a sentinel
        }
        return new Pressure(one.kind(), one.resource(), one.name(), law, Grid.boxed(level));
    }

    private Optional<Integer> mostConnections(Series one) {
        return topology.of(one.kind()).stream()
                .filter(part -> part.id().equals(one.resource()))
                .map(Pressures::mostConnections)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Integer> mostConnections(Resource part) {
        Matcher matcher = MOST_CONNECTIONS.matcher(part.facts().getOrDefault("parameters", ""));
        return matcher.find()
                ? Optional.of(Integer.valueOf(matcher.group(1))).filter(most -> most > 0)
                : Optional.empty();
    }

    /** Evictions a second while the cache is too small for what it is asked for; 0 while it is not. */
    private Optional<Pressure> evictions(Series one) {
        Optional<double[]> hits = beside(one, "cache hits");
        Optional<double[]> misses = beside(one, "cache misses");
        if (hits.isEmpty() || misses.isEmpty()) {
            return Optional.empty();
        }
        double[] level = grid.values(one);
        double perSecond = 1000.0 / one.period().toMillis();
        for (int step = 0; step < level.length; step++) {
            double missed = misses.get()[step];
            double lookups = hits.get()[step] + missed;
            if (Double.isNaN(lookups)) {
                level[step] = Double.NaN;
            } else {
                boolean small = missed >= FEW_MISSES * lookups && level[step] >= EVICTED_BY_MISSES * missed;
                level[step] = small ? level[step] * perSecond : 0;
            }
        }
        return Optional.of(new Pressure(one.kind(), one.resource(), one.name(), Law.EVICTIONS, Grid.boxed(level)));
    }

    private Optional<double[]> beside(Series one, String name) {
        return series.stream()
                .filter(other -> other.name().equals(name) && other.resource().equals(one.resource()))
                .map(grid::values)
                .findFirst();
    }

    /** How long a step must be for these series: the shortest period, and never less than a second. */
    public static java.time.Duration step(List<Series> series) {
        return series.stream()
                .filter(one -> tells(one.name()))
                .map(Series::period)
                .min(java.util.Comparator.naturalOrder())
                .orElse(java.time.Duration.ofSeconds(1));
    }

    static boolean holdsState(ResourceKind kind) {
        return Arrays.asList(
                        ResourceKind.DATABASE,
                        ResourceKind.DATABASE_CLUSTER,
                        ResourceKind.REPLICA,
                        ResourceKind.SHARD,
                        ResourceKind.TABLE)
                .contains(kind);
    }
}
