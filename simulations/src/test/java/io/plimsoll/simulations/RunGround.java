package io.plimsoll.simulations;

import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where tests run Gatling as a person does: a local stack that a descriptor of kind {@code aws} points at and names by its
 * load balancer alone, a directory with the files of a run, and Gatling as a process of its own.
 */
final class RunGround implements AutoCloseable {
    private static final Path HOME = RunOptions.home(Path.of(""));

    private final Path home;
    private final StackProcess stack;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Starts the stack.
     *
     * @param overrides values of {@code environments/local.yaml} that are others
     */
    RunGround(Map<String, String> overrides) {
        stack = StackProcess.start(
                HOME,
                HOME.resolve("environments").resolve("local.yaml"),
                "auto-scaled",
                new TreeMap<>(overrides),
                line -> {});
        try {
            home = Files.createTempDirectory("plimsoll-run");
            for (String copied :
                    List.of("assertions/stages", "simulations/probes", "simulations/profiles", "simulations/traffic")) {
                copy(HOME.resolve(copied), home.resolve(copied));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the files of a directory, without those below it. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    StackProcess stack() {
        return stack;
    }

    Path home() {
        return home;
    }

    Path write(String name, String text) {
        Path file = home.resolve(name);
        try {
            Files.createDirectories(file.resolveSibling("."));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces what a file says. */
    void edit(String name, String said, String now) throws IOException {
        String text = Files.readString(home.resolve(name));
        if (!text.contains(said)) {
            throw new IllegalArgumentException(name + " does not say '" + said + "'");
        }
        write(name, text.replace(said, now));
    }

    /** A descriptor that names a load balancer and nothing else, and hides account ids, with further lines. */
    Path describe(String name, String further) {
        return write(
                "environments/" + name + ".yaml", """
                environment: %s
                kind: aws
                region: us-east-1
                base-url: %s
                endpoint: %s
                time-scale: 0.05
                stages: [auto-scaled]
                load:
                  allowed-hosts: [127.0.0.1]
                  max-requests-per-second: 60
                  max-requests: 5000
                  max-duration: 2 min
                  base-requests-per-second: 40
                  peak-requests-per-second: 40
                observe:
                  period: 1 s
                  target-health-poll: 500 ms
                  live-metrics: false
                  hide-account-ids: true
                  settle-quiet: 2 s
                  settle-deadline: 15 s
                find:
                  load-balancer: plimsoll-lb
                %s""".formatted(name, stack.baseUrl(), stack.awsEndpoint(), further));
    }

    /** A profile of a constant rate, with a warm-up of 5 s. */
    void profile(String name, int seconds) {
        write("simulations/profiles/" + name + ".yaml", """
                profile: %s
                says: a constant rate
                phases:
                  - {name: warm-up, duration: 100 s, rate: base}
                  - {name: steady, duration: %d s, rate: base}
                """.formatted(name, seconds * 20));
    }

    /** Calls an operation of the stack's AWS endpoint that takes forms. */
    void aws(String service, Map<String, String> form) throws InterruptedException {
        String body = form.entrySet().stream()
                .map(entry -> URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(stack.awsEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=tester/20260101/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(form + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs Gatling to its end, with variables of its environment. */
    Ran run(Map<String, String> variables, Meanwhile meanwhile, String... options) throws InterruptedException {
        try (Going going = start(variables, options)) {
            meanwhile.act(going);
            return going.ended();
        }
    }

    private Going start(Map<String, String> variables, String... options) {
        try {
            Path module = HOME.resolve("simulations").resolve("target");
            Path printed = Files.createTempFile(home, "printed", ".txt");
            Path gatling = Files.createDirectories(home.resolve("gatling"));
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx384m",
                    "-XX:TieredStopAtLevel=1",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED", // as Gatling's Maven plugin has it
                    "-Djava.util.prefs.userRoot="
                            + module.resolve("test-classes").resolve("prefs"),
                    "-Dplimsoll.gatlingResults=" + gatling,
                    "-Dclaims=5.0"));
            command.addAll(List.of(options));
            command.addAll(List.of(
                    "-cp",
                    module.resolve("test-classes") + ":" + module.resolve("classes") + ":"
                            + Files.readString(module.resolve("injector.classpath"))
                                    .strip(),
                    "io.gatling.app.Gatling",
                    "--simulation",
                    "io.plimsoll.simulations.StageSimulation",
                    "--results-folder",
                    gatling.toString()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile());
            builder.environment().putAll(variables);
            return new Going(builder.start(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a test does while a run goes on. */
    @FunctionalInterface
    interface Meanwhile {
        /** Nothing. */
        Meanwhile NOTHING = going -> {};

        void act(Going going) throws InterruptedException;
    }

    /** A run that has ended. */
    record Ran(int exitCode, String said, Path path) {
        Evidence evidence() {
            return EvidenceDirectory.open(path).read();
        }

        String derived(String name) {
            return EvidenceDirectory.open(path).derived(name).orElse("there is no " + name);
        }
    }

    /** A run that goes on. */
    final class Going implements AutoCloseable {
        private final Process process;
        private final Path printed;

        private Going(Process process, Path printed) {
            this.process = process;
            this.printed = printed;
        }

        String said() {
            try {
                return Files.readString(printed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until the console holds a text. */
        void await(String text) throws InterruptedException {
            await(() -> said().contains(text), "'" + text + "'");
        }

        private void await(BooleanSupplier reached, String what) throws InterruptedException {
            Instant deadline = Instant.now().plus(Duration.ofMinutes(5));
            while (!reached.getAsBoolean()) {
                if (Instant.now().isAfter(deadline) || !process.isAlive()) {
                    throw new AssertionError("waited in vain for " + what + ":\n" + said());
                }
                var unused = process.waitFor(100, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        }

        private Ran ended() throws InterruptedException {
            if (!process.waitFor(5, java.util.concurrent.TimeUnit.MINUTES)) {
                throw new AssertionError("it does not end:\n" + said());
            }
            Path all = home.resolve("results").resolve("runs");
            if (!Files.isDirectory(all)) {
                return new Ran(process.exitValue(), said(), all); // refused before there was any evidence
            }
            try (Stream<Path> runs = Files.list(all)) {
                return new Ran(
                        process.exitValue(), said(), runs.max(Path::compareTo).orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException(said(), e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        stack.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
