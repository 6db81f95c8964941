package io.plimsoll.results.load;

import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Origin;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes evidence of a log that {@link SyntheticLog} wrote, as a run would leave it, so that the cost of judging it can be
 * measured: with a sample a second of every metric that each run gathers, of four resources of each kind. {@code results/speed} compares it with Gatling's own report of the same log.
 */
final class SyntheticEvidence {
    /** Of each kind. */
    private static final int RESOURCES = 4;

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
        List<Resource> parts = parts();
        evidence.writeTopology(new Topology(parts));
        evidence.writeSeries(series(parts, content.requests().span()));
        evidence.writeEvents(List.of());
        evidence.writeRequests(content.requests(), content.integrity());
        evidence.writeFacts(facts(content));
        evidence.seal();
        System.out.println(evidence.path());
    }

    /** Some of every kind that has a metric. */
    private static List<Resource> parts() {
        return MetricCatalogue.all().stream()
                .filter(MetricDefinition::always)
                .map(MetricDefinition::kind)
                .distinct()
                .flatMap(kind -> IntStream.range(0, RESOURCES)
                        .mapToObj(i -> Resource.of(kind, kind.word().replace(' ', '-') + "-" + i, Map.of())))
                .toList();
    }

    /** A sample a second of every metric that each run gathers. */
    private static List<Series> series(List<Resource> parts, TimeWindow span) {
        List<Series> all = new ArrayList<>();
        for (MetricDefinition metric : MetricCatalogue.all()) {
            for (Resource part : parts) {
                if (metric.always() && metric.kind() == part.kind()) {
                    List<Sample> samples = new ArrayList<>();
                    for (long second = 0; second < span.length().toSeconds(); second++) {
                        double value =
                                50 + 40 * Math.sin(second / 300.0 + part.id().hashCode());
                        samples.add(new Sample(span.start().plusSeconds(second), value));
                    }
                    all.add(new Series(
                            metric.name(),
                            metric.kind(),
                            part.id(),
                            new Origin("Synthetic", metric.metric(), new TreeMap<>(), metric.statistic(), "us-east-1"),
                            metric.unit(),
                            Duration.ofSeconds(1),
                            Series.Completeness.COMPLETE,
                            "",
                            samples));
                }
            }
        }
        return all;
    }

    private static RunFacts facts(GatlingLog.Content content) {
        TimeWindow span = content.requests().span();
        long sent = content.requests().count(Set.of(), Set.of(RequestOutcome.values()), span);
        double rate = (double) sent / span.length().toSeconds();
        LoadPlan plan = new LoadPlan(
                "ramp",
                List.of(new Phase("steady", span, rate, rate)),
                new TreeMap<>(Map.of("load-step", span.start())));
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
