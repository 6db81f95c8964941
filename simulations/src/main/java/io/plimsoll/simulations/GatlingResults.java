package io.plimsoll.simulations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Gatling writes: a directory for each run, whose name it tells nobody. */
record GatlingResults(Path directory) {
    /** Set by the Maven module, which also tells Gatling. */
    static final String PROPERTY = "plimsoll.gatlingResults";

    private static final String LOG = "simulation.log";

    static GatlingResults of(RunOptions options) {
        String set = System.getProperty(PROPERTY);
        return new GatlingResults(set != null ? Path.of(set) : options.home().resolve("simulations/target/gatling"));
    }

    /**
     * The newest log that was created since a moment.
     *
     * @param since to the second, the coarsest resolution of file systems
     */
    Optional<Path> logSince(Instant since) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> runs = Files.list(directory)) {
            return runs.map(run -> run.resolve(LOG))
                    .filter(Files::isRegularFile)
                    .filter(log -> !created(log).toInstant().isBefore(since.minusSeconds(1)))
                    .max(Comparator.comparing(GatlingResults::created));
        } catch (IOException e) {
            throw new RunFailure(RunFailure.Cause.IO, directory + ": cannot be listed: " + e.getMessage());
        }
    }

    private static FileTime created(Path log) {
        try {
            return Files.readAttributes(log, java.nio.file.attribute.BasicFileAttributes.class)
                    .creationTime();
        } catch (IOException e) {
            throw new RunFailure(RunFailure.Cause.IO, log + ": cannot be read: " + e.getMessage());
        }
    }
}
