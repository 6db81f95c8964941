package io.plimsoll.environments.local.binaries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Directories that are made once and then used by every run. What no run has used for a week is removed whenever something
 * is made, and of the rest, so that at most 1 GiB is kept, what was used longest ago; never what a process uses that runs.
 * Safe for several threads and processes.
 */
public final class UserCache {
    private static final String CONTENTS = ".contents";
    private static final Pattern LEFT_OVER = Pattern.compile("\\.(new|broken)-\\d+$");
    private static final Duration LEFT_OVER_AGE = Duration.ofHours(1);
    private static final Duration LONGEST_UNUSED = Duration.ofDays(7);
    private static final long MOST_BYTES = 1L << 30;

    private final Path root;
    private final long mostBytes;
    private final UseMarks marks;

    public UserCache(Path root) {
        this(root, MOST_BYTES);
    }

    UserCache(Path root, long mostBytes) {
        this.root = root;
        this.mostBytes = mostBytes;
        this.marks = new UseMarks(root);
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
     * have another size is made anew. It then stays until this process ends.
     *
     * @param name tells apart all that must not be mixed, so it holds versions
     * @throws UncheckedIOException if it cannot be made
     */
    public Path directory(String name, Filling filling) {
        Path target = root.resolve(name);
        try {
            if (marks.alone(() -> take(target))) {
                return target;
            }
            Path fresh = Files.createTempDirectory(root, name + ".new-");
            try {
                filling.fill(fresh);
                Files.write(fresh.resolve(CONTENTS), contents(fresh), StandardCharsets.UTF_8);
                marks.alone(() -> publish(fresh, target));
            } finally {
                delete(fresh);
            }
            for (Path unwanted : marks.alone(this::sweep)) {
                delete(unwanted);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cache entry " + target + " cannot be made: " + e, e);
        }
    }

    /** Marks an entry as used, if it is whole. */
    private boolean take(Path target) throws IOException {
        if (!isWhole(target)) {
            return false;
        }
        marks.hold(name(target));
        touch(target);
        return true;
    }

    /** Puts a whole directory in its place; another process may have done so meanwhile, and then its work is used. */
    private boolean publish(Path fresh, Path target) throws IOException {
        if (take(target)) {
            return true;
        }
        if (Files.exists(target)) {
            delete(aside(target));
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        return take(target);
    }

    /** Gives a directory a name that says that it is being deleted, which no other process then does for an hour. */
    private Path aside(Path entry) throws IOException {
        Path broken = Files.createTempDirectory(root, name(entry) + ".broken-");
        Files.move(entry, broken, StandardCopyOption.ATOMIC_MOVE);
        return touch(broken);
    }

    private static Path touch(Path entry) throws IOException {
        return Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
    }

    /** An entry, when it was last used, and its size. */
    private record Entry(Path path, Instant used, long bytes) {}

    /** Moves aside what is to be deleted: what killed processes left half made, and what need not be kept. */
    private List<Path> sweep() throws IOException {
        Instant now = Instant.now();
        List<Path> unwanted = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : entries()) {
            if (!LEFT_OVER.matcher(name(entry.path())).find()) {
                entries.add(entry);
            } else if (entry.used().isBefore(now.minus(LEFT_OVER_AGE))) {
                unwanted.add(aside(entry.path()));
            }
        }
        long kept = 0;
        for (Entry entry : entries) {
            boolean wanted = entry.used().isAfter(now.minus(LONGEST_UNUSED)) && kept + entry.bytes() <= mostBytes;
            if (!wanted && marks.isFree(name(entry.path()))) {
                unwanted.add(aside(entry.path()));
            } else {
                kept += entry.bytes();
            }
        }
        return unwanted;
    }

    /** All entries, the one used last first. */
    private List<Entry> entries() throws IOException {
        List<Path> paths;
        try (Stream<Path> listing = Files.list(root)) {
            paths = listing.filter(path -> !name(path).startsWith(".")).toList();
        }
        List<Entry> entries = new ArrayList<>();
        for (Path path : paths) {
            entry(path).ifPresent(entries::add);
        }
        entries.sort(Comparator.comparing(Entry::used).reversed());
        return entries;
    }

    /** Empty if another process has finished it, or deleted it, since it was listed. */
    private static Optional<Entry> entry(Path path) throws IOException {
        try {
            return Optional.of(new Entry(path, Files.getLastModifiedTime(path).toInstant(), bytes(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }

    private static boolean isWhole(Path directory) throws IOException {
        Path list = directory.resolve(CONTENTS);
        return Files.isRegularFile(list)
                && Files.readAllLines(list, StandardCharsets.UTF_8).equals(contents(directory));
    }

    /** Every file but the list itself as {@code size path}, sorted. */
    private static List<String> contents(Path directory) throws IOException {
        return files(directory).stream()
                .filter(file -> !file.endsWith(CONTENTS))
                .map(file -> file.toFile().length() + " " + directory.relativize(file))
                .sorted()
                .toList();
    }

    private static long bytes(Path directory) throws IOException {
        return files(directory).stream()
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
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
