package io.plimsoll.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.run.RunFacts.InjectorHealth;
import io.plimsoll.results.run.ShardFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the evidence of a run of 100 s and 50 requests, whose load took 110 s until the last answer. */
class CalibrationTest {
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final LoadPlan PLAN = new LoadPlan(
            "plan",
            List.of(new Phase("steady", new TimeWindow(START, START.plusSeconds(100)), 0.5, 0.5)),
            new TreeMap<>());

    private final EvidenceDirectory evidence;

    CalibrationTest(@TempDir Path runs) {
        evidence = EvidenceDirectory.create(runs, "run");
    }

    private static InjectorHealth busy(double cpu) {
        return new InjectorHealth(4, cpu, cpu, cpu, 1, 1, 1);
    }

    private static RequestHistograms requests(int count) {
        RequestHistograms.Builder requests = new RequestHistograms.Builder();
        for (int i = 0; i < count; i++) {
            requests.record("read", RequestOutcome.OK, START.plusSeconds(i).toEpochMilli(), 5);
        }
        return requests.build();
    }

    private void write(int requests, Optional<InjectorHealth> health) {
        evidence.writeTopology(new Topology(List.of()));
        evidence.writeSeries(List.of());
        evidence.writeEvents(List.of());
        evidence.writeRequests(requests(requests), new LogIntegrity(requests, requests, requests, 0, List.of()));
        evidence.writeFacts(new RunFacts(
                RunFacts.FORMAT,
                "run",
                RunFacts.State.COMPLETE,
                "",
                "local",
                "auto-scaled",
                "http://127.0.0.1:1",
                1,
                new TreeMap<>(),
                START,
                Optional.of(START.plusSeconds(120)),
                Optional.of(PLAN),
                health,
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(Map.of("load", 110.0)),
                new TreeMap<>()));
        evidence.seal();
    }

    @Test
    void oneInjectorsMeanCpuTimesItsTimeIsWhatItsRequestsCost() {
        write(50, Optional.of(busy(0.05)));
        assertThat(Calibration.of(evidence.path())).isEqualTo(new Calibration(50, 4 * 0.05 * 110));
    }

    /** Of several, run.json has the worst: what they cost together stands in what each published. */
    @Test
    void whatSeveralInjectorsUsedIsAddedUp() throws IOException {
        Files.createDirectories(evidence.injectors().directory());
        publish(0, 0.05);
        publish(1, 0.10);
        write(50, Optional.of(busy(0.10)));
        assertThat(Calibration.of(evidence.path()).cpuSeconds())
                .isCloseTo(4 * 0.15 * 110, org.assertj.core.data.Offset.offset(1e-9));
    }

    private void publish(int index, double cpu) {
        evidence.injectors()
                .publish(
                        new ShardFacts(
                                ShardFacts.FORMAT,
                                "run",
                                index,
                                2,
                                "host",
                                START,
                                0,
                                RunFacts.State.COMPLETE,
                                "",
                                PLAN,
                                requests(25).span(),
                                25,
                                new LogIntegrity(25, 25, 25, 0, List.of()),
                                Optional.of(busy(cpu)),
                                Optional.empty(),
                                ShardFacts.GEOMETRY,
                                "",
                                new TreeMap<>()),
                        requests(25));
    }

    @Test
    void aRunThatDidNotMeasureItsInjectorDoesNotTell() {
        write(50, Optional.empty());
        assertThatThrownBy(() -> Calibration.of(evidence.path()))
                .isInstanceOf(DocumentException.class)
                .hasMessage(
                        evidence.path() + ": cannot calibrate: the run sent nothing, or did not measure its injector");
    }

    @Test
    void aRunThatSentNothingDoesNotTell() {
        write(0, Optional.of(busy(0.05)));
        assertThatThrownBy(() -> Calibration.of(evidence.path()))
                .isInstanceOf(DocumentException.class)
                .hasMessageEndingWith("the run sent nothing, or did not measure its injector");
    }

    @Test
    void evidenceThatWasChangedDoesNotTell() throws IOException {
        write(50, Optional.of(busy(0.05)));
        Files.writeString(evidence.path().resolve("events.jsonl"), "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Calibration.of(evidence.path()))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith(evidence.path() + ": cannot calibrate: events.jsonl");
    }
}
