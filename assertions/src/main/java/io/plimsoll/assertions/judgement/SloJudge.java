package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Subject;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.SloResult;
import java.util.Optional;

/** Judges one SLO on one run's evidence. */
public final class SloJudge {
    private final Evidence evidence;

    public SloJudge(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Judges; never throws, whatever the evidence holds. */
    public SloResult judge(String claim, Slo slo) {
        Finding finding = evidence.facts()
                .plan()
                .map(plan -> judge(slo, plan))
                .orElseGet(() -> Finding.inconclusive(slo.subject() + ": no load was planned"));
        return new SloResult(
                claim,
                slo.toString(),
                finding.outcome(),
                finding.reason(),
                finding.measured(),
                slo.comparison().symbol() + " " + slo.limit(),
                finding.window(),
                finding.samples(),
                finding.resources());
    }

    private Finding judge(Slo slo, LoadPlan plan) {
        ClientJudge client = new ClientJudge(evidence.client(), plan);
        if (slo.subject() instanceof Subject.TimeBetween time) {
            MarkFinder marks = new MarkFinder(plan, evidence.events());
            return new TimeJudge(marks, client, plan.whole(), evidence.facts().timeScale(), blindness())
                    .judge(slo, time);
        }
        Optional<Window> window = window(slo, plan);
        if (window.isEmpty()) {
            return Finding.inconclusive(
                    slo.subject() + ": the load had no phase '" + slo.during().orElse(Slo.AFTER_WARM_UP) + "'");
        }
        if (slo.subject() instanceof Subject.Expression expression) {
            return new MetricJudge(evidence.topology(), evidence.series()).judge(slo, expression, window.get());
        }
        return client.judge(slo, window.get());
    }

    private static Optional<Window> window(Slo slo, LoadPlan plan) {
        String name = slo.during().orElse(Slo.AFTER_WARM_UP);
        Optional<TimeWindow> time = switch (name) {
            case Slo.WHOLE -> Optional.of(plan.whole());
            case Slo.AFTER_WARM_UP -> Optional.of(plan.afterWarmUp());
            default -> plan.phase(name).map(phase -> phase.window());
        };
        return time.map(found -> new Window(name, found));
    }

    /** Why an event may have been missed. */
    private Optional<String> blindness() {
        Optional<RunFacts.Collection> collection = evidence.facts().collection();
        if (collection.isEmpty()) {
            return Optional.of("nothing says that events were collected");
        }
        return collection.get().problems().stream().findFirst();
    }
}
