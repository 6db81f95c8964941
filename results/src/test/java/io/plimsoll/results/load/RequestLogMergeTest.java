package io.plimsoll.results.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.load.RequestLogMerge.Merged;
import io.plimsoll.results.observation.TimeWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLogMergeTest {
    private static final long START = 1_700_000_000_000L;

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theMergedLogIsTheOneThatASingleGeneratorWouldHaveWritten(long seed) throws IOException {
        Random random = new Random(seed);
        int shards = 1 + random.nextInt(6);
        List<RequestHistograms.Builder> builders = IntStream.range(0, shards)
                .mapToObj(shard -> new RequestHistograms.Builder())
                .toList();
        RequestHistograms.Builder all = new RequestHistograms.Builder();
        for (int i = 0; i < 20_000; i++) {
            String name = List.of("read item", "write:item", "読む").get(random.nextInt(3));
            RequestOutcome outcome = random.nextInt(20) == 0 ? RequestOutcome.KO : RequestOutcome.OK;
            long sent = START + random.nextInt(30_000);
            int millis = (int) Math.exp(random.nextDouble() * 14);
            all.record(name, outcome, sent, millis);
            builders.get(random.nextInt(shards)).record(name, outcome, sent, millis);
        }
        Path expected = directory.resolve("all.hlog");
        RequestLog.write(all.build(), expected);
        List<Path> logs = new ArrayList<>();
        for (RequestHistograms.Builder builder : builders) {
            Path log = directory.resolve("shard-" + logs.size() + ".hlog");
            if (logs.size() % 2 == 0) {
                RequestLog.writeStored(builder.build(), log);
            } else {
                RequestLog.write(builder.build(), log);
            }
            logs.add(log);
        }

        Path target = directory.resolve("merged.hlog");
        Merged merged = RequestLogMerge.merge(logs, target);

        assertThat(merged.requests()).isEqualTo(20_000);
        assertThat(merged.shards().stream()
                        .mapToLong(RequestLogMerge.Shard::requests)
                        .sum())
                .isEqualTo(20_000);
        assertThat(target).hasSameBinaryContentAs(expected);
    }

    @Test
    void percentilesOfTheWholeAreNotTheAverageOfThoseOfItsParts() throws IOException {
        RequestHistograms.Builder fast = new RequestHistograms.Builder();
        RequestHistograms.Builder slow = new RequestHistograms.Builder();
        for (int i = 0; i < 990; i++) {
            fast.record("read", RequestOutcome.OK, START + i, 10);
            slow.record("read", RequestOutcome.OK, START + i, i < 900 ? 10 : 1_000);
        }
        Path target = directory.resolve("merged.hlog");
        RequestLogMerge.merge(List.of(written("fast", fast), written("slow", slow)), target);

        RequestHistograms merged = RequestLog.read(target);
        assertThat(merged.responseTimes(Set.of(), Set.of(RequestOutcome.OK), merged.span())
                        .getValueAtPercentile(95))
                .isEqualTo(10);
        assertThat(merged.longestMillis(Set.of(), Set.of(RequestOutcome.OK), merged.span()))
                .isEqualTo(1_000);
    }

    @Test
    void logsOfDifferentTimesFollowEachOther() throws IOException {
        RequestHistograms.Builder late = new RequestHistograms.Builder();
        late.record("read", RequestOutcome.OK, START + 60_000, 5);
        RequestHistograms.Builder early = new RequestHistograms.Builder();
        early.record("read", RequestOutcome.OK, START, 7);
        Path none = written("none", new RequestHistograms.Builder());

        Merged merged = RequestLogMerge.merge(
                List.of(written("late", late), none, written("early", early)), directory.resolve("merged.hlog"));

        assertThat(merged.intervalsWritten()).isEqualTo(2);
        assertThat(merged.shards().get(0).span())
                .isEqualTo(new TimeWindow(Instant.ofEpochMilli(START + 60_000), Instant.ofEpochMilli(START + 61_000)));
        assertThat(merged.shards().get(1).requests()).isZero();
    }

    @Test
    void aDamagedLogIsNamedWithItsLine() throws IOException {
        RequestHistograms.Builder builder = new RequestHistograms.Builder();
        builder.record("read", RequestOutcome.OK, START, 7).record("read", RequestOutcome.OK, START + 1_000, 7);
        Path log = written("shard", builder);
        String text = Files.readString(log);

        assertRefused(log, text.replaceFirst("HISTF", "HISTG"), ":5: histogram cannot be decoded: ");
        assertRefused(log, text.replace(":OK,", ":YES,"), ":5: must be an interval ");
        assertRefused(log, text.substring(0, text.length() - 5), ":6: the last line is cut");
        assertRefused(
                log, text + text.substring(text.lastIndexOf("Tag=")), ":7: intervals must ascend by second, name and");
    }

    @Test
    void everyCutOfALogIsFound() throws IOException {
        RequestHistograms.Builder builder = new RequestHistograms.Builder();
        builder.record("read", RequestOutcome.OK, START, 7).record("read", RequestOutcome.OK, START + 1_000, 7);
        Path log = written("shard", builder);
        byte[] whole = Files.readAllBytes(log);
        int firstInterval = new String(whole, StandardCharsets.US_ASCII).indexOf("Tag=");
        for (int length = firstInterval + 1; length < whole.length; length++) {
            if (whole[length - 1] != '\n') {
                Files.write(log, java.util.Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> RequestLogMerge.merge(List.of(log), directory.resolve("merged.hlog")))
                        .isInstanceOf(UnreadableLogException.class);
            }
        }
    }

    private void assertRefused(Path log, String text, String message) throws IOException {
        Files.writeString(log, text);
        assertThatThrownBy(() -> RequestLogMerge.merge(List.of(log), directory.resolve("merged.hlog")))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessageStartingWith(log + message);
    }

    private Path written(String name, RequestHistograms.Builder builder) throws IOException {
        Path log = directory.resolve(name + ".hlog");
        RequestLog.write(builder.build(), log);
        return log;
    }
}
