package io.plimsoll.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveJournalTest {
    private static final Instant START = ExampleRun.START;

    @TempDir
    Path directory = Path.of("");

    private final List<EvidenceException> failures = new ArrayList<>();

    @BeforeEach
    void begin() {
        EvidenceDirectory.create(directory, ExampleRun.ID).writeFacts(ExampleRun.facts(RunFacts.State.RUNNING));
    }

    private EvidenceDirectory evidence() {
        return EvidenceDirectory.open(directory.resolve(ExampleRun.ID));
    }

    private static Series part(String resource, long second, double value) {
        Series like = ExampleRun.series("host cpu", resource);
        return new Series(
                like.name(),
                like.kind(),
                like.resource(),
                like.origin(),
                like.unit(),
                like.period(),
                Series.Completeness.COMPLETE,
                "",
                List.of(new Sample(START.plusSeconds(second), value)));
    }

    private Path live() {
        return evidence().path().resolve("live.jsonl");
    }

    /** What a run leaves that is killed while the load goes on. */
    private void kill() {
        try (LiveJournal journal = evidence().live(failures::add)) {
            journal.topology(ExampleRun.topology());
            journal.samples(part("i-1", 0, 10));
            journal.samples(part("i-2", 0, 50));
            journal.event(ExampleRun.event(9, "later"));
            journal.samples(part("i-1", 1, 20));
            journal.event(ExampleRun.event(2, "sooner"));
            journal.samples(part("i-1", 0, 12));
        }
    }

    @Test
    void aKilledRunIsReadFromWhatItKeptAsItWentOn() {
        kill();

        Evidence read = evidence().read();

        assertThat(read.topology()).isEqualTo(ExampleRun.topology());
        assertThat(read.events()).extracting(event -> event.summary()).containsExactly("sooner", "later");
        assertThat(read.series()).extracting(Series::resource).containsExactly("i-1", "i-2");
        assertThat(read.series().get(0).samples())
                .containsExactly(new Sample(START, 12), new Sample(START.plusSeconds(1), 20));
        assertThat(read.series()).allSatisfy(series -> {
            assertThat(series.completeness()).isEqualTo(Series.Completeness.PARTIAL);
            assertThat(series.note()).isEqualTo("only what was seen while the run went on; it was never gathered");
        });
        assertThat(read.faults())
                .contains(
                        "topology.json: is missing; what was seen while the run went on is read from live.jsonl",
                        "metrics.jsonl: is missing; what was seen while the run went on is read from live.jsonl",
                        "events.jsonl: is missing; what was seen while the run went on is read from live.jsonl");
    }

    @Test
    void aLineThatWasCutIsNamedAndTheOthersAreRead() throws IOException {
        kill();
        byte[] whole = Files.readAllBytes(live());
        for (int cut = 1; cut < whole.length; cut += 97) {
            Files.write(live(), java.util.Arrays.copyOf(whole, cut));

            Evidence read = evidence().read();

            long lines = new String(whole, 0, cut, java.nio.charset.StandardCharsets.UTF_8)
                    .chars()
                    .filter(character -> character == '\n')
                    .count();
            boolean atLineEnd = whole[cut - 1] == '\n' || whole[cut] == '\n';
            assertThat(read.faults().stream().anyMatch(fault -> fault.startsWith("live.jsonl:" + (lines + 1) + ": ")))
                    .as("cut after %d bytes", cut)
                    .isEqualTo(!atLineEnd);
        }
    }

    @Test
    void oneWhoWritesKeepsOthersAway() {
        try (LiveJournal journal = evidence().live(failures::add)) {
            journal.topology(ExampleRun.topology());

            assertThat(LiveJournal.isWritten(live())).isTrue();
            assertThatThrownBy(() -> Salvage.of(evidence().path()))
                    .isInstanceOf(EvidenceException.class)
                    .hasMessage(evidence().path() + ": the run is still going on; wait for its end, or end it");
        }
        assertThat(LiveJournal.isWritten(live())).isFalse();
    }

    @Test
    void aFullDiskIsToldOnceAndStopsNobody() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a device that is always full");
        Files.createSymbolicLink(live(), full);
        try (LiveJournal journal = evidence().live(failures::add)) {
            journal.topology(ExampleRun.topology());
            journal.event(ExampleRun.event(2, "sooner"));
        }

        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(EvidenceException.Kind.UNWRITABLE);
            assertThat(failure)
                    .hasMessage(live() + ": cannot be written: java.io.IOException: No space left on device");
        });
    }

    @Test
    void whoIsInterruptedWritesAllTheSameAndKeepsNobodyElseFromIt() throws IOException {
        try (LiveJournal journal = evidence().live(failures::add)) {
            Thread.currentThread().interrupt();
            journal.event(ExampleRun.event(2, "sooner"));
            assertThat(Thread.interrupted()).isTrue();
            journal.event(ExampleRun.event(3, "later"));
        }
        assertThat(failures).isEmpty();
        assertThat(Files.readAllLines(live())).hasSize(2);
    }

    @Test
    void whoIsToldOfAFailureMayWaitForTheJournalToBeClosed() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a device that is always full");
        List<Boolean> closed = new ArrayList<>();
        List<LiveJournal> journals = new ArrayList<>();
        java.util.function.Consumer<EvidenceException> ending = failure -> {
            Thread other = new Thread(() -> journals.get(0).close());
            other.setDaemon(true);
            other.start();
            try {
                other.join(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            closed.add(!other.isAlive());
        };
        try {
            Files.createSymbolicLink(live(), full);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        journals.add(evidence().live(ending));
        journals.get(0).event(ExampleRun.event(2, "sooner"));
        assertThat(closed).containsExactly(true);
    }

    @Test
    void sealingDropsTheJournal() {
        kill();
        evidence().writeTopology(ExampleRun.topology());
        evidence().writeSeries(List.of());
        evidence().writeEvents(List.of());
        evidence().writeRequests(ExampleRun.requests(), ExampleRun.integrity());
        evidence().writeFacts(ExampleRun.facts(RunFacts.State.COMPLETE));
        evidence().seal();

        assertThat(live()).doesNotExist();
        assertThat(evidence().read().faults()).isEmpty();
        assertThat(evidence().read().series()).isEmpty();
    }

    @Test
    void salvagedEvidenceIsWholeAndSaysThatItsRunWasAborted() throws IOException {
        kill();
        evidence().writeRequests(ExampleRun.requests(), ExampleRun.integrity());
        evidence().writeFacts(ExampleRun.facts(RunFacts.State.RUNNING));

        Evidence salvaged = Salvage.of(evidence().path());

        assertThat(salvaged.faults()).isEmpty();
        assertThat(salvaged.facts().state()).isEqualTo(RunFacts.State.ABORTED);
        assertThat(salvaged.facts().stateReason())
                .startsWith("salvaged: the run was ended before its evidence was gathered; found: ")
                .contains("metrics.jsonl: is missing");
        assertThat(salvaged.series()).hasSize(2);
        assertThat(salvaged.events()).hasSize(2);
        assertThat(salvaged.client()
                        .count(
                                Set.of(),
                                Set.of(RequestOutcome.values()),
                                salvaged.client().span()))
                .isEqualTo(3);
        assertThat(live()).doesNotExist();
        assertThat(evidence().path().resolve("manifest.json")).exists();
        assertThatThrownBy(() -> Salvage.of(evidence().path()))
                .hasMessage(evidence().path() + ": was salvaged before");
    }

    @Test
    void salvageWithNothingButFactsStillSucceeds() {
        Evidence salvaged = Salvage.of(evidence().path());

        assertThat(salvaged.facts().state()).isEqualTo(RunFacts.State.ABORTED);
        assertThat(salvaged.series()).isEmpty();
        assertThat(salvaged.integrity().intact()).isFalse();
    }

    @Test
    void aCompleteRunNeedsNoSalvage() {
        evidence().writeFacts(ExampleRun.facts(RunFacts.State.COMPLETE));

        assertThatThrownBy(() -> Salvage.of(evidence().path()))
                .isInstanceOf(EvidenceException.class)
                .hasMessage(evidence().path() + ": the run is complete; there is nothing to salvage");
    }

    @Test
    void aLineHoldsExactlyOneThing() throws IOException {
        Files.writeString(live(), "{\"topology\":null,\"series\":null,\"event\":null}\n", StandardOpenOption.CREATE);

        assertThat(evidence().read().faults())
                .contains("live.jsonl:1: a line must hold one of topology, series and event, holds 0");
    }
}
