package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestLog;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.run.ShardFacts;
import io.plimsoll.results.run.ShardPlace;
import io.plimsoll.simulations.fleet.ResultsPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two injectors published becomes the evidence of one run. */
class FleetLoadTest {
    private final Instant start = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 60);
    private static final int SECONDS = 10;

    private final EvidenceDirectory evidence;
    private final ShardPlace place;

    FleetLoadTest(@TempDir Path runs) {
        evidence = EvidenceDirectory.create(runs, "run");
        place = ShardPlace.create(evidence.injectors().directory());
    }

    @BeforeEach
    void publish() throws IOException {
        publish(0, 10, 0.2);
        publish(1, 500, 0.4);
    }

    private LoadPlan plan(double rate) {
        return new LoadPlan(
                "plan",
                List.of(new Phase("steady", new TimeWindow(start, start.plusSeconds(SECONDS)), rate, rate)),
                new TreeMap<>());
    }

    /** One request a second, all of which take equally long. */
    private void publish(int index, int millis, double busy) throws IOException {
        RequestHistograms.Builder builder = new RequestHistograms.Builder();
        for (int second = 0; second < SECONDS; second++) {
            builder.record("read", RequestOutcome.OK, start.plusSeconds(second).toEpochMilli(), millis);
        }
        RequestHistograms requests = builder.build();
        place.publish(
                new ShardFacts(
                        ShardFacts.FORMAT,
                        "run",
                        index,
                        2,
                        "host",
                        start,
                        0,
                        RunFacts.State.COMPLETE,
                        "",
                        plan(1),
                        requests.span(),
                        SECONDS,
                        new LogIntegrity(SECONDS, SECONDS, SECONDS, 0, List.of()),
                        Optional.of(new RunFacts.InjectorHealth(2, busy, busy, busy, 3, 4, 5)),
                        Optional.of(place.clockOffset(Clock.systemUTC(), "injector")),
                        ShardFacts.GEOMETRY,
                        "",
                        new TreeMap<>()),
                requests);
        Files.writeString(place.directory().resolve("injector-" + index + ".exit"), "0\n");
    }

    private SentLoad load() {
        return FleetLoad.follow(
                List.of(),
                2,
                new ResultsPlace.Shared(place, Clock.systemUTC()),
                new SentLoad.Run(
                        plan(2),
                        () -> plan(2),
                        evidence,
                        Optional::empty,
                        facts -> {},
                        alarms -> List.of(),
                        reason -> {}));
    }

    private String integrity() throws IOException {
        return Files.readString(evidence.path().resolve("integrity.json"));
    }

    private long merged() {
        RequestHistograms requests = RequestLog.read(evidence.path().resolve("requests.hlog"));
        return requests.count(Set.of(), Set.of(RequestOutcome.OK), requests.span());
    }

    @Test
    void requestsAreMergedAndTheWorstHealthCounts() throws IOException {
        try (SentLoad load = load()) {
            assertThat(load.health()).contains(new RunFacts.InjectorHealth(4, 0.4, 0.4, 0.4, 3, 4, 5));
            assertThat(load.store(evidence)).isEmpty();
        }
        RequestHistograms requests = RequestLog.read(evidence.path().resolve("requests.hlog"));
        Histogram all = requests.responseTimes(Set.of(), Set.of(RequestOutcome.OK), requests.span());
        assertThat(all.getTotalCount()).isEqualTo(2 * SECONDS);
        assertThat(all.getValueAtPercentile(95)).isEqualTo(500);
        assertThat(integrity()).contains("\"requests\" : 20").contains("\"faults\" : [ ]");
    }

    @Test
    void aLogThatWasChangedIsLeftOutAndItsInjectorNamed() throws IOException {
        Files.writeString(place.log(1), "\n", StandardOpenOption.APPEND);
        try (SentLoad load = load()) {
            var unused = load.store(evidence);
        }
        assertThat(merged()).isEqualTo(SECONDS);
        assertThat(integrity()).contains("injector 1: its log is not there as its checksum says");
    }

    @Test
    void anInjectorThatPublishedNothingIsNamed() throws IOException {
        Files.delete(place.directory().resolve("injector-0.json"));
        Files.writeString(place.directory().resolve("injector-0.exit"), "137\n");
        try (SentLoad load = load()) {
            var unused = load.store(evidence);
        }
        assertThat(merged()).isEqualTo(SECONDS);
        assertThat(integrity()).contains("injector 0: published nothing; exit code 137 (killed by signal 9)");
    }

    @Test
    void nobodyAtAllLeavesAnEmptyLogAndTwoNames() throws IOException {
        for (int index = 0; index < 2; index++) {
            Files.delete(place.directory().resolve("injector-" + index + ".json"));
            Files.delete(place.directory().resolve("injector-" + index + ".exit"));
        }
        try (SentLoad load = load()) {
            assertThat(load.health()).isEmpty();
            var unused = load.store(evidence);
        }
        assertThat(merged()).isZero();
        assertThat(integrity()).contains("injector 0: published nothing").contains("injector 1: published nothing");
    }
}
