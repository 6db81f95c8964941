package io.plimsoll.simulations.fleet;

import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.ShardPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A gang of injectors that is asked for.
 *
 * @param run the run's id
 * @param count of injectors
 * @param home working directory of each: the checkout that holds the files of the run
 * @param results where they publish
 * @param options Java's, the same for all
 * @param lead from when the gang has all that it needs to T0: time for its processes to start
 * @param longest after T0 nothing of it must run for longer
 */
public record GangOrder(
        String run, int count, Path home, ResultsPlace results, List<String> options, Duration lead, Duration longest) {
    /** Name of the file of Java's options for all of them. */
    static final String OPTIONS = "injector.args";

    public GangOrder {
        options = List.copyOf(options);
        if (!(count >= 1 && count <= ShardContract.MOST)) {
            throw new IllegalArgumentException("injectors: must be 1 to " + ShardContract.MOST + ", were " + count);
        }
    }

    /** What an injector is started by: {@code simulations/injector} of the checkout that this class was built in. */
    public static Path injector() {
        try {
            Path classes = Path.of(GangOrder.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path script = classes.resolveSibling("..").resolve("injector").normalize();
            if (!Files.isExecutable(script) || !Files.isReadable(classes.resolveSibling("injector.classpath"))) {
                throw new EngineException(
                        script + ": is not there or its module not built; run this first:" + " mvn -q test-compile");
            }
            return script;
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("a class path entry is always a URI", e);
        }
    }

    /** The directory of the evidence that what they publish gets to. */
    ShardPlace place() {
        return results.gathered();
    }

    /** Writes what every injector reads as it starts. */
    void write() {
        Path file = write(OPTIONS, options.stream().map(GangOrder::quoted).collect(Collectors.joining("\n", "", "\n")));
        try {
            results.offer(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while the injectors' options were put to " + results.told());
        }
    }

    /** Writes a file of the gang beside what it publishes. */
    Path write(String name, String text) {
        Path file = place().directory().resolve(name);
        try {
            return Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw EvidenceException.unwritable(file + ": cannot be written: " + e, e);
        }
    }

    /** As Java reads its argument files. */
    private static String quoted(String option) {
        return '"' + option.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** T0 of a gang that has all that it needs now: a whole second, by which requests are counted. */
    Instant startFrom(Clock clock) {
        return Instant.ofEpochSecond(clock.instant().plus(lead).getEpochSecond() + 1);
    }
}
