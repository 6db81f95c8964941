package io.plimsoll.results.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatlingLogTailTest {
    private static final long START = 1_700_000_000_500L;

    @TempDir
    Path directory;

    /** Writes down what it hears. */
    private static final class Diary implements GatlingLogListener {
        private final List<String> entries = new ArrayList<>();

        @Override
        public void request(String name, long startMillisEpoch, boolean ok, long endMillisEpoch) {
            entries.add(name + " " + startMillisEpoch + " " + ok + " " + endMillisEpoch);
        }

        @Override
        public void userStarted(long millisEpoch) {
            entries.add("start " + millisEpoch);
        }

        @Override
        public void userEnded(long millisEpoch) {
            entries.add("end " + millisEpoch);
        }
    }

    private static byte[] exampleLog() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new LogBytes(bytes, ByteOrder.nativeOrder())
                .run("3.15.1", START, List.of("readers"), List.of())
                .user(0, true, 0)
                .request(List.of(), "read", 1, true, 41, "")
                .request(List.of("shop"), "write", 41, false, 50, "503")
                .user(0, false, 51);
        return bytes.toByteArray();
    }

    private static void append(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void aLogThatGrowsByteByByteIsToldOnceAndInOrder() throws IOException {
        Path log = directory.resolve("simulation.log");
        Diary diary = new Diary();
        long records = 0;
        try (GatlingLogTail tail = new GatlingLogTail(log)) {
            assertThat(tail.poll(diary)).isZero();
            for (byte one : exampleLog()) {
                append(log, new byte[] {one});
                records += tail.poll(diary);
            }
            assertThat(tail.poll(diary)).isZero();
        }

        assertThat(records).isEqualTo(5);
        assertThat(diary.entries)
                .containsExactly(
                        "start 1700000000500",
                        "read 1700000000501 true 1700000000541",
                        "write 1700000000541 false 1700000000550",
                        "end 1700000000551");
    }

    @Test
    void whatIsHeardPieceByPieceIsWhatTheReaderReads() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new SyntheticLog(20_000, 10, 200, 5).write(bytes, ByteOrder.nativeOrder());
        byte[] whole = bytes.toByteArray();
        Path log = directory.resolve("simulation.log");
        Diary diary = new Diary();
        Random random = new Random(6);
        try (GatlingLogTail tail = new GatlingLogTail(log)) {
            for (int at = 0; at < whole.length; ) {
                int next = Math.min(whole.length, at + 1 + random.nextInt(8192));
                append(log, Arrays.copyOfRange(whole, at, next));
                tail.poll(diary);
                at = next;
            }
        }

        LogIntegrity integrity = GatlingLog.read(log).integrity();
        assertThat(diary.entries)
                .filteredOn(entry -> entry.startsWith("start "))
                .hasSize((int) integrity.usersStarted());
        assertThat(diary.entries).filteredOn(entry -> entry.startsWith("end ")).hasSize((int) integrity.usersEnded());
        assertThat(diary.entries)
                .hasSize((int) (integrity.requests() + integrity.usersStarted() + integrity.usersEnded()));
    }

    @Test
    void damageIsThrownAtEveryFurtherPoll() throws IOException {
        Path log = directory.resolve("simulation.log");
        append(log, exampleLog());
        String message =
                log + ": unreadable after byte " + exampleLog().length + ": record type must be in [1, 4], was 9";
        Diary diary = new Diary();
        try (GatlingLogTail tail = new GatlingLogTail(log)) {
            append(log, new byte[] {9});
            assertThatThrownBy(() -> tail.poll(diary))
                    .isInstanceOf(UnreadableLogException.class)
                    .hasMessage(message);
            append(log, new byte[] {1, 2, 3});
            assertThatThrownBy(() -> tail.poll(diary))
                    .isInstanceOf(UnreadableLogException.class)
                    .hasMessage(message);
        }
        assertThat(diary.entries).hasSize(4);
    }

    @Test
    void aLogThatShrinksIsRefused() throws IOException {
        Path log = directory.resolve("simulation.log");
        byte[] bytes = exampleLog();
        append(log, bytes);
        try (GatlingLogTail tail = new GatlingLogTail(log)) {
            tail.poll(new Diary());
            Files.write(log, new byte[] {0});
            assertThatThrownBy(() -> tail.poll(new Diary()))
                    .isInstanceOf(UnreadableLogException.class)
                    .hasMessage(log + ": cannot be read: the log became shorter: 1 bytes, of which " + bytes.length
                            + " had been read");
        }
    }
}
