package io.plimsoll.results.run;

import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory that the injectors of a run and whoever gathers their results share. Of injector {@code i} it holds:
 *
 * <table>
 *   <caption>Files</caption>
 *   <tr><td>{@code injector-i.hlog}</td><td>its requests, as {@link RequestLog} writes them</td></tr>
 *   <tr><td>{@code injector-i.json}</td><td>{@link ShardFacts}, with the log's checksum; written after the log</td></tr>
 *   <tr><td>{@code injector-i.exit}</td><td>exit code of its process, a line; written by what started it, last</td></tr>
 * </table>
 *
 * <p>Each gets its name when it is complete: a file is there and whole, or is not there.
 */
public record ShardPlace(Path directory) {
    /** File systems stamp files by a clock that ticks every few milliseconds: at the coarsest 10, of a 100 Hz kernel. */
    private static final long RESOLUTION_MILLIS = 10;
    /** Most injectors of a run. */
    public static final int MOST = 1000;

    private static final Pattern OWN = Pattern.compile("injector-(\\d{1,4})\\.(?:hlog|json|exit|out)");

    /** Makes the directory. */
    public static ShardPlace create(Path directory) {
        try {
            return new ShardPlace(Files.createDirectories(directory));
        } catch (IOException e) {
            throw EvidenceException.unwritable(directory + ": cannot be made: " + e, e);
        }
    }

    /** An injector's request log, which need not be there. */
    public Path log(int index) {
        return file(index, "hlog");
    }

    private Path file(int index, String extension) {
        return directory.resolve("injector-" + index + "." + extension);
    }

    /**
     * Publishes what an injector sent.
     *
     * @param facts whose checksum is replaced by that of the log
     * @throws EvidenceException if it cannot be written
     */
    public void publish(ShardFacts facts, RequestHistograms requests) {
        Path log = log(facts.index());
        WholeFile.replace(log, draft -> RequestLog.writeStored(requests, draft));
        try {
            WholeFile.write(file(facts.index(), "json"), EvidenceJson.document(facts.withLog(sha256(log))));
        } catch (IOException e) {
            throw EvidenceException.unwritable(log + ": cannot be published: " + e, e);
        }
    }

    /**
     * What an injector published; empty if it published nothing.
     *
     * @throws EvidenceException if that cannot be read
     */
    public Optional<ShardFacts> facts(int index) {
        return text(file(index, "json")).map(text -> {
            try {
                return EvidenceJson.read(text, ShardFacts.class);
            } catch (EvidenceException e) {
                throw new EvidenceException(file(index, "json").getFileName() + ": " + e.getMessage(), e);
            }
        });
    }

    /** What is known of each injector: as many as any of them says there are, or as there are files of. */
    List<ShardRecord> records() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        SortedMap<Integer, ShardRecord> known = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.map(file -> OWN.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(own -> Integer.valueOf(own.group(1)))
                    .forEach(index -> known.computeIfAbsent(index, this::record));
        } catch (IOException e) {
            throw new EvidenceException(directory + ": cannot be read: " + e, e);
        }
        int count = known.values().stream()
                .flatMap(injector -> injector.facts().stream())
                .mapToInt(ShardFacts::count)
                .max()
                .orElse(0);
        for (int index = 0; index < Math.min(count, MOST); index++) {
            known.computeIfAbsent(index, this::record);
        }
        return List.copyOf(known.values());
    }

    private ShardRecord record(int index) {
        Optional<ShardFacts> facts;
        try {
            facts = facts(index);
        } catch (EvidenceException e) {
            facts = Optional.empty();
        }
        return new ShardRecord(index, exitCode(index), facts);
    }

    /** The exit code of an injector's process; empty if it has not ended, or nothing was left to tell. */
    public OptionalInt exitCode(int index) {
        String text = text(file(index, "exit")).orElse("").strip();
        return text.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new EvidenceException(file + ": cannot be read: " + e, e);
        }
    }

    /** Whether an injector's log is the one it published. */
    public boolean logIsAsPublished(ShardFacts facts) {
        try {
            return Files.isRegularFile(log(facts.index()))
                    && sha256(log(facts.index())).equals(facts.logSha256());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Takes over a file that was published elsewhere. It gets its name here only if it is what its publication says.
     *
     * @param arrived the file, in this directory under another name; moved
     * @throws EvidenceException if it is not, or cannot be moved
     */
    public void accept(ShardPublication.Part part, Path arrived) {
        try {
            long bytes = Files.size(arrived);
            String sha256 = sha256(arrived);
            if (bytes != part.bytes() || !sha256.equals(part.sha256())) {
                Files.delete(arrived);
                throw new EvidenceException(part.name() + " is not as its publication says: must have " + part.bytes()
                        + " bytes and SHA-256 " + part.sha256() + ", had " + bytes + " and " + sha256);
            }
            Files.move(arrived, directory.resolve(part.name()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw EvidenceException.unwritable(part.name() + ": cannot be taken over: " + e, e);
        }
    }

    /** SHA-256 of a file, in lower-case hexadecimal. */
    public static String sha256(Path file) throws IOException {
        return Checksum.SHA_256.of(file);
    }

    /**
     * The clock of this place minus another: a file is written, and its time of modification, which a file server sets by
     * its own clock, compared with the other clock before and after. All who share the place are measured against the
     * same clock.
     *
     * @param clock the other clock
     * @param who names the file; nobody else's
     */
    public RunFacts.ClockOffset clockOffset(Clock clock, String who) {
        Path probe = directory.resolve("." + who + ".clock");
        try {
            Instant before = clock.instant();
            Files.writeString(probe, "?");
            Instant after = clock.instant();
            Instant there = Files.getLastModifiedTime(probe).toInstant();
            Files.delete(probe);
            long half = (after.toEpochMilli() - before.toEpochMilli()) / 2;
            return new RunFacts.ClockOffset(
                    there.toEpochMilli() - (before.toEpochMilli() + half), half + RESOLUTION_MILLIS);
        } catch (IOException e) {
            throw EvidenceException.unwritable(probe + ": cannot be written: " + e, e);
        }
    }
}
