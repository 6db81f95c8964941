package io.plimsoll.environments.local.binaries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Directories that are made once and then used by every run. Safe for several threads and processes. */
public final class UserCache {
    private static final String CONTENTS = ".contents";
    private static final Pattern LEFT_OVER = Pattern.compile("\\.(new|broken)-\\d+$");

    private final Path root;

    public UserCache(Path root) {
        this.root = root;
    }

    /** The cache of this user: {@code $XDG_CACHE_HOME/plimsoll}, or {@code ~/.cache/plimsoll}. */
    public static UserCache ofUser() {
        return ofUser(System.getenv(), System.getProperty("user.home", "."));
    }

    static UserCache ofUser(Map<String, String> environment, String home) {
        String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
        // The XDG base directory specification: a relative path is invalid and must be ignored.
        Path base = configured.startsWith("/") ? Path.of(configured) : Path.of(home, ".cache");
        return new UserCache(base.resolve("plimsoll"));
    }

    /** Fills an empty directory. */
    @FunctionalInterface
    public interface Filling {
        void fill(Path directory) throws IOException;
    }

    /**
     * The directory of that name, made by {@code filling} unless it is there and whole: one whose files are missing or
     * have another size is made anew.
     *
     * @param name tells apart all that must not be mixed, so it holds versions
     * @throws UncheckedIOException if it cannot be made
     */
    public Path directory(String name, Filling filling) {
        Path target = root.resolve(name);
        try {
            if (isWhole(target)) {
                Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
                return target;
            }
            Files.createDirectories(root);
            sweep();
            Path fresh = Files.createTempDirectory(root, name + ".new-");
            try {
                filling.fill(fresh);
                Files.write(fresh.resolve(CONTENTS), contents(fresh), StandardCharsets.UTF_8);
                publish(fresh, target);
            } finally {
                delete(fresh);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cache entry " + target + " cannot be made: " + e, e);
        }
    }

    /** Removes what killed processes left half made an hour ago, and what no run has used for a week. */
    private void sweep() throws IOException {
        Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
        Instant weekAgo = Instant.now().minus(Duration.ofDays(7));
        List<Path> entries;
        try (Stream<Path> listing = Files.list(root)) {
            entries = listing.toList();
        }
        for (Path entry : entries) {
            boolean leftOver = LEFT_OVER.matcher(entry.toString()).find();
            if (lastUsedBefore(leftOver ? hourAgo : weekAgo, entry)) {
                delete(entry);
            }
        }
    }

    private static boolean lastUsedBefore(Instant moment, Path entry) throws IOException {
        try {
            return Files.getLastModifiedTime(entry).toInstant().isBefore(moment);
        } catch (NoSuchFileException e) {
            return false; // another process put it in its place, or swept it, after it was listed
        }
    }

    /** Puts a whole directory in its place; another process may have done so meanwhile, and then its work is used. */
    private void publish(Path fresh, Path target) throws IOException {
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException e) {
                if (isWhole(target)) {
                    return;
                }
                if (!Files.exists(target)) {
                    throw e;
                }
                Path broken = Files.createTempDirectory(root, target.getFileName() + ".broken-");
                Files.move(target, broken, StandardCopyOption.ATOMIC_MOVE);
                delete(broken);
            }
        }
        throw new IOException("another process keeps writing to " + target);
    }

    private static boolean isWhole(Path directory) throws IOException {
        Path list = directory.resolve(CONTENTS);
        return Files.isRegularFile(list)
                && Files.readAllLines(list, StandardCharsets.UTF_8).equals(contents(directory));
    }

    /** Every file but the list itself as {@code size path}, sorted. */
    private static List<String> contents(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(CONTENTS))
                    .map(file -> file.toFile().length() + " " + directory.relativize(file))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
