package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Comparison;
import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.slo.Limit;
import io.plimsoll.assertions.slo.Reference;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Span;
import io.plimsoll.assertions.slo.Subject;
import io.plimsoll.assertions.slo.When;
import io.plimsoll.assertions.statistics.BinomialBounds;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.Baseline;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges the SLOs of one run by its evidence. */
public final class SloJudge {
    private final Evidence evidence;
    private final Optional<Tools> tools;
    private final SortedMap<String, Double> values = new TreeMap<>();
    private Optional<Optional<String>> notSteady = Optional.empty();

    /** What there is once a load plan is known. */
    private record Tools(LoadPlan plan, Meter meter, Windows windows, TimeMeter times, Baselines baselines) {}

    /**
     * A judge of one run.
     *
     * @param baseline what earlier runs came to; empty if the evidence does not say
     */
    public SloJudge(Evidence evidence, Optional<Baseline> baseline) {
        this.evidence = evidence;
        this.tools = evidence.facts().plan().map(plan -> tools(plan, baseline));
    }

    private Tools tools(LoadPlan plan, Optional<Baseline> baseline) {
        long seed = Seed.of(evidence.facts().runId());
        Meter meter = new Meter(
                plan,
                new ClientMeter(evidence.client(), plan, seed),
                new Estate(evidence.topology(), evidence.series()),
                seed);
        MarkFinder marks = new MarkFinder(plan, evidence.events());
        return new Tools(
                plan,
                meter,
                new Windows(plan, marks, evidence.facts().timeScale(), blindness()),
                new TimeMeter(marks, new Recovery(meter), plan.whole(), blindness()),
                new Baselines(baseline));
    }

    /** Why an event may have been missed. */
    private Optional<String> blindness() {
        Optional<RunFacts.Collection> collection = evidence.facts().collection();
        if (collection.isEmpty()) {
            return Optional.of("nothing says that events were collected");
        }
        return collection.get().problems().stream().findFirst();
    }

    /** Judges; never throws, whatever the evidence holds. */
    public SloResult judge(String claim, Slo slo) {
        Finding finding = tools.map(known -> judge(slo, known))
                .orElseGet(() -> Finding.inconclusive(slo.subject() + ": no load was planned", Optional.empty()));
        if (Double.isFinite(finding.value())) {
            values.put(
                    Baselines.key(slo) + slo.share().map(share -> " " + share).orElse(""), finding.value());
        }
        return new SloResult(
                claim,
                slo.plain(),
                finding.outcome(),
                finding.reason()
                        + finding.warning().map(text -> "; warning: " + text).orElse(""),
                finding.measured(),
                limit(slo),
                finding.window(),
                finding.samples(),
                finding.resources(),
                finding.warning(),
                slo.options().key());
    }

    private static String limit(Slo slo) {
        return slo.share()
                .map(share -> "in " + share.percent().toPlainString() + " % of "
                        + share.slice().name().toLowerCase(java.util.Locale.ROOT))
                .orElse(slo.comparison().symbol() + " " + slo.limit());
    }

    /** What each SLO judged so far came to, in canonical units, by subject and window. */
    public SortedMap<String, Double> values() {
        return new TreeMap<>(values);
    }

    private Finding judge(Slo slo, Tools known) {
        if (slo.subject() instanceof Subject.TimeBetween time) {
            return timed(slo, time, known);
        }
        Windows.Found found = known.windows().of(slo.when());
        if (found.window().isEmpty()) {
            return Finding.inconclusive(slo.subject() + ": " + found.problem(), Optional.empty());
        }
        Window window = found.window().get();
        Finding finding = slo.forEach().isPresent()
                ? new EachJudge(known.meter().estate())
                        .judge(slo, window, resource -> one(slo, window, Optional.of(List.of(resource)), known))
                : one(slo, window, Optional.empty(), known);
        Optional<String> unsteady = isSteady(slo.when()) ? notSteady(known.plan()) : Optional.empty();
        if (unsteady.isPresent()) {
            return new Finding(
                    Outcome.INCONCLUSIVE,
                    finding.reason() + "; but " + unsteady.get(),
                    finding.measured(),
                    finding.window(),
                    finding.samples(),
                    finding.resources(),
                    finding.warning(),
                    Double.NaN);
        }
        return window.cut().map(finding::doubted).orElse(finding);
    }

    private static boolean isSteady(When when) {
        return when instanceof When.During during && isSteady(during.span());
    }

    private static boolean isSteady(Span span) {
        return span instanceof Span.Phase phase && phase.name().equals(SteadyState.PHASE);
    }

