package io.plimsoll.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestLog;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardPlaceTest {
    private static final Instant T0 = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    Path directory = Path.of("");

    private static ShardFacts facts(RequestHistograms requests) {
        LoadPlan plan = new LoadPlan(
                "plan", List.of(new Phase("steady", new TimeWindow(T0, T0.plusSeconds(2)), 1, 1)), new TreeMap<>());
        return new ShardFacts(
                ShardFacts.FORMAT,
                "run",
                1,
                4,
                "host",
                T0,
                0,
                RunFacts.State.COMPLETE,
                "",
                plan,
                requests.span(),
                2,
                new LogIntegrity(2, 2, 2, 0, List.of()),
                Optional.empty(),
                Optional.of(new RunFacts.ClockOffset(1, 2)),
                ShardFacts.GEOMETRY,
                "",
                new TreeMap<>());
    }

    private static RequestHistograms requests() {
        return new RequestHistograms.Builder()
                .record("read", RequestOutcome.OK, T0.toEpochMilli(), 12)
                .record("read", RequestOutcome.KO, T0.plusSeconds(1).toEpochMilli(), 40)
                .build();
    }

    @Test
    void whatIsPublishedIsReadBackWithItsChecksum() throws IOException {
        ShardPlace place = new ShardPlace(directory);
        assertThat(place.facts(1)).isEmpty();
        ShardFacts facts = facts(requests());
        place.publish(facts, requests());

        ShardFacts read = place.facts(1).orElseThrow();
        assertThat(read).isEqualTo(facts.withLog(read.logSha256()));
        assertThat(read.logSha256()).isEqualTo(ShardPlace.sha256(place.log(1)));
        assertThat(place.logIsAsPublished(read)).isTrue();
        assertThat(RequestLog.read(place.log(1)).span()).isEqualTo(new TimeWindow(T0, T0.plusSeconds(2)));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("injector-1.hlog", "injector-1.json");
        }
    }

    @Test
    void aLogThatWasChangedOrIsGoneIsNoticed() throws IOException {
        ShardPlace place = new ShardPlace(directory);
        place.publish(facts(requests()), requests());
        ShardFacts read = place.facts(1).orElseThrow();
        Files.writeString(place.log(1), "\n", StandardOpenOption.APPEND);
        assertThat(place.logIsAsPublished(read)).isFalse();
        Files.delete(place.log(1));
        assertThat(place.logIsAsPublished(read)).isFalse();
    }

    @Test
    void anExitCodeIsThereWhenItIsWhole() throws IOException {
        ShardPlace place = new ShardPlace(directory);
        assertThat(place.exitCode(1)).isEmpty();
        Files.writeString(directory.resolve("injector-1.exit"), "");
        assertThat(place.exitCode(1)).isEmpty();
        Files.writeString(directory.resolve("injector-1.exit"), "137\n");
        assertThat(place.exitCode(1)).hasValue(137);
    }

    @Test
    void factsThatCannotBeReadNameTheirFile() throws IOException {
        Files.writeString(directory.resolve("injector-1.json"), "{}");
        assertThatThrownBy(() -> new ShardPlace(directory).facts(1))
                .isInstanceOf(EvidenceException.class)
                .hasMessageStartingWith("injector-1.json: ");
    }

    @Test
    void aClockThatIsAheadIsFoundOut() {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));
        RunFacts.ClockOffset own = new ShardPlace(directory).clockOffset(Clock.systemUTC(), "a");
        RunFacts.ClockOffset other = new ShardPlace(directory).clockOffset(ahead, "b");
        assertThat((double) own.millis()).isBetween((double) -own.errorMillis(), (double) own.errorMillis());
        assertThat((double) other.millis())
                .isBetween(-300_000.0 - other.errorMillis(), -300_000.0 + other.errorMillis());
        assertThat(directory).isEmptyDirectory();
    }
}
