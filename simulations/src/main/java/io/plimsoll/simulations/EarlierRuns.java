package io.plimsoll.simulations;

import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.FiguresFile;
import io.plimsoll.results.verdict.Baseline;
import io.plimsoll.results.verdict.Figures;
import io.plimsoll.results.verdict.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What earlier runs came to: those that were signed off, in {@code results/baselines}, and those whose evidence is still
 * here, in {@code results/runs}. A run that is in both counts once, as it was signed off.
 */
public final class EarlierRuns {
    /** How many passes a run is compared with. */
    static final int WANTED = 5;

    private static final String BASELINES = "baselines";

    private EarlierRuns() {}

    /**
     * The figures of all earlier runs, the earliest first. A file that is none is left out: it is for {@code judge} to
     * complain about the run that it belongs to.
     *
     * @param results the folder of {@code runs} and {@code baselines}
     */
    public static List<Figures> all(Path results) {
        Map<String, Figures> byRun = new TreeMap<>();
        Stream.of(
                        files(results.resolve("runs")).map(run -> run.resolve(FiguresFile.NAME)),
                        files(results.resolve(BASELINES)))
                .flatMap(files -> files)
                .filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                .flatMap(EarlierRuns::read)
                .forEach(figures -> byRun.put(figures.runId(), figures));
        return byRun.values().stream()
                .sorted(Comparator.comparing(Figures::started).thenComparing(Figures::runId))
                .toList();
    }

    private static Stream<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be listed", e);
        }
    }

    private static Stream<Figures> read(Path file) {
        try {
            return Stream.of(FiguresFile.readFigures(file));
        } catch (EvidenceException e) {
            return Stream.empty();
        }
    }

    /** The latest passes of a stage, an environment and a profile. */
    static Baseline baseline(Path results, String stage, String environment, String profile) {
        List<Figures> passes = all(results).stream()
                .filter(run -> run.outcome() == Outcome.PASS && run.comparableWith(stage, environment, profile))
                .sorted(Comparator.comparing(Figures::started).reversed())
                .limit(WANTED)
                .toList();
        return new Baseline(WANTED, passes);
    }

    /** Keeps the baseline of a run in its evidence. */
    static void keep(Baseline baseline, EvidenceDirectory evidence) {
        try {
            Path draft = Files.createTempFile("plimsoll-baseline", ".json");
            try {
                FiguresFile.write(draft, baseline);
                evidence.addInput(draft, Judging.BASELINE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new EvidenceException(evidence.path() + ": the baseline cannot be kept: " + e, e);
        }
    }
}
