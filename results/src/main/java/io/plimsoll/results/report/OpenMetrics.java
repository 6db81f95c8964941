package io.plimsoll.results.report;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * A run for the dashboards that people have already: verdict and timeline in the text format of OpenMetrics 1.0, with
 * timestamps, as {@code promtool tsdb create-blocks-from openmetrics} takes it. What the client saw is {@code
 * plimsoll_client_…}, what was observed of the stack {@code plimsoll_stack_…}, in the unit that its HELP names.
 */
public final class OpenMetrics {
    private static final int MOST_NAMES = 100;
    private static final double[] QUANTILES = {0.5, 0.95, 0.99};

    private final StringBuilder text = new StringBuilder();
    private final Verdict verdict;
    private final Evidence evidence;
    private final TimeAxis axis;

    private OpenMetrics(Verdict verdict, Evidence evidence) {
        this.verdict = verdict;
        this.evidence = evidence;
        this.axis = TimeAxis.of(evidence);
    }

    /** The document, ended by {@code # EOF}. */
    public static String render(Verdict verdict, Evidence evidence) {
        OpenMetrics metrics = new OpenMetrics(verdict, evidence);
        metrics.verdict();
        metrics.load();
        metrics.client();
        metrics.stack();
        return metrics.text.append("# EOF\n").toString();
    }

    private void verdict() {
        family("plimsoll_verdict", "stateset", "The verdict of the run.");
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.NOT_TESTED) {
                String state = label("plimsoll_verdict", outcome.name());
                sample("plimsoll_verdict", state, outcome == verdict.outcome() ? "1" : "0", "");
            }
        }
        family("plimsoll_slo_held", "gauge", "1 if the SLO was shown to hold, 0 if not or if nothing was shown.");
        Map<String, String> slos = new LinkedHashMap<>();
        verdict.claims().forEach(claim -> claim.slos().forEach(slo -> slos.putIfAbsent(labels(slo), held(slo))));
        slos.forEach((labels, value) -> sample("plimsoll_slo_held", labels, value, ""));
    }

    private static String labels(SloResult slo) {
        return label("claim", slo.claim()) + "," + label("slo", slo.slo()) + ","
                + label("outcome", Words.of(slo.outcome()));
    }

    private static String held(SloResult slo) {
        return slo.outcome() == Outcome.PASS ? "1" : "0";
    }

    private void load() {
        family("plimsoll_client_offered", "gauge", "Requests per second that the load plan offered.");
        evidence.facts()
                .plan()
                .map(LoadPlan::whole)
                .ifPresent(whole -> axis.buckets(whole)
                        .forEach(bucket -> sample(
                                "plimsoll_client_offered",
                                "",
                                number(evidence.facts().plan().orElseThrow().offeredRequests(bucket) / seconds(bucket)),
                                timestamp(bucket.start()))));
    }

    private void client() {
        ClientRecord client = evidence.client();
        List<TimeWindow> buckets = client.span().length().isZero() ? List.of() : axis.buckets(client.span());
        List<String> names = client.requestNames().stream().limit(MOST_NAMES).toList();
        family("plimsoll_client_requests", "gauge", "Requests sent per second, by name and outcome.");
        for (String name : names) {
            for (RequestOutcome outcome : RequestOutcome.values()) {
                String labels = label("request", name) + "," + label("outcome", outcome.name());
                buckets.forEach(bucket -> sample(
                        "plimsoll_client_requests",
                        labels,
                        number(client.count(Set.of(name), EnumSet.of(outcome), bucket) / seconds(bucket)),
                        timestamp(bucket.start())));
            }
        }
        family("plimsoll_client_response_seconds", "gauge", "Response times of OK responses, by name and quantile.");
        names.forEach(name -> responses(name, buckets));
    }

    private void responses(String name, List<TimeWindow> buckets) {
        List<Histogram> times = buckets.stream()
                .map(bucket -> evidence.client().responseTimes(Set.of(name), EnumSet.of(RequestOutcome.OK), bucket))
                .toList();
        for (double quantile : QUANTILES) {
            String labels = label("request", name) + "," + label("quantile", number(quantile));
            for (int i = 0; i < times.size(); i++) {
                if (times.get(i).getTotalCount() > 0) {
                    double millis = times.get(i).getValueAtPercentile(100 * quantile);
                    String at = timestamp(buckets.get(i).start());
                    sample("plimsoll_client_response_seconds", labels, number(millis / 1000), at);
                }
            }
        }
    }

    private void stack() {
        Map<String, List<Series>> families = new TreeMap<>();
        for (Series series : evidence.series()) {
            families.computeIfAbsent(name(series.name()), key -> new ArrayList<>())
                    .add(series);
        }
        families.forEach((name, all) -> {
            Series first = all.get(0);
            String unit = first.unit().symbol();
            family(name, "gauge", first.name() + (unit.isEmpty() ? "" : ", in " + unit) + ", as its source told it.");
            Map<String, Map<Instant, Double>> points = new TreeMap<>();
            for (Series series : all) {
                Map<Instant, Double> line = points.computeIfAbsent(labels(series), key -> new TreeMap<>());
                for (Sample sample : series.samples()) {
                    line.put(sample.start(), sample.value());
                }
            }
            points.forEach(
                    (labels, line) -> line.forEach((at, value) -> sample(name, labels, number(value), timestamp(at))));
        });
    }

    private static String labels(Series series) {
        return label("kind", series.kind().word()) + "," + label("resource", series.resource()) + ","
                + label("statistic", series.origin().statistic()) + ","
                + label("dimensions", series.origin().dimensions().toString());
    }

    private void family(String name, String type, String help) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(escaped(PlainText.line(help)))
                .append('\n');
    }

    private void sample(String name, String labels, String value, String timestamp) {
        String run = label("run", verdict.runId()) + "," + label("stage", verdict.stage()) + ","
                + label("environment", verdict.environment());
        text.append(name).append('{').append(run);
        if (!labels.isEmpty()) {
            text.append(',').append(labels);
        }
        text.append("} ").append(value);
        if (!timestamp.isEmpty()) {
            text.append(' ').append(timestamp);
        }
        text.append('\n');
    }

    private static String name(String metric) {
        return "plimsoll_stack_"
                + metric.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("_+$", "");
    }

    private static String label(String name, String value) {
        return name + "=\"" + escaped(PlainText.line(value)) + "\"";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static double seconds(TimeWindow window) {
        return window.length().toNanos() / 1e9;
    }

    private static String number(double value) {
        return new BigDecimal(value)
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String timestamp(Instant at) {
        return String.format(Locale.ROOT, "%d.%03d", at.getEpochSecond(), at.getNano() / 1_000_000);
    }
}