    /** Why the steady phase is not; looked into once a run. */
    private Optional<String> notSteady(LoadPlan plan) {
        if (notSteady.isEmpty()) {
            SteadyState state = new SteadyState(
                    evidence.client(),
                    new Estate(evidence.topology(), evidence.series()),
                    Seed.of(evidence.facts().runId()));
            notSteady = Optional.of(plan.phase(SteadyState.PHASE).flatMap(state::problem));
        }
        return notSteady.get();
    }

    private Finding one(Slo slo, Window window, Optional<List<Resource>> only, Tools known) {
        Expression expression = (Expression) slo.subject();
        double confidence = confidence(slo);
        boolean stationary = isSteady(slo.when()) && notSteady(known.plan()).isEmpty();
        Meter.Terms terms = new Meter.Terms(only, slo.options().missing(), confidence, stationary);
        TimeWindow time = known.meter().common(window.time(), slo.expressions());
        LimitJudge.References references = reference -> reference(reference, slo, time, terms, known);
        if (slo.share().isPresent()) {
            Estimate seen =
                    new ShareJudge(known.meter()).measure(slo, slo.share().get(), window.time(), terms);
            Limit share = Limit.of(new io.plimsoll.assertions.slo.Amount(
                    slo.share().get().percent(), io.plimsoll.assertions.slo.Amount.Unit.PERCENT));
            return new Wording(slo, window)
                    .ofShare(
                            seen,
                            new LimitJudge(Dimension.RATIO, Comparison.AT_LEAST, references, 1).judge(share, seen));
        }
        Estimate seen = known.meter().measure(expression, time, terms);
        LimitJudge limits = new LimitJudge(expression.dimension(), slo.comparison(), references, 1);
        return new Wording(slo, window)
                .of(seen, limits.judge(slo.limit(), seen), slo.options().warn().map(warn -> limits.judge(warn, seen)));
    }

    /** Where several uncertain numbers meet, each is bounded the more strictly, so that all hold together (Bonferroni). */
    private static double confidence(Slo slo) {
        long own = slo.subject() instanceof Expression expression ? uncertain(expression) : 0;
        long others = slo.limit().bounds().stream()
                .flatMap(bound -> bound.reference().stream())
                .mapToLong(reference -> reference instanceof Reference.Other other
                        ? uncertain(other.expression())
                        : reference instanceof Reference.InWindow ? own : 0)
                .max()
                .orElse(0);
        return 1 - (1 - BinomialBounds.CONFIDENCE) / Math.max(1, own + others);
    }

    private static long uncertain(Expression expression) {
        long ofClient = expression
                .clientMeasures()
                .filter(measure -> measure instanceof Expression.Percentile
                        || measure instanceof Expression.MeanTime
                        || measure instanceof Expression.ErrorRatio)
                .count();
        boolean quotient = expression instanceof Expression.Arithmetic both && both.operator() == '/';
        return ofClient == 0 && quotient ? 1 : ofClient;
    }

    private Estimate reference(Reference reference, Slo slo, TimeWindow time, Meter.Terms terms, Tools known) {
        Expression subject = (Expression) slo.subject();
        if (reference instanceof Reference.Baseline) {
            return known.baselines().of(slo);
        } else if (reference instanceof Reference.OfferedLoad) {
            double offered = known.plan().offeredRequests(Seconds.of(time));
            double seconds = Seconds.of(time).length().toMillis() / 1000.0;
            return Estimate.exact(
                    subject.dimension() == Dimension.RATE ? offered / seconds : offered, 0, "by the load plan");
        } else if (reference instanceof Reference.Other other) {
            return sound(known.meter().measure(other.expression(), time, terms));
        }
        Span span = ((Reference.InWindow) reference).span();
        Windows.Found found = known.windows().of(span);
        if (found.window().isEmpty()) {
            return Estimate.nothing(found.problem());
        }
        Optional<String> doubt =
                isSteady(span) ? notSteady(known.plan()) : found.window().get().cut();
        return doubt.map(Estimate::nothing)
                .orElseGet(() -> sound(
                        known.meter().measure(subject, found.window().get().time(), terms)));
    }

    /** What is broken is no measure for anything else. */
    private static Estimate sound(Estimate reference) {
        return reference.broken().map(Estimate::nothing).orElse(reference);
    }

    private Finding timed(Slo slo, Subject.TimeBetween time, Tools known) {
        TimeMeter.Measured measured = known.times().measure(slo, time);
        LimitJudge limits = new LimitJudge(
                Dimension.TIME,
                slo.comparison(),
                reference -> known.baselines().of(slo),
                evidence.facts().timeScale());
        Estimate seen = measured.estimate();
        return Wording.ofTime(
                slo,
                measured,
                limits.judge(slo.limit(), seen),
                slo.options().warn().map(warn -> limits.judge(warn, seen)));
    }
}
