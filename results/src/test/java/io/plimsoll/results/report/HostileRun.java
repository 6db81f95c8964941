package io.plimsoll.results.report;

import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.ValidityCheck;
import io.plimsoll.results.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A run all of whose names, errors and reasons are hostile. */
final class HostileRun {
    /** Markup, an end of script, quotes, an override of text direction, an emoji, control characters, half a pair. */
    static final String TEXT =
            "</script><script>alert(1)</script><!--\"'`|**b**| ${x} [a](javascript:b) \u202Egnp.exe 🚢"
                    + "\u0000\u0007\u001b[31m\r\n# line\u2028two\u2029\uD83D &amp; ]]> \\";

    /** What of it must be found as text wherever it is shown. */
    static final String SHOWN = "</script><script>alert(1)</script><!--\"'`|**b**| ${x} [a](javascript:b) gnp.exe 🚢";

    private HostileRun() {}

    static Evidence evidence() {
        RunFacts facts = ExampleRun.facts();
        List<Event> events = new ArrayList<>();
        for (Event.Kind kind : Event.Kind.values()) {
            events.add(new Event(
                    ExampleRun.at(50),
                    kind,
                    TEXT,
                    TEXT,
                    new TreeMap<>(Map.of(
                            "to", "ALARM", "activity", "Launching" + TEXT, "end", TEXT, "reason", TEXT, TEXT, TEXT))));
        }
        return new Evidence(
                new RunFacts(
                        RunFacts.FORMAT,
                        TEXT,
                        RunFacts.State.ABORTED,
                        TEXT,
                        TEXT,
                        TEXT,
                        TEXT,
                        1,
                        new TreeMap<>(Map.of(TEXT, TEXT)),
                        facts.started(),
                        Optional.empty(),
                        facts.plan(),
                        facts.injector(),
                        facts.clockOffset(),
                        Optional.of(
                                new RunFacts.Collection(new TreeMap<>(Map.of(TEXT, 1L)), 1, 0, false, List.of(TEXT))),
                        new TreeMap<>(Map.of(TEXT, 1.0)),
                        new TreeMap<>(Map.of(TEXT, TEXT))),
                new Topology(List.of(Resource.of(ResourceKind.INSTANCE, TEXT, Map.of(TEXT, TEXT)))),
                new RequestHistograms.Builder()
                        .record(TEXT, RequestOutcome.OK, ExampleRun.at(5).toEpochMilli(), 10)
                        .record(TEXT, RequestOutcome.OK, ExampleRun.at(55).toEpochMilli(), 10)
                        .record(TEXT, RequestOutcome.KO, ExampleRun.at(56).toEpochMilli(), 10)
                        .build(),
                new LogIntegrity(2, 2, 1, 5, List.of(TEXT)),
                series(),
                events,
                List.of(TEXT));
    }

    private static List<Series> series() {
        Series cpu = ExampleStack.series("host cpu", TEXT, second -> true, second -> second);
        return List.of(
                cpu,
                new Series(
                        TEXT,
                        cpu.kind(),
                        TEXT,
                        cpu.origin(),
                        cpu.unit(),
                        cpu.period(),
                        Series.Completeness.FAILED,
                        TEXT,
                        cpu.samples()));
    }

    static Verdict verdict() {
        SloResult slo = new SloResult(
                TEXT,
                TEXT,
                Outcome.FAIL,
                TEXT,
                Optional.of(TEXT),
                TEXT,
                Optional.empty(),
                1,
                List.of(new SloResult.ResourceResult(TEXT, Outcome.FAIL, TEXT, Optional.of(TEXT))));
        return new Verdict(
                TEXT,
                TEXT,
                TEXT,
                TEXT,
                Outcome.FAIL,
                TEXT,
                List.of(new ValidityCheck(TEXT, Outcome.INVALID, TEXT)),
                List.of(
                        new ClaimResult(TEXT, TEXT, TEXT, Outcome.FAIL, TEXT, List.of(slo)),
                        new ClaimResult(TEXT, TEXT, TEXT, Outcome.NOT_TESTED, TEXT, List.of())));
    }
}
