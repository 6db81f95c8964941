package io.plimsoll.simulations.cli;

import io.plimsoll.assertions.StageFiles;
import io.plimsoll.environments.aws.descriptor.EnvironmentFiles;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import io.plimsoll.simulations.plan.StagePlan;
import io.plimsoll.simulations.series.NightlyLedger;
import io.plimsoll.simulations.series.StageRuns;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs every plan of every stage of an environment, and prints one ledger. */
@Command(
        name = "nightly",
        description = {
            "Runs every stage of an environment by its own plan and its further ones, one after the other, and prints one",
            "ledger of all claims.",
            "Exit code: 0 if every run passed (a further plan that could test nothing counts neither way), 2 if not, 64 if a name is wrong, 69 if Maven cannot be started."
        },
        mixinStandardHelpOptions = true)
final class NightlyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private MavenOptions maven = new MavenOptions();

    @Option(
            names = "--resume",
            description = {
                "Take what runs of the last 12 hours have shown, and run only the plans without a verdict of PASS or FAIL"
            })
    private boolean resume;

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
        Set<String> further = new TreeSet<>();
        for (PlannedRun planned : planned(runs.home(), offered)) {
            if (planned.isFurther()) {
                further.add(planned.name());
            }
            Optional<StageRuns.Result> earlier =
                    resume ? maven.latest(runs, planned.stage(), planned.plan()) : Optional.empty();
            results.put(
                    planned.name(), earlier.isPresent() ? taken(planned, earlier.get(), out) : run(planned, runs, out));
        }
        NightlyLedger ledger = new NightlyLedger(results, further);
        out.println();
        ledger.lines().forEach(out::println);
        out.flush();
        return ledger.passed() ? 0 : 2;
    }

    /** A plan of a stage. */
    private record PlannedRun(String stage, String plan) {
        boolean isFurther() {
            return !plan.equals(StagePlan.NAME);
        }

        String name() {
            return isFurther() ? stage + ", " + plan : stage;
        }
    }

    private List<PlannedRun> planned(Path home, List<String> offered) {
        StageFiles files = StageFiles.load(home.resolve("assertions").resolve("stages"));
        List<PlannedRun> planned = new ArrayList<>();
        for (String stage : offered) {
            if (only.isEmpty() || only.contains(stage)) {
                planned.add(new PlannedRun(stage, StagePlan.NAME));
                files.furtherPlans(stage).keySet().forEach(plan -> planned.add(new PlannedRun(stage, plan)));
            }
        }
        return planned;
    }

    private static StageRuns.Result taken(PlannedRun planned, StageRuns.Result earlier, PrintWriter out) {
        out.println("Taking stage " + planned.name() + " from "
                + earlier.evidence().map(String::valueOf).orElse(""));
        out.flush();
        return earlier;
    }

    private StageRuns.Result run(PlannedRun planned, StageRuns runs, PrintWriter out) throws InterruptedException {
        out.println("Running stage " + planned.name());
        out.flush();
        return maven.run(runs, new TreeMap<>(Map.of("stage", planned.stage(), "profile", planned.plan())), out);
    }
}
