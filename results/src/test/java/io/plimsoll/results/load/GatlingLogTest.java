package io.plimsoll.results.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.observation.TimeWindow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatlingLogTest {
    private static final long START = 1_700_000_000_500L;
    private static final Set<RequestOutcome> ALL = Set.of(RequestOutcome.values());
    private static final Set<RequestOutcome> OK = Set.of(RequestOutcome.OK);
    private static final Set<RequestOutcome> KO = Set.of(RequestOutcome.KO);

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheLog() {
        file = directory.resolve("simulation.log");
    }

    /** The parts of a log. */
    private interface Script {
        void write(LogBytes log) throws IOException;
    }

    private static byte[] log(Script script) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LogBytes log = new LogBytes(bytes, ByteOrder.nativeOrder());
        log.run("3.15.1", START, List.of("readers"), List.of(new byte[] {1, 2, 3}));
        script.write(log);
        return bytes.toByteArray();
    }

    private GatlingLog.Content read(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return GatlingLog.read(file);
    }

    private static TimeWindow seconds(long from, long to) {
        return new TimeWindow(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
    }

    @Test
    void requestsCountInTheSecondTheyWereSentIn() throws IOException {
        GatlingLog.Content content = read(log(log -> log.user(0, true, 0)
                .request(List.of(), "read", 499, true, 5499, "")
                .request(List.of(), "read", 500, true, 510, "")
                .request(List.of("shop"), "write", 1499, false, 1507, "503")
                .user(0, false, 5500)));

        RequestHistograms requests = content.requests();
        assertThat(content.gatlingVersion()).isEqualTo("3.15.1");
        assertThat(content.simulationClass()).isEqualTo("io.plimsoll.Example");
        assertThat(content.runStart()).isEqualTo(Instant.ofEpochMilli(START));
        assertThat(content.integrity()).isEqualTo(new LogIntegrity(3, 1, 1, 0, List.of()));
        assertThat(requests.requestNames()).containsExactly("read", "write");
        assertThat(requests.span()).isEqualTo(seconds(1_700_000_000L, 1_700_000_002L));
        assertThat(requests.count(Set.of(), ALL, seconds(1_700_000_000L, 1_700_000_001L)))
                .isEqualTo(1);
        assertThat(requests.count(Set.of(), ALL, seconds(1_700_000_001L, 1_700_000_002L)))
                .isEqualTo(2);
        assertThat(requests.count(Set.of(), KO, requests.span())).isEqualTo(1);
        assertThat(requests.count(Set.of("read"), OK, requests.span())).isEqualTo(2);
        assertThat(requests.longestMillis(Set.of("read"), OK, requests.span())).isEqualTo(5000);
        assertThat(requests.longestMillis(Set.of("write"), ALL, requests.span()))
                .isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(TextOrder.class)
    void namesBeyondLatin1AreReadInTheWritersByteOrder(TextOrder order) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new LogBytes(bytes, order.bytes)
                .run("3.15.1", START, List.of("作家"), List.of())
                .request(List.of("日本語"), "読む €", 0, true, 1, "")
                .request(List.of("日本語"), "Käse", 0, true, 1, "");
        Files.write(file, bytes.toByteArray());

        assertThat(GatlingLog.read(file, order.bytes).requests().requestNames()).containsExactly("Käse", "読む €");
    }

    enum TextOrder {
        BIG(ByteOrder.BIG_ENDIAN),
        LITTLE(ByteOrder.LITTLE_ENDIAN);

        private final ByteOrder bytes;

        TextOrder(ByteOrder bytes) {
            this.bytes = bytes;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.15.0", "3.14.9.2", "3.15.2-SNAPSHOT"})
    void anotherVersionIsRefusedByName(String version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new LogBytes(bytes, ByteOrder.nativeOrder()).run(version, START, List.of("readers"), List.of());

        assertThatThrownBy(() -> read(bytes.toByteArray()))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage(file + ": was written by Gatling " + version + "; only Gatling 3.15.1 can be read");
    }

    @Test
    void anotherFileIsRefused() {
        assertThatThrownBy(() -> read("RUN\tio.plimsoll.Example\t".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage(
                        file + ": is not a log of Gatling 3.15.1: must begin with a Run record (byte 0), was byte 82");
        assertThatThrownBy(() -> read(new byte[] {0, 127, 0, 0, 0}))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage(file + ": is not a log of Gatling 3.15.1: number of bytes of a string must be in [0, 8192],"
                        + " was 2130706432");
        assertThatThrownBy(() -> read(new byte[] {0, 0, 0, 0, 0}))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage(file + ": is not a log of Gatling 3.15.1: must name Gatling's version");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> GatlingLog.read(file))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage(file + ": no such file");
    }

    @Test
    void aLogWithoutRequestsIsNotIntact() throws IOException {
        GatlingLog.Content content = read(log(log -> log.user(0, true, 0).user(0, false, 1)));

        assertThat(content.integrity().faults()).containsExactly("the log holds no request");
        assertThat(content.requests().span().length()).isZero();
        assertThat(content.requests()
                        .responseTimes(Set.of(), ALL, seconds(0, 1L << 33))
                        .getTotalCount())
                .isZero();
        assertThat(content.requests().longestMillis(Set.of(), ALL, seconds(0, 1L << 33)))
                .isZero();
    }

    @Test
    void usersThatNeverEndedAreAFault() throws IOException {
        GatlingLog.Content content = read(log(log -> log.user(0, true, 0)
                .user(0, true, 0)
                .request(List.of(), "read", 0, true, 1, "")
                .user(0, false, 1)));

        assertThat(content.integrity().faults())
                .containsExactly("users started and ended must be equal, were 2 and 1: the log is cut, or users were"
                        + " still active when Gatling stopped");
    }

    @Test
    void requestsThatEndBeforeTheyStartAreLeftOutAndAFault() throws IOException {
        GatlingLog.Content content = read(log(log -> log.request(List.of(), "read", 10, true, 9, "")
                .request(List.of(), "read", -1, true, Integer.MAX_VALUE, "")
                .request(List.of(), "read", 0, true, Integer.MAX_VALUE, "")
                .request(List.of(), "read", 10, true, 10, "")));

        assertThat(content.integrity().requests()).isEqualTo(4);
        assertThat(content.integrity().faults())
                .containsExactly(
                        "requests must end 0 to 2147483647 ms after they start; 2 of 4 do not and are left out");
        assertThat(content.requests().count(Set.of(), ALL, content.requests().span()))
                .isEqualTo(2);
        assertThat(content.requests()
                        .longestMillis(Set.of(), ALL, content.requests().span()))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void bytesThatGatlingCannotHaveWrittenEndTheReading() throws IOException {
        byte[] good = log(log -> log.request(List.of(), "read", 0, true, 1, ""));
        String place = "after record 2 at byte " + good.length + ": ";

        assertThat(readWith(good, 5).faults().get(0)).endsWith(place + "record type must be in [1, 4], was 5");
        assertThat(readWith(good, 0).faults().get(0)).endsWith(place + "record type must be in [1, 4], was 0");
        assertThat(readWith(good, 4, 0, 0, 0, 4).faults().get(0))
                .isEqualTo("the log is unreadable for its last 5 bytes, " + place + "string number must be 3, was 4");
        assertThat(readWith(good, 4, 0, 0, 0, 0).faults().get(0)).endsWith("string number must be 3, was 0");
        assertThat(readWith(good, 4, 255, 255, 255, 253).faults().get(0))
                .endsWith("string reference must be in [-2, -1], was -3");
        assertThat(readWith(good, 4, 0, 0, 0, 3, 0, 0, 32, 1).faults().get(0))
                .endsWith("number of bytes of a string must be in [0, 8192], was 8193");
        assertThat(readWith(good, 4, 0, 0, 0, 3, 0, 0, 0, 1, 65, 2).faults().get(0))
                .endsWith("string of 1 bytes: coder must be 0, or 1 with an even length, was 2");
        assertThat(readWith(good, 4, 0, 0, 0, 3, 0, 0, 0, 1, 65, 1).faults().get(0))
                .endsWith("string of 1 bytes: coder must be 0, or 1 with an even length, was 1");
        assertThat(readWith(good, 1, 127, 0, 0, 0).faults().get(0))
                .endsWith("number of groups must be in [0, 1000], was 2130706432");
        assertThat(readWith(good, 2, 0, 0, 0, 1).faults().get(0)).endsWith("scenario must be in [0, 1), was 1");
        assertThat(readWith(good, 2, 0, 0, 0, 0, 2).faults().get(0)).endsWith("boolean must be 0 or 1, was 2");
    }

    private LogIntegrity readWith(byte[] good, int... rest) throws IOException {
        byte[] all = Arrays.copyOf(good, good.length + rest.length);
        for (int i = 0; i < rest.length; i++) {
            all[good.length + i] = (byte) rest[i];
        }
        LogIntegrity integrity = read(all).integrity();
        assertThat(integrity.requests()).isEqualTo(1);
        assertThat(integrity.trailingBytes()).isEqualTo(rest.length);
        return integrity;
    }

    @Test
    void aLogCutAtAnyByteIsReportedAsCut() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Integer> ends = new SyntheticLog(200, 3, 50, 7).write(bytes, ByteOrder.nativeOrder());
        byte[] whole = bytes.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            assertCut(Arrays.copyOf(whole, length), ends);
        }
        assertThat(read(whole).integrity().faults()).isEmpty();
    }

    @Test
    void aLongLogCutAnywhereIsReportedAsCut() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Integer> ends = new SyntheticLog(60_000, 50, 400, 8).write(bytes, ByteOrder.nativeOrder());
        byte[] whole = bytes.toByteArray();
        Random random = new Random(9);
        for (int i = 0; i < 40; i++) {
            assertCut(Arrays.copyOf(whole, random.nextInt(whole.length)), ends);
        }
        assertThat(read(whole).integrity().faults()).isEmpty();
    }

    private void assertCut(byte[] cut, List<Integer> ends) throws IOException {
        if (cut.length < ends.get(0)) {
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(UnreadableLogException.class)
                    .hasMessage(file + ": ends within its Run record, after " + cut.length
                            + (cut.length == 1 ? " byte" : " bytes")
                            + ": Gatling was stopped before its first write of 8192 bytes, or the log is cut");
            return;
        }
        int whole = ends.stream()
                .mapToInt(end -> end)
                .filter(end -> end <= cut.length)
                .max()
                .orElseThrow();
        LogIntegrity integrity = read(cut).integrity();
        assertThat(integrity.trailingBytes()).isEqualTo(cut.length - whole);
        if (cut.length > whole) {
            assertThat(integrity.faults().get(0)).startsWith("the log is cut: ").endsWith(" at byte " + whole);
        } else if (integrity.usersStarted() != integrity.usersEnded()) {
            assertThat(integrity.faults()).anyMatch(fault -> fault.startsWith("users started and ended must be equal"));
        } else {
            assertThat(integrity.intact()).isEqualTo(integrity.requests() > 0);
        }
    }

    @Test
    void damagedBytesNeitherHangNorExhaustMemory() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new SyntheticLog(2000, 5, 100, 10).write(bytes, ByteOrder.nativeOrder());
        Random random = new Random(11);
        Set<String> outcomes = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            byte[] damaged = bytes.toByteArray();
            for (int hits = 1 + random.nextInt(20); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                outcomes.add(read(damaged).integrity().intact() ? "intact" : "faults");
            } catch (UnreadableLogException e) {
                outcomes.add("refused");
            }
        }
        assertThat(outcomes).contains("faults");
    }

    @Test
    void recordsLargerThanTheReadersBufferAreRead() throws IOException {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            groups.add("g".repeat(8100) + i);
        }
        GatlingLog.Content content = read(log(log -> log.user(0, true, 0)
                .request(groups, "deep", 0, true, 7, "")
                .request(List.of(), "flat", 0, true, 8, "")
                .user(0, false, 9)));

        assertThat(content.integrity()).isEqualTo(new LogIntegrity(2, 1, 1, 0, List.of()));
        assertThat(content.requests().requestNames()).containsExactly("deep", "flat");
    }
}
