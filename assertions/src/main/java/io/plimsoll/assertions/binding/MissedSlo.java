package io.plimsoll.assertions.binding;

import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.slo.Bound;
import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.slo.Expression.ClientMeasure;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.results.capacity.WhatLimits;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks what limited a run whose SLOs about response times, errors, throughput or the age of copies were missed. */
public final class MissedSlo {
    /** Where an SLO about errors or rates names no response time, slow responses are those beyond this, in milliseconds. */
    private static final double SLOW_MILLIS = 500;
    /** Both say how old a copy is. */
    private static final Set<String> OF_COPIES = Set.of("staleness", "replica lag");

    private MissedSlo() {}

    /**
     * What limited it; empty if no such SLO was missed. The first that was missed asks; one about response times before others.
     *
     * @param stage as judged
     * @param verdict its judgement
     */
    public static Optional<WhatLimits> of(Stage stage, Verdict verdict, Evidence evidence) {
        Set<String> missed = verdict.claims().stream()
                .flatMap(claim -> claim.slos().stream())
                .filter(result -> result.outcome() == Outcome.FAIL)
                .map(result -> result.slo())
                .collect(Collectors.toSet());
        var slos = stage.claims().stream()
                .flatMap(claim -> claim.slos().stream())
                .filter(slo -> missed.contains(slo.toString()))
                .toList();
        return slos.stream()
                .filter(slo -> isTime(slo) && absolute(slo).isPresent())
                .findFirst()
                .or(() -> slos.stream()
                        .filter(slo -> slo.subject() instanceof ClientMeasure)
                        .findFirst())
                .or(() -> slos.stream()
                        .filter(slo -> copies(slo).isPresent() && absolute(slo).isPresent())
                        .findFirst())
                .map(slo -> answer(slo, evidence));
    }

    private static WhatLimits answer(Slo slo, Evidence evidence) {
        TimeWindow sent = evidence.client().span();
        TimeWindow window = evidence.facts().plan().map(LoadPlan::whole).orElse(sent);
        Instant judgedFrom =
                evidence.facts().plan().map(LoadPlan::afterWarmUp).orElse(sent).start();
        Limiting limiting = new Limiting(evidence.client(), evidence.series(), evidence.topology(), window, judgedFrom);
        Optional<String> copies = copies(slo);
        double limit = absolute(slo)
                .filter(seconds -> isTime(slo))
                .map(seconds -> 1000 * seconds)
                .orElse(SLOW_MILLIS);
        Optional<SaturationOrder.Cause> cause = copies.isPresent()
                ? limiting.ofCopies(copies.get(), absolute(slo).orElseThrow())
                : limiting.ofClient(limit);
        return new WhatLimits(
                slo.toString(),
                cause.map(Limiting::binding),
                cause.isPresent() || copies.isPresent() ? Optional.empty() : limiting.lostTime(limit));
    }

    private static boolean isTime(Slo slo) {
        return slo.subject() instanceof Expression.Percentile
                || slo.subject() instanceof Expression.Longest
                || slo.subject() instanceof Expression.MeanTime;
    }

    private static Optional<String> copies(Slo slo) {
        return slo.subject() instanceof Expression.Metric metric
                        && OF_COPIES.contains(metric.metric().name())
                ? Optional.of(metric.metric().name())
                : Optional.empty();
    }

    /** In seconds. */
    private static Optional<Double> absolute(Slo slo) {
        return slo.limit().bounds().stream()
                .filter(Bound.Absolute.class::isInstance)
                .map(bound -> ((Bound.Absolute) bound).amount().canonical())
                .findFirst();
    }
}
