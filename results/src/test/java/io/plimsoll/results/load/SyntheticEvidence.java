package io.plimsoll.results.load;

import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes evidence of a log that {@link SyntheticLog} wrote, as a run would leave it, so that the cost of judging it can be
 * measured. {@code results/speed} compares it with Gatling's own report of the same log.
 */
final class SyntheticEvidence {
    private SyntheticEvidence() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("usage: <simulation.log> <runs directory> <stages directory>");
        }
        Path log = Path.of(arguments[0]);
        GatlingLog.Content content = GatlingLog.read(log);
        EvidenceDirectory evidence = EvidenceDirectory.create(Path.of(arguments[1]), "synthetic");
        try (Stream<Path> stages = Files.list(Path.of(arguments[2]))) {
            stages.forEach(file -> evidence.addInput(file, "assertions/stages/" + file.getFileName()));
        }
        evidence.adoptLog(log);
        evidence.writeTopology(new Topology(List.of()));
        evidence.writeSeries(List.of());
        evidence.writeEvents(List.of());
        evidence.writeRequests(content.requests(), content.integrity());
        evidence.writeFacts(facts(content));
        evidence.seal();
        System.out.println(evidence.path());
    }

    private static RunFacts facts(GatlingLog.Content content) {
        TimeWindow span = content.requests().span();
        long sent = content.requests().count(Set.of(), Set.of(RequestOutcome.values()), span);
        double rate = (double) sent / span.length().toSeconds();
        LoadPlan plan = new LoadPlan(
                "ramp",
                List.of(new Phase("steady", span, rate, rate)),
                new TreeMap<>(java.util.Map.of("load-step", span.start())));
        return new RunFacts(
                RunFacts.FORMAT,
                "synthetic",
                RunFacts.State.COMPLETE,
                "",
                "local",
                "auto-scaled",
                "http://127.0.0.1:1",
                1,
                new TreeMap<>(),
                span.start(),
                Optional.of(span.end()),
                Optional.of(plan),
                Optional.of(new RunFacts.InjectorHealth(2, 0.3, 0.5, 0.5, 10, 20, 5)),
                Optional.of(new RunFacts.ClockOffset(0, 1)),
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>());
    }
}
