package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.aws.descriptor.EnvironmentFile;
import io.plimsoll.simulations.cli.PlimsollCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Follows the README's 'Your own stack in ten minutes' against the local stack's AWS endpoint. */
class OwnStackTest {
    private static final Path HOME = RunOptions.home(Path.of(""));

    @TempDir
    static Path directory = Path.of("");

    private static StackProcess stack = starting();
    private static Path file = Path.of("");

    private static StackProcess starting() {
        return StackProcess.start(
                HOME, HOME.resolve("environments").resolve("local.yaml"), "auto-scaled", new TreeMap<>(), line -> {});
    }

    @BeforeAll
    static void nameTheLoadBalancerAndNothingElse() throws IOException {
        file = Files.writeString(
                directory.resolve("mine.yaml"),
                RehearsalFile.of(
                        EnvironmentFile.load(HOME.resolve("environments").resolve("local.yaml")), stack));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private record Ran(int exitCode, String out, String err) {}

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                PlimsollCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = line.execute(arguments);
        return new Ran(exitCode, out.toString(), err.toString());
    }

    @Test
    void theTopologyIsPrintedAsATree() {
        Ran ran = run("topology", file.toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .startsWith("mine, region us-east-1\n")
                .contains("load balancer app/plimsoll-lb/")
                .contains("  target group targetgroup/")
                .contains("scaling group plimsoll-web")
                .contains("  instance i-")
                .contains("database plimsoll-db")
                .contains("  replica plimsoll-db-replica-1")
                .contains("cache plimsoll-cache")
                .containsPattern("fingerprint [0-9a-f]{16}\n");
    }

    @Test
    void theDoctorSaysOnOneScreenWhatIsSeen() {
        Ran ran = run("doctor", file.toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("ok    files")
                .contains("ok    identity")
                .contains("parts found")
                .contains("ok    clock")
                .contains("descriptors");
        assertThat(ran.out().lines()).hasSizeLessThan(40);
        assertThat(ran.exitCode()).isIn(0, 3);
    }

    @Test
    void aLoadBalancerThatIsNotThereIsSaidSo() throws IOException {
        Path wrong = Files.writeString(
                directory.resolve("wrong.yaml"),
                Files.readString(file)
                        .replace("environment: mine", "environment: wrong")
                        .replace("plimsoll-lb", "plimsol-lb"));
        Ran ran = run("topology", wrong.toString());
        assertThat(ran.exitCode()).isEqualTo(69);
        assertThat(ran.err()).startsWith("plimsoll: find.load-balancer: no load balancer 'plimsol-lb' in us-east-1");
    }
}
