package io.plimsoll.results.run;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Origin;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.observation.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A small run with something in every part of its evidence. */
final class ExampleRun {
    static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
    static final String ID = "20261124-030000-spike";

    private ExampleRun() {}

    static RunFacts facts(RunFacts.State state) {
        return new RunFacts(
                RunFacts.FORMAT,
                ID,
                state,
                state == RunFacts.State.ABORTED ? "the environment did not start" : "",
                "local",
                "auto-scaled",
                "http://127.0.0.1:8080",
                0.05,
                new TreeMap<>(Map.of("stack.group.max", "1")),
                START,
                Optional.of(START.plusSeconds(150)),
                Optional.of(plan()),
                Optional.of(new RunFacts.InjectorHealth(2, 0.31, 0.72, 0.8, 12, 35, 9)),
                Optional.empty(),
                Optional.of(new RunFacts.Collection(
                        new TreeMap<>(Map.of("cloudwatch:GetMetricData", 3L)), 17, 0.00017, true, List.of())),
                new TreeMap<>(Map.of("load", 90.25)),
                new TreeMap<>(Map.of("gatling", "3.15.1")));
    }

    private static LoadPlan plan() {
        TimeWindow window = new TimeWindow(START, START.plusSeconds(90));
        return new LoadPlan("ramp", List.of(new Phase("steady", window, 80, 80)), new TreeMap<>(Map.of("x", START)));
    }

    static Topology topology() {
        return new Topology(List.of(
                Resource.of(ResourceKind.DATABASE, "plimsoll-db", Map.of("engine", "mariadb")),
                new Resource(
                        ResourceKind.INSTANCE,
                        "i-1",
                        Optional.of(START.minusSeconds(5)),
                        Optional.empty(),
                        new TreeMap<>(Map.of()))));
    }

    static Series series(String name, String resource) {
        return new Series(
                name,
                ResourceKind.INSTANCE,
                resource,
                new Origin(
                        "AWS/EC2",
                        "CPUUtilization",
                        new TreeMap<>(Map.of("InstanceId", resource)),
                        "Average",
                        "us-east-1"),
                Unit.PERCENT,
                Duration.ofSeconds(1),
                Series.Completeness.COMPLETE,
                "",
                List.of(new Sample(START, 12.5), new Sample(START.plusSeconds(1), 0.1 + 0.2)));
    }

    static Event event(long second, String summary) {
        return new Event(
                START.plusSeconds(second),
                Event.Kind.TARGET_HEALTH,
                "i-1",
                summary,
                new TreeMap<>(Map.of("from", "initial", "to", "healthy")));
    }

    static RequestHistograms requests() {
        return new RequestHistograms.Builder()
                .record("read", RequestOutcome.OK, START.toEpochMilli(), 12)
                .record("read", RequestOutcome.KO, START.toEpochMilli() + 1500, 5003)
                .record("write item", RequestOutcome.OK, START.toEpochMilli() + 2000, 33)
                .build();
    }

    static LogIntegrity integrity() {
        return new LogIntegrity(3, 2, 2, 0, List.of());
    }

    /** A whole, sealed evidence directory. */
    static EvidenceDirectory write(Path runsRoot, Path input) {
        EvidenceDirectory evidence = EvidenceDirectory.create(runsRoot, ID);
        evidence.writeFacts(facts(RunFacts.State.RUNNING));
        evidence.addInput(input, "assertions/stages/5-auto-scaled.yaml");
        evidence.writeTopology(topology());
        evidence.writeSeries(List.of(series("host cpu", "i-2"), series("host cpu", "i-1"), series("a", "i-9")));
        evidence.writeEvents(List.of(event(9, "later"), event(2, "sooner")));
        evidence.writeRequests(requests(), integrity());
        evidence.writeFacts(facts(RunFacts.State.COMPLETE));
        evidence.seal();
        return evidence;
    }
}
