package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stack's process from outside, as a run meets it. */
class LocalEnvironmentTest {
    private static final String FEW_ITEMS = "stack.service.items=50";

    @TempDir
    Path temporary;

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void theServiceStoresAndServesItemsThroughTheBalancer() throws IOException, InterruptedException {
        try (RunningStack stack = RunningStack.start(temporary, FEW_ITEMS)) {
            byte[] body = "x".repeat(1_024).getBytes(StandardCharsets.UTF_8);

            HttpResponse<byte[]> created = stack.post("/items", body);

            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.headers().firstValue("Location")).contains("/items/51");
            assertThat(stack.get("/items/51").body()).isEqualTo(body);
            assertThat(stack.get("/items/7").headers().firstValue("X-Cache")).contains("miss");
            assertThat(stack.get("/items/7").headers().firstValue("X-Cache")).contains("hit");
            assertThat(stack.get("/items/7").body()).hasSize(1_024);
            assertThat(stack.get("/items/52").statusCode()).isEqualTo(404);
            assertThat(stack.get("/items/x").statusCode()).isEqualTo(404);
            assertThat(stack.post("/items", new byte[0]).statusCode()).isEqualTo(400);
            assertThat(stack.post("/items", new byte[4_097]).statusCode()).isEqualTo(413);
            assertThat(stack.post("/items/1", body).statusCode()).isEqualTo(405);
            assertThat(stack.get("/health").statusCode()).isEqualTo(200);

            assertThat(listeners(stack))
                    .isNotEmpty()
                    .allMatch(address ->
                            address.equals(LoopbackPorts.ADDRESS) || address.equals(LoopbackPorts.PRIVATE_ADDRESS));
            assertThat(stack.order("/stop", "wrong").statusCode()).isEqualTo(403);
            assertThat(text(stack.order("/disturb/delay-replica?seconds=x", token(stack))))
                    .isEqualTo("seconds must be a whole number in [0, 3600], was 'x'\n");
            assertThat(stack.order("/disturb/terminate-instance?id=i-0", token(stack))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(stack.order("/disturb/stop-replica", token(stack)).statusCode())
                    .isEqualTo(200);
            assertThat(stack.order("/stop", token(stack)).statusCode()).isEqualTo(200);
            assertThat(stack.awaitExit()).isZero();
            stack.assertNothingIsLeft();
        }
    }

    private static String token(RunningStack stack) {
        return stack.ready().get("controlToken").asText();
    }

    @Test
    void twoStacksRunSideBySideAndEachEndsWithItsStarter() throws IOException {
        RunningStack one = RunningStack.start(temporary.resolve("one"), FEW_ITEMS);
        RunningStack two = RunningStack.startStage("object-store", temporary.resolve("two"), FEW_ITEMS);
        try (one;
                two) {
            one.process().destroyForcibly();
            one.assertNothingIsLeft();

            assertThat(two.get("/items/7").statusCode()).isEqualTo(200);
            assertThat(two.pids().values()).allMatch(RunningStack::runs);
        }
        two.assertNothingIsLeft();
    }

