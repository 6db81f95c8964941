package io.plimsoll.simulations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code simulations/plimsoll}, beside a build that is this test's class path. */
class LauncherTest {
    @TempDir
    Path home = Path.of("");

    private Path target = Path.of("");
    private Path script = Path.of("");

    /** What a command left: its exit code, and what it printed. */
    private record Outcome(int code, String printed) {}

    @BeforeEach
    void aBuild() throws IOException {
        target = Files.createDirectories(home.resolve("simulations/target"));
        script = Files.copy(Path.of("plimsoll"), home.resolve("simulations/plimsoll"));
        Path classes = Path.of("target", "classes").toAbsolutePath();
        Files.createSymbolicLink(target.resolve("classes"), classes);
        Path list = Files.writeString(target.resolve("plimsoll.classpath"), System.getProperty("java.class.path"));
        Files.setLastModifiedTime(list, FileTime.from(Instant.now().minusSeconds(3600)));
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), printed);
    }

    private Path abortedRun() throws IOException {
        EvidenceDirectory evidence = EvidenceDirectory.create(home, "a-run");
        evidence.writeFacts(new RunFacts(
                RunFacts.FORMAT,
                "a-run",
                RunFacts.State.ABORTED,
                "the power went",
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
        try (Stream<Path> files = Files.list(Path.of("..", "assertions", "stages"))) {
            files.forEach(file -> evidence.addInput(file, "assertions/stages/" + file.getFileName()));
        }
        return evidence.path();
    }

    @Test
    void whatIsNotBuiltIsSaidInASentence() throws Exception {
        Files.delete(target.resolve("plimsoll.classpath"));

        assertThat(run("judge", "x"))
                .isEqualTo(new Outcome(64, "plimsoll: nothing is built yet; run this first: mvn -q compile\n"));
    }

    @Test
    void warmKeepsAnArchiveThatIsUsedUntilSomethingIsCompiled() throws Exception {
        String evidence = abortedRun().toString();
        Outcome cold = run("judge", evidence);
        assertThat(cold.code()).isEqualTo(4);
        assertThat(cold.printed()).contains("VERDICT: INVALID").contains("the power went");

        assertThat(run("warm", evidence)).isEqualTo(cold);
        assertThat(target.resolve("warm/plimsoll.jsa")).isNotEmptyFile();
        assertThat(run("judge", evidence)).isEqualTo(cold);
        Path archive = target.resolve("warm/plimsoll.jsa");
        Files.delete(archive);
        Files.writeString(archive, "damaged");
        assertThat(run("judge", evidence)).isEqualTo(cold);

        try (Stream<Path> jars = Files.list(archive.resolveSibling("."))) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.delete(jar);
            }
        }
        assertThat(run("judge", evidence).printed()).contains("PlimsollCommand").doesNotContain("VERDICT");

        Files.setLastModifiedTime(
                target.resolve("plimsoll.classpath"),
                FileTime.from(Instant.now().plusSeconds(3600)));
        assertThat(run("judge", evidence)).isEqualTo(cold);
    }
}
