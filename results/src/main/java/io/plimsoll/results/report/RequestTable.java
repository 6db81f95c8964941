package io.plimsoll.results.report;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** The requests of a run by name: counts, errors and response times, warm-up left out. */
final class RequestTable {
    private static final int MOST_ROWS = 200;
    private static final Set<RequestOutcome> ALL = EnumSet.allOf(RequestOutcome.class);
    private static final Set<RequestOutcome> OK = EnumSet.of(RequestOutcome.OK);

    private RequestTable() {}

    static Table of(Evidence evidence) {
        ClientRecord client = evidence.client();
        TimeWindow window = judged(evidence);
        List<List<String>> rows = new ArrayList<>();
        client.requestNames().stream()
                .limit(MOST_ROWS)
                .forEach(name -> rows.add(row(client, name, Set.of(name), window)));
        if (rows.size() > 1) {
            rows.add(row(client, "all requests", Set.of(), window));
        }
        return new Table(
                "Requests by name, " + described(evidence)
                        + ". Response times are of OK responses; a percentile with too few of them to be"
                        + " told with 95 % confidence reads “too few”.",
                List.of("Request", "Sent", "Errors", "Error ratio", "p50", "p95", "p99", "p99.9", "Longest"),
                List.of(1, 2, 3, 4, 5, 6, 7, 8),
                rows,
                "The client's log holds no request.");
    }

    /** What the figures cover: everything but the declared warm-up. */
    static TimeWindow judged(Evidence evidence) {
        return evidence.facts()
                .plan()
                .map(LoadPlan::afterWarmUp)
                .orElse(evidence.client().span());
    }

    static String described(Evidence evidence) {
        boolean warmedUp =
                evidence.facts().plan().flatMap(plan -> plan.phase("warm-up")).isPresent();
        return warmedUp ? "after the warm-up" : "over the whole run";
    }

    private static List<String> row(ClientRecord client, String title, Set<String> names, TimeWindow window) {
        long sent = client.count(names, ALL, window);
        long errors = client.count(names, EnumSet.of(RequestOutcome.KO), window);
        Histogram times = client.responseTimes(names, OK, window);
        return List.of(
                title,
                Figures.count(sent),
                Figures.count(errors),
                sent == 0 ? "–" : Figures.percent((double) errors / sent),
                percentile(times, 0.5),
                percentile(times, 0.95),
                percentile(times, 0.99),
                percentile(times, 0.999),
                times.getTotalCount() == 0 ? "–" : Figures.count(client.longestMillis(names, OK, window)) + " ms");
    }

    /** The smallest sample whose longest value is beyond the quantile with 95 % probability: q^n ≤ 0.05. */
    private static String percentile(Histogram times, double quantile) {
        if (times.getTotalCount() == 0) {
            return "–";
        }
        if (times.getTotalCount() < Math.log(0.05) / Math.log(quantile)) {
            return "too few";
        }
        return Figures.count(times.getValueAtPercentile(100 * quantile)) + " ms";
    }
}
