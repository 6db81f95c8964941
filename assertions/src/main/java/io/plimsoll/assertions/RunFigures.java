package io.plimsoll.assertions;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Figures;
import io.plimsoll.results.verdict.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;

/** What a run came to in numbers. */
final class RunFigures {
    private static final String STEADY = "steady";

    private RunFigures() {}

    static Figures of(Verdict verdict, Evidence evidence, SortedMap<String, Double> values) {
        Optional<LoadPlan> plan = evidence.facts().plan();
        Optional<Phase> steady = plan.flatMap(known -> known.phase(STEADY));
        TimeWindow window = steady.map(Phase::window)
                .or(() -> plan.map(LoadPlan::afterWarmUp))
                .orElseGet(() -> evidence.client().span());
        return new Figures(
                Figures.FORMAT,
                verdict.runId(),
                evidence.facts().started(),
                verdict.stage(),
                verdict.environment(),
                verdict.profile(),
                verdict.outcome(),
                values,
                steady.isPresent() ? STEADY : "after-warm-up",
                evidence.client().requestNames().stream()
                        .map(name -> request(name, evidence.client(), window))
                        .toList());
    }

    private static Figures.OfRequest request(String name, ClientRecord client, TimeWindow window) {
        Set<String> only = Set.of(name);
        long sent = client.count(only, EnumSet.allOf(RequestOutcome.class), window);
        long failed = client.count(only, EnumSet.of(RequestOutcome.KO), window);
        Histogram times = client.responseTimes(only, EnumSet.of(RequestOutcome.OK), window);
        long longest = client.longestMillis(only, EnumSet.of(RequestOutcome.OK), window);
        double seconds = window.length().toMillis() / 1000.0;
        List<Optional<Double>> percentiles = List.of(50.0, 95.0, 99.0).stream()
                .map(percent -> times.getTotalCount() == 0
                        ? Optional.<Double>empty()
                        : Optional.of((double) Math.min(longest, times.getValueAtPercentile(percent))))
                .toList();
        return new Figures.OfRequest(
                name,
                sent,
                seconds > 0 ? sent / seconds : 0,
                sent == 0 ? 0 : 100.0 * failed / sent,
                percentiles.get(0),
                percentiles.get(1),
                percentiles.get(2),
                times.getTotalCount() == 0 ? Optional.empty() : Optional.of((double) longest));
    }
}
