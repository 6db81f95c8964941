package io.plimsoll.simulations.cli;

import io.plimsoll.simulations.RunOptions;
import io.plimsoll.simulations.series.StageRuns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a command runs Gatling. */
final class MavenOptions {
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

    boolean shows(String line) {
        return verbose || line.startsWith("VERDICT: ") || line.startsWith("plimsoll: ");
    }

    StageRuns runs() {
        List<String> command = new ArrayList<>(List.of(maven.split(" +", -1)));
        command.addAll(List.of("-q", "gatling:test"));
        return new StageRuns(RunOptions.home(Path.of("")), command);
    }
}
