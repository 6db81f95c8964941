package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.load.GatlingLogListener;
import io.plimsoll.results.load.GatlingLogTail;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.ShardPlace;
import io.plimsoll.simulations.cli.PlimsollCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;

/**
 * Where tests run fleets: a local stack behind a front that counts users, and a directory with the files of a run of 12 s.
 * Every user asks for an item of its own number, once.
 */
final class FleetGround implements AutoCloseable {
    private static final Path HOME = RunOptions.home(Path.of(""));
    private static final int USERS_PER_SECOND = 40;
    private static final int SECONDS = 12;
    private static final Set<RequestOutcome> ALL = Set.of(RequestOutcome.values());

    private final Path home;
    private final StackProcess stack;
    private final CountingFront front;

    FleetGround() {
        try {
            home = Files.createTempDirectory("plimsoll-fleet");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Route 53's checks are requests to the load balancer, too: they are counted by it, and by no client.
        this.stack = StackProcess.start(
                HOME,
                HOME.resolve("environments").resolve("local.yaml"),
                "auto-scaled",
                new TreeMap<>(Map.of("stack.parts.dns.health-check-interval", "10 min")),
                line -> {});
        this.front = new CountingFront(stack.baseUrl());
        try {
            for (String copied :
                    List.of("assertions/stages", "simulations/profiles", "simulations/traffic", "simulations/probes")) {
                RunGround.copy(HOME.resolve(copied), home.resolve(copied));
            }
            write(
                    "environments/mine.yaml",
                    MineFile.of(
                            front.url(),
                            stack.awsEndpoint(),
                            new MineFile.Load(
                                    USERS_PER_SECOND,
                                    USERS_PER_SECOND * SECONDS,
                                    SECONDS + " s",
                                    USERS_PER_SECOND,
                                    USERS_PER_SECOND)));
            write("simulations/profiles/small.yaml", """
                    profile: small
                    says: a constant rate for 12 s, of which 6 s are judged
                    phases:
                      - {name: warm-up, duration: 2 min, rate: base}
                      - {name: steady, duration: 2 min, rate: base}
                    """);
            write("simulations/traffic/users.yaml", """
                    traffic: users
                    says: every user asks once, for an item of its own number
                    seed: 1
                    values:
                      user: {sequence: 1}
                    requests:
                      - {name: read, weight: 1, get: "/items/{user}", expect: 200}
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    CountingFront front() {
        return front;
    }

    /** A fleet run that goes on as a process of its own. */
    final class Going implements AutoCloseable {
        private final Process process;
        private final Path printed;

        private Going(Process process, Path printed) {
            this.process = process;
            this.printed = printed;
        }

        /** Waits until users have come. */
        void awaitUsers(int users) throws InterruptedException {
            await("users", () -> front.paths().size() >= users);
        }

        /** The process of one injector's Gatling. */
        ProcessHandle injector(int index) {
            return ProcessHandle.allProcesses()
                    .filter(candidate -> commandLine(candidate).contains("-Dshard.index=" + index))
                    .filter(candidate -> commandLine(candidate).stream()
                            .anyMatch(argument -> argument.startsWith("-Dplimsoll.injectorOf=")
                                    && argument.contains(
                                            String.valueOf(evidence().getFileName()))))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("injector " + index + " does not run:\n" + said()));
        }

        /** All of it: what Java tells of a process is cut after a page. */
        private static List<String> commandLine(ProcessHandle process) {
            try {
                return List.of(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                        .split("\0", -1));
            } catch (IOException e) {
                return List.of(); // it has ended meanwhile
            }
        }

        Path evidence() {
            try (Stream<Path> runs = Files.list(home.resolve("results").resolve("runs"))) {
                return runs.max(Path::compareTo).orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Kills the coordinator with no time to say so. */
        void kill() {
            process.destroyForcibly();
        }

        int exitCode() throws InterruptedException {
            await("the end of the run", () -> !process.isAlive());
            return process.exitValue();
        }

        String said() {
            try {
                return Files.readString(printed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void await(String what, java.util.function.BooleanSupplier reached) throws InterruptedException {
            Instant deadline = Instant.now().plus(Duration.ofMinutes(5));
            while (!reached.getAsBoolean()) {
                if (Instant.now().isAfter(deadline) || (!process.isAlive() && !reached.getAsBoolean())) {
                    throw new AssertionError("waited in vain for " + what + ":\n" + said());
                }
                var unused = process.waitFor(100, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    /**
     * How many injectors a run has, and how long they may take to start: a late one makes the run void, and all of them start
     * at once on the cores of this machine.
     */
    enum Size {
        TWO(2, "20 s"),
        FOUR(4, "30 s");

        private final int injectors;
        private final String lead;

        Size(int injectors, String lead) {
            this.injectors = injectors;
            this.lead = lead;
        }
    }

    /** Starts a fleet run. */
    Going run(Size size, String engine, Map<String, String> variables, String... options) {
        front.forget();
        try {
            Path printed = Files.createTempFile(home, "printed", ".txt");
            List<String> command = new ArrayList<>(List.of(
                    HOME.resolve("simulations").resolve("plimsoll").toString(),
                    "fleet",
                    "run",
                    "--engine=" + engine,
                    "--injectors=" + size.injectors,
                    "--heap=256m",
                    "--lead=" + size.lead,
                    "--patience=3 min",
                    "-Denvironment=mine",
                    "-Dprofile=small",
                    "-Dtraffic=users",
                    "-Dclaims=5.0"));
            command.addAll(List.of(options));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile());
            builder.environment().putAll(variables);
            builder.environment().put("PLIMSOLL_KEEP_LOGS", "yes");
            // So that several start soon on few cores.
            builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
            return new Going(builder.start(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run of four: each user once, none left out; merged exactly; counted alike by the client and the load balancer. */
    void assertWhole(Path run) {
        assertThat(front.paths())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, USERS_PER_SECOND * SECONDS)
                        .mapToObj(user -> "/items/" + user)
                        .toList());
        Evidence evidence = EvidenceDirectory.open(run).read();
        assertThat(evidence.faults()).isEmpty();
        assertThat(evidence.integrity().faults()).isEmpty();
        Histogram merged =
                evidence.client().responseTimes(Set.of(), ALL, evidence.client().span());
        List<List<Integer>> raw = IntStream.range(0, Size.FOUR.injectors)
                .mapToObj(index -> responseTimes(run.resolve("injectors").resolve("injector-" + index + ".log")))
                .toList();
        assertMerged(merged, raw);
        Instant start = evidence.facts().plan().orElseThrow().whole().start();
        double balancer = evidence.series().stream()
                .filter(series -> series.name().equals("load balancer requests"))
                .filter(series -> series.resource().contains("/plimsoll-lb/"))
                .flatMap(series -> series.samples().stream())
                .filter(sample -> !sample.start().isBefore(start))
                .mapToDouble(Sample::value)
                .sum();
        // What the load balancer counted is within 2 % of what its clients did.
        assertThat(balancer).isBetween(0.98 * merged.getTotalCount(), 1.02 * merged.getTotalCount());
    }

    private static void assertMerged(Histogram merged, List<List<Integer>> raw) {
        List<Integer> sorted = raw.stream().flatMap(List::stream).sorted().toList();
        assertThat(merged.getTotalCount()).isEqualTo(sorted.size());
        for (double percent : List.of(50.0, 95.0, 99.0, 100.0)) {
            int expected = percentile(sorted, percent);
            assertThat(merged.valuesAreEquivalent(merged.getValueAtPercentile(percent), expected))
                    .as(
                            "p%s: merged %s, of all raw samples %s",
                            percent, merged.getValueAtPercentile(percent), expected)
                    .isTrue();
        }
        double averaged = raw.stream()
                .mapToInt(one -> percentile(one.stream().sorted().toList(), 90))
                .average()
                .orElseThrow();
        assertThat(averaged).as("the average of the injectors' p90").isNotEqualTo(percentile(sorted, 90));
    }

    /** The smallest sample that at least so many percent of all are not above. */
    private static int percentile(List<Integer> sorted, double percent) {
        return sorted.get((int) Math.ceil(percent / 100 * sorted.size()) - 1);
    }

    private static List<Integer> responseTimes(Path log) {
        List<Integer> times = new ArrayList<>();
        try (GatlingLogTail tail = new GatlingLogTail(log)) {
            tail.poll(new GatlingLogListener() {
                @Override
                public void request(String name, long startMillisEpoch, boolean ok, long endMillisEpoch) {
                    times.add((int) (endMillisEpoch - startMillisEpoch));
                }

                @Override
                public void userStarted(long millisEpoch) {}

                @Override
                public void userEnded(long millisEpoch) {}
            });
        }
        return times;
    }

    /** Judged again from its evidence, a run gets the same verdict byte for byte; its reports have a row for each injector. */
    static void assertJudgedAlike(Path run, Size size) {
        String before = verdict(run);
        Judging.judge(run);
        assertThat(verdict(run)).isEqualTo(before);
        for (int index = 0; index < size.injectors; index++) {
            String sha256 = new ShardPlace(run.resolve("injectors"))
                    .facts(index)
                    .orElseThrow()
                    .logSha256();
            assertThat(run.resolve("summary.md")).content().contains(sha256);
            assertThat(run.resolve("report.html")).content().contains(sha256);
        }
    }

    /** What a run cost is what the next is planned from, by command. */
    static void assertPlannedFrom(Path run) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                PlimsollCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        assertThat(line.execute("fleet", "plan", "--calibration=" + run, "--rate=40000", "--cores=4"))
                .isZero();
        assertThat(out.toString())
                .containsPattern("measured +" + USERS_PER_SECOND * SECONDS
                        + " requests used [1-9]\\d*\\.\\d s of CPU: \\d+\\.\\d\\d s for 1,000 ")
                .containsPattern("target +40000 requests/s keep \\d+\\.\\d cores busy")
                .containsPattern("injectors +[1-9]\\d* of 4 cores, each busy for \\d+ % of them");

        // And a run whose injectors would be too busy is refused before anything is started.
        assertThat(line.execute(
                        "fleet", "run", "--engine=local", "--injectors=2", "--cores=0.001", "--calibration=" + run))
                .isEqualTo(64);
        assertThat(err.toString())
                .containsPattern(
                        "^plimsoll: too few injectors: 2 of 0\\.00 cores would be busy for \\d+ % of them at 320"
                                + " requests/s, must be at most 60 %; at least \\d+ are needed\n$");
    }

    /** Nothing that a run left or printed holds any of these. */
    static void assertNowhere(List<String> secrets, Path run, String said) {
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(secrets).as("%s", file).noneMatch(text::contains);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(secrets).noneMatch(said::contains);
    }

    /** The verdict's file. */
    static String verdict(Path run) {
        return EvidenceDirectory.open(run).derived("verdict.json").orElse("there is no verdict.json");
    }

    /** What an injector's place holds of it. */
    static Optional<Path> published(Path run, int index) {
        Path log = new ShardPlace(run.resolve("injectors")).log(index);
        return Optional.of(log).filter(Files::exists);
    }

    @Override
    public void close() {
        front.close();
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
