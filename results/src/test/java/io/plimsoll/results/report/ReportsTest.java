package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the default language and time zone are changed")
class ReportsTest {
    private static final String[] FILES = {"junit.xml", "report.html", "summary.md", "verdict.json"};

    @TempDir
    private Path directory;

    private Path write(String name) throws IOException {
        Path run = Files.createDirectory(directory.resolve(name));
        Reports.writeAll(run, ExampleRun.verdict(Outcome.FAIL), ExampleRun.evidence());
        return run;
    }

    @Test
    void writesTheFourFilesAndLeavesNothingElse() throws Exception {
        try (var files = Files.list(write("run"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(FILES);
        }
    }

    @Test
    void judgingAgainElsewhereGivesTheSameBytes() throws Exception {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        Path here = write("here");
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
            Path elsewhere = write("elsewhere");
            for (String file : FILES) {
                assertThat(elsewhere.resolve(file)).hasSameBinaryContentAs(here.resolve(file));
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void replacesAnEarlierFile() throws Exception {
        Path run = write("run");
        Files.writeString(run.resolve("verdict.json"), "stale");
        Reports.writeAll(run, ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence());

        assertThat(run.resolve("verdict.json")).content().contains("\"verdict\" : \"PASS\"");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws IOException {
        Path taken = Files.writeString(directory.resolve("taken"), "a file where a directory must be");

        assertThatThrownBy(() -> Reports.writeAll(taken, ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence()))
                .isInstanceOfSatisfying(
                        EvidenceException.class,
                        thrown -> assertThat(thrown.kind()).isEqualTo(EvidenceException.Kind.UNWRITABLE))
                .hasMessageStartingWith(taken.resolve("report.html") + ": cannot be written: ");
    }
}
