package io.plimsoll.environments.local.metrics;

import io.plimsoll.environments.local.estate.MetricSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keeps the values of every metric at a resolution of 1 s for {@link #RETENTION}; of a second with many values that is older
 * than 5 minutes it keeps as many as percentiles need. A second is published, that is,
 * returned, once it is over and {@link #PUBLICATION_DELAY} has passed: a value that comes later than that still counts,
 * as a late value does on CloudWatch. Safe for several threads.
 */
public final class MetricStore implements MetricSink {
    /** How long values are kept: as long as CloudWatch keeps those of a period below 60 s. */
    public static final Duration RETENTION = Duration.ofHours(3);

    /** From the end of a second until it is returned. */
    public static final Duration PUBLICATION_DELAY = Duration.ofSeconds(1);

    private final Clock clock;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Map<MetricKey, MetricSeries> series = new ConcurrentHashMap<>();

    /** An empty store; the clock says which seconds are published and which are too old to keep. */
    public MetricStore(Clock clock) {
        this.clock = clock;
    }

    /** Keeps nothing of these namespaces from now on, as if nobody published there. */
    public void silence(List<String> namespaces) {
        silent.addAll(namespaces);
    }

    @Override
    public void put(
            String namespace,
            String metric,
            SortedMap<String, String> dimensions,
            Instant at,
            double value,
            String unit) {
        put(new MetricKey(namespace, metric, dimensions), at, value, 1, unit);
    }

    @Override
    public void putAll(
            String namespace,
            String metric,
            SortedMap<String, String> dimensions,
            Instant at,
            double[] values,
            String unit) {
        if (values.length == 0) {
            return;
        }
        MetricKey key = new MetricKey(namespace, metric, dimensions);
        for (double value : values) {
            requireFinite(key, value);
        }
        add(key, at, unit, aggregate -> {
            for (double value : values) {
                aggregate.add(value, 1);
            }
        });
    }

    /**
     * Records a value that was measured {@code count} times.
     *
     * @param count > 0
     * @throws IllegalArgumentException if the value is not finite or the count is not positive
     */
    public void put(MetricKey key, Instant at, double value, double count, String unit) {
        requireFinite(key, value);
        if (!(count > 0 && Double.isFinite(count))) {
            throw new IllegalArgumentException(name(key) + ": count must be > 0, was " + count);
        }
        add(key, at, unit, aggregate -> aggregate.add(value, count));
    }

    /** Records values of which only a summary is known; percentiles of their period are then unknown. */
    public void put(MetricKey key, Instant at, Summary summary, String unit) {
        add(key, at, unit, aggregate -> aggregate.add(summary));
    }

    private void add(MetricKey key, Instant at, String unit, Consumer<Aggregate> addition) {
        if (silent.contains(key.namespace())) {
            return;
        }
        long oldest = clock.instant().minus(RETENTION).getEpochSecond();
        series.computeIfAbsent(key, unused -> new MetricSeries(unit)).add(at.getEpochSecond(), oldest, addition);
    }

    /**
     * Published datapoints of the periods that begin in {@code [start, end)}, oldest first; periods are aligned to the
     * epoch and {@code start} is rounded down to a period. A period without samples has no datapoint. The last period
     * may be one that goes on: it holds what is published so far.
     *
     * @param period a positive multiple of 1 s
     * @throws IllegalArgumentException if the period is not
     */
    public List<Datapoint> datapoints(MetricKey key, Statistic statistic, Instant start, Instant end, Duration period) {
        if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.getNano() != 0) {
            throw new IllegalArgumentException(
                    name(key) + ": period must be a positive multiple of 1 s, was " + period);
        }
        MetricSeries found = series.get(key);
        if (found == null) {
            return List.of();
        }
        long seconds = period.getSeconds();
        long from = Math.floorDiv(start.getEpochSecond(), seconds) * seconds;
        long lastPeriod = Math.floorDiv(end.getEpochSecond() + (end.getNano() > 0 ? 1 : 0) - 1, seconds) * seconds;
        long until = Math.min(
                Math.addExact(lastPeriod, seconds),
                publishedUntil(clock.instant()).getEpochSecond());
        List<Datapoint> points = new ArrayList<>();
        for (MetricSeries.Period each : found.periods(from, until, seconds)) {
            statistic
                    .of(each.aggregate())
                    .ifPresent(value -> points.add(new Datapoint(Instant.ofEpochSecond(each.start()), value)));
        }
        return points;
    }

    /** The end of the last published second at a time. */
    public static Instant publishedUntil(Instant now) {
        return Instant.ofEpochSecond(now.minus(PUBLICATION_DELAY).getEpochSecond());
    }

    /** Metrics that have published values and of those at least one no older than {@code within}, in a stable order. */
    public List<MetricKey> metrics(Duration within) {
        Instant now = clock.instant();
        long from = now.minus(within).getEpochSecond();
        long until = publishedUntil(now).getEpochSecond();
        return series.entrySet().stream()
                .filter(entry -> entry.getValue().hasValues(from, until))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(MetricKey::namespace)
                        .thenComparing(MetricKey::name)
                        .thenComparing(key -> key.dimensions().toString()))
                .toList();
    }

    /** All metrics that have published values, in a stable order. */
    public List<MetricKey> metrics() {
        return metrics(RETENTION);
    }

    /** The unit a metric was first published with. */
    public Optional<String> unit(MetricKey key) {
        return Optional.ofNullable(series.get(key)).map(MetricSeries::unit);
    }

    private static void requireFinite(MetricKey key, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name(key) + ": value must be a finite number, was " + value);
        }
    }

    private static String name(MetricKey key) {
        return key.namespace() + " " + key.name() + key.dimensions();
    }
}
