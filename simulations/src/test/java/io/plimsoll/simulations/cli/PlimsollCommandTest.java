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
    void judgingAgainWritesTheSameBytes() throws IOException {
        Path run = unfinishedRun();
        execute("judge", run.toString());
        byte[] first = Files.readAllBytes(run.resolve("verdict.json"));
        byte[] report = Files.readAllBytes(run.resolve("report.html"));

        execute("judge", run.toString());

        assertThat(Files.readAllBytes(run.resolve("verdict.json"))).isEqualTo(first);
        assertThat(Files.readAllBytes(run.resolve("report.html"))).isEqualTo(report);
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
        return PlimsollCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
