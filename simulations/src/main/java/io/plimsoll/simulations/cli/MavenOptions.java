package io.plimsoll.simulations.cli;

import io.plimsoll.simulations.RunOptions;
import io.plimsoll.simulations.series.StageRuns;
import io.plimsoll.simulations.series.StageRuns.Result;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How a command runs Gatling. */
final class MavenOptions {
    private static final Duration LONGEST_NIGHT = Duration.ofHours(12);

    @Option(
            names = "--maven",
            paramLabel = "COMMAND",
            defaultValue = "mvn",
            description = "Maven's command, with options of yours. Default: ${DEFAULT-VALUE}")
    private String maven = "mvn";

    @Option(names = "--environment", paramLabel = "NAME", defaultValue = "local", description = "Default: local")
    private String environment = "local";

    @Option(names = "--verbose", description = "Print all that the runs print")
    private boolean verbose;

    String environment() {
        return environment;
    }

    /** Carries out a run on the environment, and prints what a person wants to see of it. */
    Result run(StageRuns runs, SortedMap<String, String> properties, PrintWriter out) throws InterruptedException {
        SortedMap<String, String> all = new TreeMap<>(properties);
        all.put("environment", environment);
        return runs.run(all, line -> {
            if (verbose || line.startsWith("VERDICT: ") || line.startsWith("plimsoll: ")) {
                out.println("  " + line);
                out.flush();
            }
        });
    }

    /** What runs of a stage's plan on the environment, with these options, have shown in the last 12 hours; the oldest first. */
    List<Result> earlier(StageRuns runs, String stage, String plan, Map<String, String> given) {
        return runs.earlier(
                String.join("-", environment, stage, plan), given, Instant.now().minus(LONGEST_NIGHT));
    }

    /** What the latest run of a stage's plan on the environment has shown, if it is not older than 12 hours. */
    Optional<Result> latest(StageRuns runs, String stage, String plan) {
        return earlier(runs, stage, plan, Map.of()).stream().reduce((older, newer) -> newer);
    }

    StageRuns runs() {
        List<String> command = new ArrayList<>(List.of(maven.split(" +", -1)));
        command.addAll(List.of("-q", "gatling:test"));
        return new StageRuns(RunOptions.home(Path.of("")), command);
    }
}
