package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Subject;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult.ResourceResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Judges SLOs about metrics.
 *
 * <p>A resource is expected to have a datapoint for every period of the window in which it existed. The first and last
 * {@value #GRACE_PERIODS} periods of a resource that came or went meanwhile are left out, whether published or not, since no
 * source publishes whole periods from the first moment on. One missing datapoint makes an SLO INCONCLUSIVE: it may have been the breach. What was seen
 * still proves a breach: a maximum or a sum that is beyond an upper limit stays beyond, whatever the gap held.
 */
final class MetricJudge {
    /** Periods after a resource's start and before its end in which it need not publish. */
    static final int GRACE_PERIODS = 5;

    private final Topology topology;
    private final List<Series> series;

    MetricJudge(Topology topology, List<Series> series) {
        this.topology = topology;
        this.series = series;
    }

    Finding judge(Slo slo, Subject.Expression expression, Window window) {
        List<Resource> resources =
                slo.forEach().map(kind -> existing(kind, window)).orElse(List.of());
        if (slo.forEach().isEmpty()) {
            return judge(slo, evaluate(expression, Optional.empty(), window), window);
        }
        if (resources.isEmpty()) {
            return Finding.inconclusive(
                    slo.subject() + ": no " + slo.forEach().get().word() + " existed long enough to be judged "
                            + window.described(),
                    window.time());
        }
        List<Judged> judged = new ArrayList<>();
        for (Resource resource : resources) {
            Evaluation seen = evaluate(expression, Optional.of(resource), window);
            judged.add(new Judged(resource.id(), seen.value(), judge(slo, seen, window)));
        }
        return worst(slo, judged, slo.forEach().get());
    }

    /** One resource's part; its value is NaN where there is none. */
    private record Judged(String resource, double value, Finding finding) {
        ResourceResult result() {
            return new ResourceResult(resource, finding.outcome(), finding.reason(), finding.measured());
        }
    }

    /** The worst outcome decides, and of equal outcomes the value that is nearest to its limit or furthest beyond. */
    private static Finding worst(Slo slo, List<Judged> judged, ResourceKind kind) {
        Comparator<Judged> byValue = Comparator.comparingDouble(Judged::value);
        Judged decisive = judged.stream()
                .max(Comparator.<Judged>comparingInt(one -> severity(one.finding()))
                        .thenComparing(slo.comparison().boundsAbove() ? byValue : byValue.reversed()))
                .orElseThrow();
        Finding finding = decisive.finding();
        long samples = judged.stream().mapToLong(one -> one.finding().samples()).sum();
        String scope = judged.size() == 1
                ? kind.word() + " " + decisive.resource()
                : (finding.outcome() == Outcome.PASS ? "all " : "one of ") + judged.size() + " " + kind.word()
                        + "s, here " + decisive.resource();
        return new Finding(
                finding.outcome(),
                scope + ": " + finding.reason(),
                finding.measured(),
                finding.window(),
                samples,
                judged.stream().map(Judged::result).toList());
    }

    private static int severity(Finding finding) {
        return switch (finding.outcome()) {
            case FAIL -> 2;
            case INCONCLUSIVE -> 1;
            default -> 0;
        };
    }

    private static Finding judge(Slo slo, Evaluation seen, Window window) {
        if (seen.broken().isPresent()) {
            String reason = slo.subject() + ": " + seen.broken().get() + ", limit "
                    + slo.comparison().symbol() + " " + slo.limit() + ", " + window.described();
            return Finding.of(Outcome.FAIL, reason, seen.broken().get(), window.time(), seen.samples());
        }
        if (!Double.isFinite(seen.value())) {
            String why = seen.unknown().orElse("its value is not a number (a division by zero)");
            return Finding.inconclusive(slo.subject() + ": " + why + ", " + window.described(), window.time());
        }
        boolean holds = slo.comparison().holds(seen.value(), slo.limit().canonical());
        String measured = Values.print(
                seen.value(),
                slo.subject().dimension(),
                slo.comparison(),
                slo.limit().canonical());
        String reason = slo.subject() + " was " + measured + ", limit "
                + slo.comparison().symbol() + " " + slo.limit() + ", " + window.described() + "; "
                + Values.count(seen.samples()) + " datapoints";
        if (seen.unknown().isPresent()) {
            boolean proven = !holds && provesInSpiteOfGaps(slo);
            return Finding.of(
                    proven ? Outcome.FAIL : Outcome.INCONCLUSIVE,
                    reason + "; " + seen.unknown().get(),
                    measured,
                    window.time(),
                    seen.samples());
        }
        return Finding.of(holds ? Outcome.PASS : Outcome.FAIL, reason, measured, window.time(), seen.samples());
    }

    /** More datapoints can only raise a maximum or a sum of counts, and only lower a minimum. */
    private static boolean provesInSpiteOfGaps(Slo slo) {
        if (!(slo.subject() instanceof Subject.Metric metric)) {
            return false;
        }
        return switch (metric.aggregate()) {
            case MAX, SUM -> slo.comparison().boundsAbove();
            case MIN -> !slo.comparison().boundsAbove();
            case MEAN, LAST -> false;
        };
    }

    /** Resources of a kind that existed in the window for longer than the periods that are not expected of them. */
    private List<Resource> existing(ResourceKind kind, Window window) {
        return topology.of(kind).stream()
                .filter(resource -> {
                    Duration period = series.stream()
                            .filter(candidate -> candidate.kind() == kind)
                            .map(Series::period)
                            .findFirst()
                            .orElse(Duration.ofSeconds(1));
                    return !Coverage.periods(expected(resource, window.time(), period), period)
                            .isEmpty();
                })
                .toList();
    }

    private static TimeWindow expected(Resource resource, TimeWindow window, Duration period) {
        Duration grace = period.multipliedBy(GRACE_PERIODS);
        Instant start = resource.existedFrom()
                .map(from -> later(from.plus(grace), window.start()))
                .orElse(window.start());
        Instant end = resource.existedUntil()
                .map(until -> earlier(until.minus(grace), window.end()))
                .orElse(window.end());
        return new TimeWindow(start, later(start, end));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private Evaluation evaluate(Subject.Expression expression, Optional<Resource> only, Window window) {
        if (expression instanceof Subject.Metric metric) {
            return evaluate(metric, only, window);
        }
        Subject.Arithmetic arithmetic = (Subject.Arithmetic) expression;
        return Evaluation.combine(
                evaluate(arithmetic.left(), only, window), arithmetic, evaluate(arithmetic.right(), only, window));
    }

    private Evaluation evaluate(Subject.Metric metric, Optional<Resource> only, Window window) {
        List<Resource> resources =
                only.map(List::of).orElseGet(() -> existing(metric.metric().kind(), window));
        if (resources.isEmpty()) {
            return Evaluation.nothing("no " + metric.metric().kind().word() + " is known to have existed");
        }
        if (metric.aggregate() == Subject.Aggregate.LAST && resources.size() > 1) {
            return Evaluation.nothing("the last of " + resources.size() + " "
                    + metric.metric().kind().word() + "s is not one number, add 'for each "
                    + metric.metric().kind().word() + "'");
        }
        List<Double> values = new ArrayList<>();
        Optional<String> unknown = Optional.empty();
        Optional<String> broken = Optional.empty();
        for (Resource resource : resources) {
            Optional<Series> found = find(metric.metric().name(), resource.id());
            if (found.isEmpty()) {
                unknown = unknown.or(() -> Optional.of(
                        "no series of " + metric.metric().name() + " of " + resource.id() + " was gathered"));
                continue;
            }
            Series one = found.get();
            Coverage coverage = Coverage.of(
                    one,
                    metric.metric(),
                    companion(metric.metric(), resource),
                    expected(resource, window.time(), one.period()));
            values.addAll(coverage.values());
            unknown = unknown.or(() -> Gaps.describe(one, coverage));
            broken = broken.or(
                    () -> coverage.broken().map(at -> meaning(metric.metric()) + " at " + at + " on " + resource.id()));
        }
        return Evaluation.of(metric.aggregate(), values, unknown, broken);
    }

    private static String meaning(MetricDefinition metric) {
        return metric.absence() instanceof Absence.Sentinel sentinel ? sentinel.means() : "broken";
    }

    private Optional<Series> companion(MetricDefinition metric, Resource resource) {
        return metric.absence() instanceof Absence.Sparse sparse
                ? find(sparse.companion(), resource.id())
                : Optional.empty();
    }

    private Optional<Series> find(String name, String resource) {
        return series.stream()
                .filter(candidate ->
                        candidate.name().equals(name) && candidate.resource().equals(resource))
                .findFirst();
    }
}
