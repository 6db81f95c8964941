package io.plimsoll.simulations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlimsollCommandTest {
    private static final Path STAGES = Path.of("..", "assertions", "stages");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory = Path.of("");

    @Test
    void checkListsTheShippedStages() {
        assertThat(execute("check", STAGES.toString())).isZero();
        assertThat(out.toString())
                .contains("single-box")
                .contains("auto-scaled")
                .contains("distributed-data")
                .hasLineCount(6);
    }

    @Test
    void checkNamesFileLineAndPlaceOfAMistake() throws IOException {
        Path file = directory.resolve("a.yaml");
        Files.writeString(file, """
                stage: a
                title: a stage
                claims:
                  - id: "1"
                    says: replicas keep up
                    slos:
                      - max(replica lagg) <= 5 s
                """);

        assertThat(execute("check", directory.toString())).isEqualTo(64);
        assertThat(err.toString())
                .startsWith("plimsoll: " + file + ":7: unknown metric 'replica lagg'; did you mean 'replica lag'?")
                .contains("    max(replica lagg) <= 5 s\n        ^");
    }

    @Test
    void aDirectoryThatIsNoEvidenceIsAUsageError() {
        assertThat(execute("judge", directory.toString())).isEqualTo(64);
        assertThat(err.toString()).startsWith("plimsoll: ").contains("run.json");
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThat(execute("jugde")).isEqualTo(64);
        assertThat(err.toString()).contains("jugde");
    }

    @Test
    void noCommandIsAUsageError() {
        assertThat(execute()).isEqualTo(64);
        assertThat(err.toString()).contains("a command is required");
    }

    @Test
    void aRunThatNeverEndedIsJudgedInvalidAndWritesEveryReport() throws IOException {
        Path run = unfinishedRun();

        assertThat(execute("judge", run.toString())).isEqualTo(4);
        assertThat(out.toString()).contains("VERDICT: INVALID").contains("the run never ended");
        assertThat(run).isDirectoryContaining("glob:**/verdict.json");
        assertThat(run).isDirectoryContaining("glob:**/report.html");
        assertThat(run).isDirectoryContaining("glob:**/junit.xml");
        assertThat(run).isDirectoryContaining("glob:**/summary.md");
    }

    @Test
    void judgeDoesTheSameWithAndWithoutTheParserOfAllCommands() throws IOException {
        String run = unfinishedRun().toString();

        assertThat(execute("judge", run)).isEqualTo(execute("judge", "--", run)).isEqualTo(4);
        String printed = out.toString();
        assertThat(printed.substring(printed.length() / 2)).isEqualTo(printed.substring(0, printed.length() / 2));
        assertThat(execute("judge", run + "x"))
                .isEqualTo(execute("judge", "--", run + "x"))
                .isEqualTo(64);
        assertThat(err.toString().lines().distinct())
                .containsExactly("plimsoll: " + run + "x: is not an evidence directory: no such directory");
    }

    @Test
    void judgingAgainWritesTheSameBytes() throws IOException {
        Path run = unfinishedRun();
        execute("judge", run.toString());
        byte[] first = Files.readAllBytes(run.resolve("verdict.json"));
        byte[] report = Files.readAllBytes(run.resolve("report.html"));

        execute("judge", run.toString());

        assertThat(Files.readAllBytes(run.resolve("verdict.json"))).isEqualTo(first);
        assertThat(Files.readAllBytes(run.resolve("report.html"))).isEqualTo(report);
    }

    @Test
    void salvageMakesWholeEvidenceThatNeverPasses() throws IOException {
        Path run = unfinishedRun();

        assertThat(execute("salvage", run.toString())).isEqualTo(4);
        assertThat(out.toString()).contains("VERDICT: INVALID").contains("Salvaged: 0 requests, 0 series, 0 events");
        assertThat(run.resolve("manifest.json")).exists();
        assertThat(execute("judge", run.toString())).isEqualTo(4);
        assertThat(execute("salvage", run.toString())).isEqualTo(64);
        assertThat(err.toString()).isEqualTo("plimsoll: " + run + ": was salvaged before" + System.lineSeparator());
    }

    @Test
    void reportRendersElsewhereAndTellsWhere() throws IOException {
        Path run = unfinishedRun();
        Path elsewhere = directory.resolve("elsewhere");

        assertThat(execute("report", run.toString(), "--output", elsewhere.toString()))
                .isZero();
        assertThat(out.toString())
                .startsWith("INVALID: ")
                .contains(elsewhere.resolve("report.html").toString());
        assertThat(elsewhere).isDirectoryContaining("glob:**/report.html");
        assertThat(run.resolve("report.html")).doesNotExist();
    }

    @Test
    void whatCannotBeWrittenHasAnExitCodeOfItsOwn() throws IOException {
        Path run = unfinishedRun();
        Path taken = Files.writeString(directory.resolve("taken"), "a file where a directory must be");

        assertThat(execute("report", run.toString(), "--output", taken.toString()))
                .isEqualTo(74);
        assertThat(err.toString()).startsWith("plimsoll: " + taken.resolve("report.html") + ": cannot be written: ");
    }

    @Test
    void anInvalidRunIsNeverSignedOff() throws IOException {
        Path run = unfinishedRun();
        Path baselines = directory.resolve("baselines");

        assertThat(execute(
                        "sign-off",
                        run.toString(),
                        "--by",
                        "A. Engineer",
                        "--why",
                        "first",
                        "--accept",
                        "we like it",
                        "--baselines",
                        baselines.toString()))
                .isEqualTo(4);
        assertThat(err.toString())
                .startsWith("plimsoll: not signed off: the verdict is INVALID: ")
                .contains("A run that cannot be relied on is no baseline, whatever the reason.");
        assertThat(baselines).doesNotExist();
    }

    @Test
    void signOffNeedsWhoAndWhy() throws IOException {
        Path run = unfinishedRun();

        assertThat(execute("sign-off", run.toString(), "--by", "A. Engineer")).isEqualTo(64);
        assertThat(err.toString()).contains("--why");
        assertThat(execute("sign-off", run.toString(), "--by", " ", "--why", "x"))
                .isEqualTo(64);
        assertThat(err.toString()).contains("plimsoll: sign-off: --by and --why must not be blank");
    }

    @Test
    void exportWritesOpenMetricsBesideTheEvidenceOrOnTheStandardOutput() throws IOException {
        Path run = unfinishedRun();

        assertThat(execute("export", run.toString(), "--output", "-")).isZero();
        assertThat(out.toString()).contains("plimsoll_verdict=\"INVALID\"} 1\n").endsWith("# EOF\n");
        assertThat(execute("export", run.toString())).isZero();
        assertThat(run.resolve("metrics.openmetrics")).content().endsWith("# EOF\n");
        assertThat(execute("export", run.toString(), "--format", "otlp")).isEqualTo(64);
        assertThat(err.toString()).contains("otlp").contains("openmetrics");
    }

    @Test
    void stagesListsClaimsAndForOneStageItsSlos() {
        assertThat(execute("stages", "--stages", STAGES.toString())).isZero();
        assertThat(out.toString()).contains("auto-scaled: ").contains("  5.1   scale-out is in time");

        assertThat(execute("stages", "auto-scaled", "--stages", STAGES.toString()))
                .isZero();
        assertThat(out.toString()).contains("          time from load-step to healthy <= 7 min");
    }

    @Test
    void anUnknownStageListsTheValidOnes() {
        assertThat(execute("stages", "auto-scald", "--stages", STAGES.toString()))
                .isEqualTo(64);
        assertThat(err.toString())
                .contains("auto-scald")
                .contains("auto-scaled")
                .contains("single-box");
    }

    @Test
    void everyCommandExplainsItselfAndItsExitCodes() {
        for (String name : PlimsollCommand.commandLine().getSubcommands().keySet()) {
            if (!name.equals("help") && !name.equals("generate-completion")) {
                StringWriter help = new StringWriter();
                int code = PlimsollCommand.commandLine()
                        .setOut(new PrintWriter(help, true))
                        .execute(name, "--help");

                assertThat(code).as(name).isZero();
                assertThat(help.toString()).as(name).contains("Exit code:").contains("Usage: plimsoll " + name);
            }
        }
    }

    @Test
    void theCompletionScriptKnowsEveryCommand() {
        assertThat(execute("generate-completion")).isZero();
        assertThat(out.toString())
                .contains("complete -F _complete_plimsoll -o default plimsoll")
                .contains("salvage")
                .contains("report");
    }

    /** What a run leaves that was killed before its end. */
    private Path unfinishedRun() throws IOException {
        EvidenceDirectory evidence = EvidenceDirectory.create(directory, "a-run");
        evidence.writeFacts(new RunFacts(
                RunFacts.FORMAT,
                "a-run",
                RunFacts.State.RUNNING,
                "",
                "local",
                "auto-scaled",
                "http://127.0.0.1:1",
                0.05,
                new TreeMap<>(),
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>()));
        evidence.writeTopology(new Topology(List.of()));
        evidence.writeRequests(RequestHistograms.empty(), new LogIntegrity(0, 0, 0, 0, List.of("no request")));
        try (Stream<Path> files = Files.list(STAGES)) {
            files.forEach(file -> evidence.addInput(file, "assertions/stages/" + file.getFileName()));
        }
        return evidence.path();
    }

    private int execute(String... arguments) {
        return PlimsollCommand.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
