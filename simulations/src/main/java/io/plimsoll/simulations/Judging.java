package io.plimsoll.simulations;

import io.plimsoll.assertions.Judge;
import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageFiles;
import io.plimsoll.assertions.binding.MissedSlo;
import io.plimsoll.environments.aws.descriptor.EnvironmentFile;
import io.plimsoll.results.observation.MetricVocabulary;
import io.plimsoll.results.report.Attachments;
import io.plimsoll.results.report.Reports;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.FiguresFile;
import io.plimsoll.results.verdict.Baseline;
import io.plimsoll.results.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * From stored evidence to the verdict and its reports. A run judges itself by this, and so does {@code judge} later and
 * elsewhere: the same evidence gives the same files.
 */
public final class Judging {
    /** Where the stage files of a run lie within its evidence. */
    static final String STAGES = "assertions/stages";
    /** Where what earlier runs came to lies within its evidence. */
    static final String BASELINE = "baseline.json";

    private Judging() {}

    /**
     * Judges and writes {@code verdict.json}, {@code junit.xml}, {@code summary.md}, {@code report.html} and {@code
     * figures.json}.
     *
     * @param directory the evidence
     */
    public static Verdict judge(Path directory) {
        return judge(directory, directory);
    }

    /**
     * The same, with the files written elsewhere.
     *
     * @param output made if it does not exist
     */
    public static Verdict judge(Path directory, Path output) {
        EvidenceDirectory stored = EvidenceDirectory.open(directory);
        Evidence evidence = stored.read();
        Stage stage = stage(stored, evidence);
        Judge.Judgement judgement = Judge.judgement(stage, evidence, baseline(stored.path()));
        Attachments attachments = Attachments.of(
                stored,
                judgement.figures(),
                baseline(stored.path()),
                MissedSlo.of(stage, judgement.verdict(), evidence));
        Reports.writeAll(output, judgement.verdict(), evidence, attachments);
        FiguresFile.write(output, judgement.figures());
        return judgement.verdict();
    }

    private static Judge.Judgement judgement(EvidenceDirectory stored, Evidence evidence) {
        return Judge.judgement(stage(stored, evidence), evidence, baseline(stored.path()));
    }

    private static Stage stage(EvidenceDirectory stored, Evidence evidence) {
        Path inputs = stored.path().resolve("inputs");
        Stage stage = StageFiles.load(inputs.resolve(STAGES), vocabulary(inputs, evidence))
                .stage(evidence.facts().stage());
        return Omissions.apply(stage, stored.path(), evidence);
    }

    /** The catalogue's metrics, and those that the run's environment file names. */
    private static MetricVocabulary vocabulary(Path inputs, Evidence evidence) {
        Path file = inputs.resolve("environments").resolve(evidence.facts().environment() + ".yaml");
        return Files.exists(file)
                ? MetricVocabulary.standard().with(EnvironmentFile.metrics(file))
                : MetricVocabulary.standard();
    }

    /** What the run is to be compared with; empty if its evidence does not say, or that cannot be read. */
    private static Optional<Baseline> baseline(Path directory) {
        Path file = directory.resolve("inputs").resolve(BASELINE);
        try {
            return Files.exists(file) ? Optional.of(FiguresFile.readBaseline(file)) : Optional.empty();
        } catch (EvidenceException e) {
            return Optional.empty();
        }
    }

    /** Judges and writes nothing. */
    public static Verdict verdict(EvidenceDirectory stored, Evidence evidence) {
        return judgement(stored, evidence).verdict();
    }
}
