package io.plimsoll.simulations;

import io.plimsoll.assertions.Judge;
import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageFiles;
import io.plimsoll.results.report.Attachments;
import io.plimsoll.results.report.Reports;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.verdict.Verdict;
import java.nio.file.Path;

/**
 * From stored evidence to the verdict and its reports. A run judges itself by this, and so does {@code judge} later and
 * elsewhere: the same evidence gives the same files.
 */
public final class Judging {
    /** Where the stage files of a run lie within its evidence. */
    static final String STAGES = "assertions/stages";

    private Judging() {}

    /**
     * Judges and writes {@code verdict.json}, {@code junit.xml}, {@code summary.md} and {@code report.html}.
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
        Verdict verdict = verdict(stored, evidence);
        Reports.writeAll(output, verdict, evidence, Attachments.of(stored));
        return verdict;
    }

    /** Judges and writes nothing. */
    public static Verdict verdict(EvidenceDirectory stored, Evidence evidence) {
        Stage stage = StageFiles.load(stored.path().resolve("inputs").resolve(STAGES))
                .stage(evidence.facts().stage());
        return Judge.judge(Omissions.apply(stage, stored.path(), evidence), evidence);
    }
}
