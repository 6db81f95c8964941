package io.plimsoll.simulations.cli;

import io.plimsoll.results.document.DocumentException;
import io.plimsoll.simulations.fleet.Calibration;
import io.plimsoll.simulations.fleet.Sizing;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how many injectors a rate needs. */
@Command(
        name = "plan",
        description = {
            "Says how many injectors a rate needs, from what a request cost the injectors of a former run on the same kind"
                    + " of machine. None is to be busy for more than 60 %% of its cores.",
            "Exit code: 0; 64 if the number given by --injectors is too small, or the run does not tell."
        },
        mixinStandardHelpOptions = true)
final class FleetPlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--calibration", required = true, paramLabel = "RUN", description = "Evidence of a former run")
    private Path calibration = Path.of("");

    @Option(names = "--rate", required = true, paramLabel = "N", description = "Highest rate, in requests per second")
    private double rate;

    @Option(names = "--cores", required = true, paramLabel = "C", description = "Of each injector")
    private double cores;

    @Option(names = "--injectors", paramLabel = "N", description = "Refuse the plan if so many are too few")
    private @Nullable Integer injectors;

    @Override
    public Integer call() {
        if (!(rate > 0 && cores > 0)) {
            throw new DocumentException("--rate and --cores: must be > 0, were " + rate + " and " + cores);
        }
        Sizing sizing = new Sizing(Calibration.of(calibration), rate, cores);
        spec.commandLine().getOut().println(sizing.describe());
        Optional<String> refusal = Optional.ofNullable(injectors).flatMap(given -> sizing.refusal(given));
        if (refusal.isPresent()) {
            throw new DocumentException("--injectors: " + refusal.get());
        }
        return 0;
    }
}
