package io.plimsoll.environments.local.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    private static final Instant T0 = Instant.parse("2026-11-24T04:00:00Z");

    @TempDir
    Path directory;

    private final LogStore store = new LogStore(Clock.systemUTC());

    private void say(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> lines(String group) {
        return store.group(group).stream()
                .flatMap(found -> found.lines().stream())
                .map(LogLine::message)
                .toList();
    }

    @Test
    void eachLineIsTakenInOnceItIsCompleteAndOnlyOnce() throws IOException {
        LogFiles files = new LogFiles(directory, store, name -> "/plimsoll/" + name);
        say("db.log", "started\n\nready for");
        files.read(T0);
        files.read(T0);
        assertThat(lines("/plimsoll/db")).containsExactly("started");

        say("db.log", " connections\n");
        say("i-1.log", "SEVERE database lost\n");
        say("notes.txt", "not a log\n");
        files.read(T0.plusSeconds(1));

        assertThat(lines("/plimsoll/db")).containsExactly("started", "ready for connections");
        assertThat(lines("/plimsoll/i-1")).containsExactly("SEVERE database lost");
        assertThat(store.groups()).hasSize(2);
        assertThat(store.group("/plimsoll/i-1").orElseThrow().streams()).containsExactly("i-1");
    }

    @Test
    void aProcessThatHasSaidNothingYetHasItsGroupAlready() throws IOException {
        say("i-2.log", "");
        new LogFiles(directory, store, name -> "/plimsoll/read").read(T0);

        assertThat(store.group("/plimsoll/read").orElseThrow().lines()).isEmpty();
    }

    @Test
    void aFileLargerThanOneReadIsTakenInPiecemeal() throws IOException {
        LogFiles files = new LogFiles(directory, store, name -> "/plimsoll/" + name);
        say("db.log", "x".repeat(70_000) + "\nend\n");
        files.read(T0);
        files.read(T0);

        assertThat(lines("/plimsoll/db").stream().map(String::length)).containsExactly(1 << 16, 70_000 - (1 << 16), 3);
    }

    @Test
    void aDirectoryThatIsGoneHasNoLogs() {
        new LogFiles(directory.resolve("gone"), store, name -> name).read(T0);

        assertThat(store.groups()).isEmpty();
    }
}
