package io.plimsoll.environments.local.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return new UserCache(root).directory("entry-1", directory -> {
            fillings.incrementAndGet();
            Files.writeString(Files.createDirectories(directory.resolve("bin")).resolve("program"), "0123456789");
        });
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
        try (Stream<Path> entries = Files.list(root)) {
            assertThat(entries).containsExactly(root.resolve("entry-1"));
        }
    }

    @Test
    void aFillingThatFailsLeavesNothing() throws IOException {
        assertThatThrownBy(() -> new UserCache(root).directory("entry-1", directory -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "cache entry " + root.resolve("entry-1") + " cannot be made: java.io.IOException: disk full");
        try (Stream<Path> entries = Files.list(root)) {
            assertThat(entries).isEmpty();
        }
    }

    @Test
    void itLivesWhereTheUserKeepsCaches() {
        UserCache configured = UserCache.ofUser(Map.of("XDG_CACHE_HOME", root + "/xdg"), "/home/one");

        assertThat(configured.directory("a", directory -> {})).isEqualTo(root.resolve("xdg/plimsoll/a"));
        UserCache relative = UserCache.ofUser(Map.of("XDG_CACHE_HOME", "xdg"), root.toString());
        assertThat(relative.directory("a", directory -> {})).isEqualTo(root.resolve(".cache/plimsoll/a"));
    }
}
