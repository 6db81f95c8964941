package io.plimsoll.results.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.observation.TimeWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLogTest {
    private static final Set<RequestOutcome> OK = Set.of(RequestOutcome.OK);
    private static final Set<RequestOutcome> KO = Set.of(RequestOutcome.KO);

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("requests.hlog");
    }

    private static RequestHistograms example() {
        return new RequestHistograms.Builder()
                .record("GET /items, all:OK %", RequestOutcome.OK, 1_700_000_001_000L, 0)
                .record("GET /items, all:OK %", RequestOutcome.OK, 1_700_000_001_999L, 12_345)
                .record("GET /items, all:OK %", RequestOutcome.KO, 1_700_000_001_500L, 60_001)
                .record("読む", RequestOutcome.OK, 1_700_000_000_001L, 7)
                .record("読む", RequestOutcome.OK, 1_700_000_003_001L, Integer.MAX_VALUE)
                .build();
    }

    @Test
    void aRecordReadAgainAnswersEveryQueryTheSame() throws IOException {
        Path log = directory.resolve("simulation.log");
        new SyntheticLog(30_000, 6, 150, 12).write(log);
        RequestHistograms written = GatlingLog.read(log).requests();
        RequestLog.write(written, file);

        assertSame(RequestLog.read(file), written);
    }

    @Test
    void anyNameAndAnyResponseTimeSurvives() throws IOException {
        RequestLog.write(example(), file);

        assertSame(RequestLog.read(file), example());
    }

    @Test
    void anEmptyRecordSurvives() throws IOException {
        RequestLog.write(RequestHistograms.empty(), file);

        assertSame(RequestLog.read(file), RequestHistograms.empty());
    }

    private static void assertSame(RequestHistograms read, RequestHistograms written) {
        assertThat(read.requestNames()).isEqualTo(written.requestNames());
        assertThat(read.span()).isEqualTo(written.span());
        List<Set<String>> selections = new ArrayList<>(List.of(Set.of()));
        written.requestNames().forEach(name -> selections.add(Set.of(name)));
        List<TimeWindow> windows = new ArrayList<>(List.of(written.span()));
        for (Instant at = written.span().start(); at.isBefore(written.span().end()); at = at.plusSeconds(1)) {
            windows.add(new TimeWindow(at, at.plusSeconds(1)));
        }
        for (Set<String> names : selections) {
            for (Set<RequestOutcome> outcomes : List.of(OK, KO, Set.of(RequestOutcome.values()))) {
                for (TimeWindow window : windows) {
                    assertThat(read.count(names, outcomes, window)).isEqualTo(written.count(names, outcomes, window));
                    assertThat(read.longestMillis(names, outcomes, window))
                            .isEqualTo(written.longestMillis(names, outcomes, window));
                    assertThat(read.responseTimes(names, outcomes, window))
                            .isEqualTo(written.responseTimes(names, outcomes, window));
                }
            }
        }
    }

    @Test
    void theStockReaderReadsIt() throws IOException {
        RequestLog.write(example(), file);
        List<String> seen = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                EncodableHistogram next = reader.nextIntervalHistogram();
                if (next instanceof Histogram histogram) {
                    seen.add(histogram.getTag() + " " + histogram.getStartTimeStamp() + " "
                            + histogram.getEndTimeStamp() + " " + histogram.getTotalCount());
                }
            }
            assertThat(reader.getStartTimeSec()).isEqualTo(1_700_000_000.0);
        }

        String items = "GET%20%2Fitems%2C%20all%3AOK%20%25";
        assertThat(seen)
                .containsExactly(
                        "%E8%AA%AD%E3%82%80:OK 1700000000000 1700000001000 1",
                        items + ":OK 1700000001000 1700000002000 2",
                        items + ":KO 1700000001000 1700000002000 1",
                        "%E8%AA%AD%E3%82%80:OK 1700000003000 1700000004000 1");
    }

    @Test
    void theMaximumOfALineIsExact() throws IOException {
        RequestLog.write(example(), file);

        assertThat(Files.readAllLines(file))
                .anyMatch(line -> line.startsWith(
                        "Tag=GET%20%2Fitems%2C%20all%3AOK%20%25:OK,1700000001.000,1.000,12345.000,HISTF"));
    }

    @Test
    void theSameRecordGivesTheSameBytes() throws IOException {
        RequestLog.write(example(), file);
        byte[] first = Files.readAllBytes(file);
        RequestLog.write(RequestLog.read(file), file);

        assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }

    @Test
    void aDamagedLineIsNamed() throws IOException {
        RequestLog.write(example(), file);
        String text = Files.readString(file);

        assertRefused(
                text.replaceFirst(":OK,", ":MAYBE,"),
                ":5: must be an interval 'Tag=<name>:<OK|KO>,<second>.000,1.000,<max>.000,<histogram>'");
        assertRefused(
                text.substring(0, text.length() - 1) + ";\n",
                ":8: histogram cannot be decoded: Input byte array has incorrect ending byte");
        assertRefused(text.substring(0, text.length() - 1), ":8: the last line is cut");
        assertRefused(
                text.replace(",12345.000,", ",12352.000,"),
                ":6: maximum must be in the histogram's highest bucket, from 12344 ms on, was 12352 ms");
        assertRefused(text.replace("HISTF", "HJSTF"), ":5: histogram cannot be decoded: ");
        assertRefused(text.replaceFirst("Tag=%E8", "Tag=%ZZ"), ":5: must be an interval ");
    }

    @Test
    void linesThatAreGivenTwiceOrOutOfOrderAreRefused() throws IOException {
        RequestLog.write(example(), file);
        String text = Files.readString(file);
        String last = text.substring(text.lastIndexOf("Tag="));

        assertRefused(text + last, ":9: intervals must ascend by second, name and outcome");
        assertRefused(text.replace(":OK,1700000003.", ":OK,1700000000."), ":8: intervals must ascend by second");
        assertRefused(
                text.replace(",1700000003.", ",1708388608."),
                ":8: second 1708388608 must be within 8388607 s of the first one recorded, 1700000000");
    }

    @Test
    void theExampleOfThePackageWorks() throws IOException {
        Path log = directory.resolve("simulation.log");
        new SyntheticLog(5_000, 2, 100, 13).write(log);

        GatlingLog.Content content = GatlingLog.read(log);
        assertThat(content.integrity().intact()).isTrue();
        RequestHistograms requests = content.requests();
        Histogram reads = requests.responseTimes(Set.of("read 1"), OK, requests.span());
        assertThat(reads.getValueAtPercentile(95)).isBetween(40L, 200L);
        RequestLog.write(requests, file);
        assertThat(file).isNotEmptyFile();
    }

    private void assertRefused(String text, String message) throws IOException {
        Files.writeString(file, text, StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> RequestLog.read(file))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessageStartingWith(file + message);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> RequestLog.read(file))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage(file + ": no such file");
    }
}
