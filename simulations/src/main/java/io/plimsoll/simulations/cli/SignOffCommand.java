package io.plimsoll.simulations.cli;

import io.plimsoll.simulations.SignOff;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a run a baseline, with who and why. */
@Command(
        name = "sign-off",
        description = {
            "Judges a run's evidence once more and stores its figures as a baseline that later runs are compared",
            "with: results/baselines/<run-id>.json, to be committed. Only a PASS is stored, or what is accepted",
            "by name with a reason, which is recorded.",
            "Exit code: 0 stored, 2 FAIL, 3 INCONCLUSIVE, 4 INVALID and not accepted, 64 usage, 74 cannot be written."
        },
        mixinStandardHelpOptions = true)
final class SignOffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "RUN", description = "The evidence: results/runs/<run-id>")
    private Path run = Path.of("");

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who signs")
    private String by = "";

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "What it is signed off for")
    private String why = "";

    @Option(
            names = "--accept",
            paramLabel = "REASON",
            description = "Stores it although the verdict is FAIL or INCONCLUSIVE; never what is INVALID")
    private String accept = "";

    @Option(
            names = "--baselines",
            paramLabel = "DIRECTORY",
            defaultValue = "results/baselines",
            description = "Where baselines are kept. Default: ${DEFAULT-VALUE}")
    private Path baselines = Path.of("");

    @Override
    public Integer call() {
        Optional<String> reason = accept.isBlank() ? Optional.empty() : Optional.of(accept);
        SignOff.Result result = SignOff.of(
                run,
                baselines,
                new SignOff.Signature(by, why, reason, Clock.systemUTC().instant()));
        if (result.stored().isEmpty()) {
            spec.commandLine().getErr().println("plimsoll: " + result.refusal());
            return result.verdict().outcome().exitCode();
        }
        spec.commandLine()
                .getOut()
                .println("Signed off by " + by + ": " + result.stored().get());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
