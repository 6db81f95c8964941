package io.plimsoll.environments.local.dns;

import io.plimsoll.environments.local.dns.EndpointProbe.Result;
import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.measure.Dimensions;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.Function;

/** {@code AWS/Route53}, as "Monitoring health checks" and "Monitoring hosted zones" list it. Used by one thread. */
public final class NameServiceMetrics {
    private static final String NAMESPACE = "AWS/Route53";

    private final MetricSink sink;
    private final HostedZone zone;
    private final List<HealthCheck> checks;
    private long lastQueries;

    /** Publishes about a zone and health checks. */
    public NameServiceMetrics(MetricSink sink, HostedZone zone, List<HealthCheck> checks) {
        this.sink = sink;
        this.zone = zone;
        this.checks = List.copyOf(checks);
        this.lastQueries = zone.queries();
    }

    /** Publishes the second that began at {@code at}. */
    public void publish(Instant at) {
        long queries = zone.queries();
        sink.put(
                NAMESPACE,
                "DNSQueries",
                Dimensions.of("HostedZoneId", zone.id()),
                at,
                (double) (queries - lastQueries),
                "Count");
        lastQueries = queries;
        for (HealthCheck check : checks) {
            publish(at, check);
        }
    }

    private void publish(Instant at, HealthCheck check) {
        SortedMap<String, String> dimensions =
                Dimensions.of("HealthCheckId", check.settings().id());
        sink.put(NAMESPACE, "HealthCheckStatus", dimensions, at, check.isHealthy() ? 1 : 0, "None");
        sink.put(NAMESPACE, "HealthCheckPercentageHealthy", dimensions, at, check.healthyRatio() * 100, "Percent");
        List<Result> results = check.drain();
        millis(at, "ConnectionTime", dimensions, results, Result::connectMillis);
        millis(at, "SSLHandshakeTime", dimensions, results, Result::handshakeMillis);
        millis(at, "TimeToFirstByte", dimensions, results, Result::firstByteMillis);
    }

    private void millis(
            Instant at,
            String metric,
            SortedMap<String, String> dimensions,
            List<Result> results,
            Function<Result, OptionalDouble> measured) {
        double[] values = results.stream()
                .map(measured)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        sink.putAll(NAMESPACE, metric, dimensions, at, values, "Milliseconds");
    }
}
