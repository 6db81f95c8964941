package io.plimsoll.environments.local.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCacheTest {
    private final AtomicInteger fillings = new AtomicInteger();

    @TempDir
    Path root;

    private Path entry() {
        return entry(new UserCache(root));
    }

    private Path entry(UserCache cache) {
        return cache.directory("entry-1", directory -> {
            fillings.incrementAndGet();
            Files.writeString(Files.createDirectories(directory.resolve("bin")).resolve("program"), "0123456789");
        });
    }

    /** A directory of 10 bytes that no process uses. */
    private void unused(String name, Duration since) throws IOException {
        Path directory = Files.createDirectory(root.resolve(name));
        tenBytes(directory);
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(since)));
    }

    private static void tenBytes(Path directory) throws IOException {
        Files.writeString(directory.resolve("file"), "0123456789");
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anEntryIsFilledOnce() {
        assertThat(entry().resolve("bin/program")).hasContent("0123456789");
        assertThat(entry()).isEqualTo(root.resolve("entry-1"));
        assertThat(fillings).hasValue(1);
    }

    @Test
    void anEntryWithAMissingFileIsMadeAnew() throws IOException {
        Files.delete(entry().resolve("bin/program"));

        assertThat(entry().resolve("bin/program")).hasContent("0123456789");
        assertThat(fillings).hasValue(2);
    }

    @Test
    void anEntryWithACutFileIsMadeAnew() throws IOException {
        Files.writeString(entry().resolve("bin/program"), "0123");

        assertThat(entry().resolve("bin/program")).hasContent("0123456789");
    }

    @Test
    void aDirectoryThatWasNeverFinishedIsMadeAnew() throws IOException {
        Files.writeString(Files.createDirectories(root.resolve("entry-1/bin")).resolve("program"), "0123456789");

        entry();

        assertThat(fillings).hasValue(1);
    }

    @Test
    void manyAtOnceGetTheSameWholeEntryAndLeaveNothingElse() throws IOException {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<Path>> all = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(this::entry, executor))
                    .toList();
            for (CompletableFuture<Path> one : all) {
                assertThat(one.join().resolve("bin/program")).hasContent("0123456789");
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(kept()).containsExactly("entry-1");
    }

    @Test
    void aFillingThatFailsLeavesNothing() throws IOException {
        assertThatThrownBy(() -> new UserCache(root).directory("entry-1", directory -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "cache entry " + root.resolve("entry-1") + " cannot be made: java.io.IOException: disk full");
        assertThat(kept()).isEmpty();
    }

    @Test
    void itLivesWhereTheUserKeepsCaches() {
        UserCache configured = UserCache.ofUser(Map.of("XDG_CACHE_HOME", root + "/xdg"), "/home/one");

        assertThat(configured.directory("a", directory -> {})).isEqualTo(root.resolve("xdg/plimsoll/a"));
        UserCache relative = UserCache.ofUser(Map.of("XDG_CACHE_HOME", "xdg"), root.toString());
        assertThat(relative.directory("a", directory -> {})).isEqualTo(root.resolve(".cache/plimsoll/a"));
    }

    @Test
    void whatWasUsedLongestAgoGoesBeyondTheBound() throws IOException {
        unused("a", Duration.ofHours(3));
        unused("b", Duration.ofHours(1));
        unused("c", Duration.ofHours(2));

        // The new entry has 10 bytes, and its list 15.
        entry(new UserCache(root, 45));

        assertThat(kept()).containsExactly("b", "c", "entry-1");
    }

    @Test
    void oneByteLessThanIsNeededLetsOneMoreGo() throws IOException {
        unused("b", Duration.ofHours(1));
        unused("c", Duration.ofHours(2));

        entry(new UserCache(root, 44));

        assertThat(kept()).containsExactly("b", "entry-1");
    }

    @Test
    void whatWasNotUsedForAWeekGoes() throws IOException {
        unused("a", Duration.ofDays(7).plusHours(1));
        unused("b", Duration.ofDays(7).minusHours(1));

        entry();

        assertThat(kept()).containsExactly("b", "entry-1");
    }

    @Test
    void whatAKilledProcessLeftHalfMadeGoesAfterAnHour() throws IOException {
        unused("a.new-1", Duration.ofMinutes(61));
        unused("b.broken-2", Duration.ofMinutes(61));
        unused("c.new-3", Duration.ofMinutes(59));

        entry();

        assertThat(kept()).containsExactly("c.new-3", "entry-1");
    }

    @Test
    void whatThisProcessUsesStaysHoweverLittleIsToBeKept() throws IOException {
        UserCache nothing = new UserCache(root, 0);
        entry(nothing);
        nothing.directory("entry-2", UserCacheTest::tenBytes);

        assertThat(kept()).containsExactly("entry-1", "entry-2");
    }

    @Test
    void whatAnotherProcessUsesStaysUntilItIsKilled() throws Exception {
        Process user = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        UserCache nothing = new UserCache(root, 0);
        try (BufferedReader said = user.inputReader()) {
            assertThat(said.readLine()).isEqualTo("used");
            nothing.directory("entry-1", UserCacheTest::tenBytes);
            assertThat(kept()).containsExactly("entry-1", "theirs");
        } finally {
            user.destroyForcibly().waitFor();
        }

        nothing.directory("entry-2", UserCacheTest::tenBytes);

        assertThat(kept()).containsExactly("entry-1", "entry-2");
    }

    /** Uses an entry until it is killed. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws IOException {
            new UserCache(Path.of(arguments[0])).directory("theirs", UserCacheTest::tenBytes);
            System.out.println("used");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
