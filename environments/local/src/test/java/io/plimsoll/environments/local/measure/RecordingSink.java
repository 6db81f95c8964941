package io.plimsoll.environments.local.measure;

import io.plimsoll.environments.local.estate.MetricSink;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is published. */
public final class RecordingSink implements MetricSink {
    private final List<Value> values = new CopyOnWriteArrayList<>();

    public record Value(
            String namespace,
            String metric,
            SortedMap<String, String> dimensions,
            Instant at,
            double value,
            String unit) {}

    @Override
    public void put(
            String namespace,
            String metric,
            SortedMap<String, String> dimensions,
            Instant at,
            double value,
            String unit) {
        values.add(new Value(namespace, metric, dimensions, at, value, unit));
    }

    @Override
    public void putAll(
            String namespace,
            String metric,
            SortedMap<String, String> dimensions,
            Instant at,
            double[] all,
            String unit) {
        for (double value : all) {
            put(namespace, metric, dimensions, at, value, unit);
        }
    }

    public List<Value> values() {
        return values;
    }

    /** Values of one metric under dimensions of just these names, sorted and joined by commas, in order. */
    public List<Double> of(String metric, String dimensions) {
        return values.stream()
                .filter(value -> value.metric().equals(metric)
                        && String.join(",", value.dimensions().keySet()).equals(dimensions))
                .map(Value::value)
                .toList();
    }
}
