package io.plimsoll.simulations;

import io.plimsoll.assertions.Exercise;
import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageFiles;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.EnvironmentFiles;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.MetricVocabulary;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.simulations.plan.RunTraffic;
import io.plimsoll.simulations.plan.StagePlan;
import io.plimsoll.simulations.plan.Traffic;
import io.plimsoll.simulations.probe.ProbeFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that files and options say about a run, read and checked before anything is started.
 *
 * @param options what the command line chose
 * @param environment where
 * @param stage what must hold; claims that this run does not show say why
 * @param plan how the rate moves, and what is done to the stack meanwhile
 * @param traffic what is requested
 * @param probes how the service is probed beside the load
 * @param omissions why this run does not show some claims, by claim id
 */
public record RunInputs(
        RunOptions options,
        Environment environment,
        Stage stage,
        StagePlan plan,
        RunTraffic traffic,
        ProbeFile probes,
        Map<String, String> omissions) {
    public RunInputs {
        omissions = Map.copyOf(omissions);
    }

    /**
     * Reads and checks every file.
     *
     * @throws DocumentException if a name is unknown or a file is wrong
     */
    public static RunInputs read(RunOptions options) {
        Environment environment = EnvironmentFiles.named(options.environments(), options.environment());
        StageFiles files = StageFiles.load(options.stages(), vocabulary(environment));
        Stage stage = files.stage(options.stage());
        if (!environment.stages().contains(stage.name())) {
            throw new DocumentException(options.environmentFile() + ": stages: this environment does not offer it: "
                    + Suggestion.unknown("stage", stage.name(), environment.stages()));
        }
        if (!options.overrides().isEmpty() && !environment.embedded()) {
            throw new DocumentException("-D" + options.overrides().firstKey() + ": only an embedded environment has a"
                    + " 'stack' section, and '" + environment.name() + "' is deployed elsewhere");
        }
        PlanFiles plans = new PlanFiles(options, files);
        StagePlan plan = plans.chosen(stage);
        RunTraffic traffic = plans.traffic(plan);
        Exercise exercise = plans.exercise(plan, traffic, environment);
        Map<String, String> omissions = new TreeMap<>(exercise.omissions(stage));
        omissions.putAll(plans.outsideSearch(stage, plan));
        return new RunInputs(options, environment, stage.without(omissions), plan, traffic, plans.probes(), omissions);
    }

    /** The load that will be offered if its first request is due at that moment. A search stays within what is allowed. */
    public LoadPlan planAt(Instant start) {
        LoadPlan load = plan.profile().startingAt(start, environment.rates(), environment.timeScale());
        return plan.profile().search().isPresent()
                ? load.within(
                        environment.permission().maxRequestsPerSecond(),
                        environment.permission().maxDuration())
                : load;
    }

    /** Names of the requests that will be sent. */
    public Set<String> requestNames() {
        return traffic.requestNames(plan.profile());
    }

    /** This run with further claims that it does not show. */
    RunInputs without(Map<String, String> reasons) {
        Map<String, String> all = new TreeMap<>(reasons);
        all.putAll(omissions);
        return new RunInputs(options, environment, stage.without(reasons), plan, traffic, probes, all);
    }

    /** Keeps what was read in the evidence, so that it can be judged again, and read, without this checkout. */
    void copyTo(EvidenceDirectory evidence) {
        evidence.addInput(options.environmentFile(), "environments/" + environment.name() + ".yaml");
        if (!plan.profile().name().equals(StagePlan.NAME)) {
            String profile = plan.profile().name() + ".yaml";
            evidence.addInput(options.profiles().resolve(profile), "profiles/" + profile);
        }
        for (Traffic mix : traffic.mixes(plan.profile())) {
            evidence.addInput(options.trafficMixes().resolve(mix.name() + ".yaml"), "traffic/" + mix.name() + ".yaml");
        }
        for (Path file :
                StageFiles.load(options.stages(), vocabulary(environment)).files()) {
            evidence.addInput(file, Judging.STAGES + "/" + file.getFileName());
        }
        evidence.addInput(
                options.probeFiles().resolve(options.probes() + ".yaml"), "probes/" + options.probes() + ".yaml");
        Omissions.write(evidence, omissions);
        EarlierRuns.keep(
                EarlierRuns.baseline(
                        options.results(),
                        stage.name(),
                        environment.name(),
                        plan.profile().name()),
                evidence);
    }

    private static MetricVocabulary vocabulary(Environment environment) {
        return MetricVocabulary.standard().with(environment.metrics());
    }
}
