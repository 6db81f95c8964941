package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.descriptor.EnvironmentFiles;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import io.plimsoll.simulations.series.NightlyLedger;
import io.plimsoll.simulations.series.StageRuns;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs every stage of an environment by its own plan, and prints one ledger. */
@Command(
        name = "nightly",
        description = {
            "Runs every stage of an environment by its own plan, one after the other, and prints one ledger of all claims.",
            "Exit code: 0 if every run passed, 2 if not, 64 if a name is wrong, 69 if Maven cannot be started."
        },
        mixinStandardHelpOptions = true)
final class NightlyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private MavenOptions maven = new MavenOptions();

    @Parameters(index = "0..*", paramLabel = "STAGE", description = "Only these stages")
    private List<String> only = List.of();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        StageRuns runs = maven.runs();
        List<String> offered = EnvironmentFiles.named(runs.home().resolve("environments"), maven.environment())
                .stages();
        for (String stage : only) {
            if (!offered.contains(stage)) {
                throw new DocumentException(Suggestion.unknown("stage", stage, offered));
            }
        }
        Map<String, StageRuns.Result> results = new LinkedHashMap<>();
        for (String stage : offered) {
            if (only.isEmpty() || only.contains(stage)) {
                out.println("Running stage " + stage);
                out.flush();
                results.put(
                        stage,
                        runs.run(new TreeMap<>(Map.of("environment", maven.environment(), "stage", stage)), line -> {
                            if (maven.shows(line)) {
                                out.println("  " + line);
                                out.flush();
                            }
                        }));
            }
        }
        NightlyLedger ledger = new NightlyLedger(results);
        out.println();
        ledger.lines().forEach(out::println);
        out.flush();
        return ledger.passed() ? 0 : 2;
    }
}