    /** In mid-start, which is the hardest moment: some of its processes run, some are being started. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "single-box",
                "object-store",
                "load-balanced",
                "cached-replicas",
                "auto-scaled",
                "distributed-data"
            })
    void killingTheStacksProcessLeavesNothingInAnyStage(String stage) throws IOException {
        Process process =
                RunningStack.launch(temporary, "--descriptor", "../local.yaml", "--stage", stage, "--set", FEW_ITEMS);
        Await.until(() -> !process.isAlive() || descendants(process).size() > 2, Duration.ofSeconds(60));
        List<ProcessHandle> children = descendants(process);
        assertThat(children)
                .as(Files.readString(temporary.resolve("progress.txt")))
                .hasSizeGreaterThan(1);

        process.destroyForcibly();

        assertThat(Await.until(
                        () -> children.stream().noneMatch(child -> RunningStack.runs(child.pid())),
                        Duration.ofSeconds(20)))
                .as("still running: %s", children)
                .isTrue();
        assertThat(Await.until(() -> leftDirectories().isEmpty(), Duration.ofSeconds(20)))
                .as("left: %s", leftDirectories())
                .isTrue();
    }

    private static List<ProcessHandle> descendants(Process process) {
        return process.toHandle().descendants().toList();
    }

    private List<Path> leftDirectories() {
        try (Stream<Path> entries = Files.list(temporary)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sigtermEndsAllOfIt() throws IOException, InterruptedException {
        try (RunningStack stack = RunningStack.startStage("object-store", temporary, FEW_ITEMS)) {
            stack.process().destroy();

            stack.awaitExit();
            stack.assertNothingIsLeft();
        }
    }

    @Test
    void aStackWithoutItsGuardianEndsItselfAndCleansUp() throws IOException, InterruptedException {
        try (RunningStack stack = RunningStack.startStage("object-store", temporary, FEW_ITEMS)) {
            assertThat(ProcessHandle.of(stack.pid("guardian")).orElseThrow().destroyForcibly())
                    .isTrue();

            assertThat(stack.awaitExit()).isEqualTo(70);
            stack.assertNothingIsLeft();
            assertThat(Files.readString(temporary.resolve("progress.txt")))
                    .contains("the guardian process was killed: nothing would clean up after the stack\n");
        }
    }

    @Test
    void aWrongValueIsOneSentenceAndExitCode64() throws IOException, InterruptedException {
        Process process = RunningStack.launch(
                temporary,
                "--descriptor",
                "../local.yaml",
                "--stage",
                "auto-scaled",
                "--set",
                "stack.parts.read-group.maxx=1");

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(64);
        assertThat(Files.readString(temporary.resolve("progress.txt")))
                .isEqualTo(
                        "--set stack.parts.read-group.maxx=1: unknown key 'stack.parts.read-group.maxx'; did you mean 'stack.parts.read-group.max'?"
                                + " Valid: stack.parts.read-group.cooldown, stack.parts.read-group.desired,"
                                + " stack.parts.read-group.fleet, stack.parts.read-group.kind,"
                                + " stack.parts.read-group.max, stack.parts.read-group.min, stack.parts.read-group.policies,"
                                + " stack.parts.read-group.policy, stack.parts.read-group.schedule,"
                                + " stack.parts.read-group.warm-up\n");
    }

    @Test
    void aFleetThatNoRouteLeadsToIsOneSentenceAndExitCode70() throws IOException, InterruptedException {
        Process process = RunningStack.launch(
                temporary,
                "--descriptor",
                "../local.yaml",
                "--stage",
                "load-balanced",
                "--set",
                "stack.parts.app-lb.routes=[{to: read}]",
                "--set",
                "stack.parts.read.runs=all");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(70);
        assertThat(Files.readString(temporary.resolve("progress.txt")))
                .endsWith("the stack could not be started: part 'write' is behind 'app-lb', whose routes lead only to"
                        + " plimsoll-read\n");
    }

    /** Addresses that the stack's processes listen on, from the kernel's tables. */
    private static List<String> listeners(RunningStack stack) throws IOException {
        Set<String> inodes = new HashSet<>();
        for (long pid : stack.pids().values()) {
            try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
                files.forEach(file -> inodes.add(target(file)));
            }
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
        return lines.stream()
                .map(line -> List.of(line.strip().split("\\s+")))
                .filter(fields -> fields.get(3).equals("0A") && inodes.contains("socket:[" + fields.get(9) + "]"))
                .map(fields -> address(fields.get(1)))
                .toList();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String address(String local) {
        String hex = local.substring(0, local.indexOf(':'));
        if (hex.length() != 8 && !hex.startsWith("0000000000000000FFFF0000")) {
            return hex;
        }
        return hex.endsWith("0100007F")
                ? LoopbackPorts.ADDRESS
                : hex.endsWith("0200007F") ? LoopbackPorts.PRIVATE_ADDRESS : hex;
    }
}
