package io.plimsoll.results.report;

import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.WholeFile;
import io.plimsoll.results.verdict.Verdict;
import java.nio.file.Path;

/** Writes what a person and a CI read of a run. */
public final class Reports {
    private Reports() {}

    /**
     * Writes {@code verdict.json}, {@code junit.xml}, {@code summary.md} and {@code report.html}, in UTF-8, each in place
     * of an earlier one at once: a reader never sees half a file. {@code verdict.json} comes last, so where it is new the
     * others are too. All four are rendered before the first is written.
     *
     * @param directory usually that of the evidence; made if it does not exist
     * @throws EvidenceException if a file cannot be written; the message names it
     */
    public static void writeAll(Path directory, Verdict verdict, Evidence evidence) {
        writeAll(directory, verdict, evidence, Attachments.NONE);
    }

    /** The same, with what the report shows beside verdict and evidence. */
    public static void writeAll(Path directory, Verdict verdict, Evidence evidence, Attachments attachments) {
        String json = VerdictJson.render(verdict, attachments.capacity(), attachments.limits());
        String junit = JUnitXml.render(verdict, evidence);
        String summary = SummaryMarkdown.render(verdict, evidence, attachments);
        String html = HtmlReport.render(verdict, evidence, attachments);
        WholeFile.write(directory.resolve("report.html"), html);
        WholeFile.write(directory.resolve("summary.md"), summary);
        WholeFile.write(directory.resolve("junit.xml"), junit);
        WholeFile.write(directory.resolve("verdict.json"), json);
    }
}
