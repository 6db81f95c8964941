package io.plimsoll.simulations;

import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageFiles;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.EnvironmentFiles;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.simulations.plan.LoadProfile;
import io.plimsoll.simulations.plan.Traffic;
import java.nio.file.Path;
import java.time.Instant;

/**
 * All that files and options say about a run, read and checked before anything is started.
 *
 * @param options what the command line chose
 * @param environment where
 * @param stage what must hold
 * @param profile how the rate moves
 * @param traffic what is requested
 */
public record RunInputs(
        RunOptions options, Environment environment, Stage stage, LoadProfile profile, Traffic traffic) {

    /**
     * Reads and checks every file.
     *
     * @throws DocumentException if a name is unknown or a file is wrong
     */
    public static RunInputs read(RunOptions options) {
        Environment environment = EnvironmentFiles.named(options.environments(), options.environment());
        Stage stage = StageFiles.load(options.stages()).stage(options.stage());
        if (!environment.stages().contains(stage.name())) {
            throw new DocumentException(options.environmentFile() + ": stages: this environment does not offer it: "
                    + Suggestion.unknown("stage", stage.name(), environment.stages()));
        }
        if (!options.overrides().isEmpty() && !environment.embedded()) {
            throw new DocumentException("-D" + options.overrides().firstKey() + ": only an embedded environment has a"
                    + " 'stack' section, and '" + environment.name() + "' is deployed elsewhere");
        }
        return new RunInputs(
                options,
                environment,
                stage,
                LoadProfile.read(options.profiles(), options.profile()),
                Traffic.read(options.trafficMixes(), options.traffic()));
    }

    /** The load that will be offered if its first request is due at that moment. */
    public LoadPlan planAt(Instant start) {
        return profile.startingAt(start, environment.rates(), environment.timeScale());
    }

    /** Keeps what was read in the evidence, so that it can be judged again, and read, without this checkout. */
    void copyTo(EvidenceDirectory evidence) {
        evidence.addInput(options.environmentFile(), "environments/" + environment.name() + ".yaml");
        evidence.addInput(options.profiles().resolve(profile.name() + ".yaml"), "profiles/" + profile.name() + ".yaml");
        evidence.addInput(
                options.trafficMixes().resolve(options.traffic() + ".yaml"), "traffic/" + options.traffic() + ".yaml");
        for (Path file : StageFiles.load(options.stages()).files()) {
            evidence.addInput(file, Judging.STAGES + "/" + file.getFileName());
        }
    }
}
