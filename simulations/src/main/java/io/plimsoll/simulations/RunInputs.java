package io.plimsoll.simulations;

import io.plimsoll.assertions.Exercise;
import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageClaim;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
        StagePlan plan = plans.chosen(stage, environment);
        RunTraffic traffic = plans.traffic(plan);
        Exercise exercise = plans.exercise(plan, traffic, environment);
        Map<String, String> omissions = new TreeMap<>(exercise.omissions(stage));
        omissions.putAll(cannotShow(options, environment, files, stage));
        omissions.putAll(plans.outsideSearch(stage, plan));
        return new RunInputs(options, environment, stage.without(omissions), plan, traffic, plans.probes(), omissions);
    }

    /** Claims of this stage that the environment says it cannot show; it may name those of other stages, too. */
    private static Map<String, String> cannotShow(
            RunOptions options, Environment environment, StageFiles files, Stage stage) {
        List<String> valid = files.names().stream()
                .flatMap(name -> files.stage(name).claims().stream())
                .map(StageClaim::id)
                .distinct()
                .toList();
        Map<String, String> reasons = new TreeMap<>(environment.cannotShow());
        for (String claim : reasons.keySet()) {
            if (!valid.contains(claim)) {
                throw new DocumentException(options.environmentFile() + ": cannot-show: no stage has such a claim: "
                        + Suggestion.unknown("claim", claim, valid));
            }
        }
        reasons.keySet().retainAll(stage.claims().stream().map(StageClaim::id).toList());
        return reasons;
    }

    /** The load that will be offered if its first request is due at that moment. A search stays within what is allowed. */
    public LoadPlan planAt(Instant start) {
        LoadPlan rates = plan.profile().startingAt(start, environment.rates(), environment.timeScale());
        LoadPlan load = new LoadPlan(
                rates.profile(),
                rates.phases().stream()
                        .map(phase -> phase.withRequestsPerUser(
                                traffic.of(phase.name()).requestsPerVisit()))
                        .toList(),
                rates.marks());
        return plan.profile().search().isPresent()
                ? load.within(
                        environment.permission().maxRequestsPerSecond(),
                        environment.permission().maxDuration())
                : load;
    }

    /** This run as one of several load generators that share its load: rates and permission divided by their count. */
    RunInputs sharedBy(int count) {
        return new RunInputs(options, environment.sharedBy(count), stage, plan, traffic, probes, omissions);
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
        String profile = plan.profile().name() + ".yaml";
        Path file = options.profiles().resolve(profile);
        if (Files.isRegularFile(file)) { // a stage's plan stands in the stage's file
            evidence.addInput(file, "profiles/" + profile);
        }
        for (Traffic mix : traffic.mixes(plan.profile())) {
            evidence.addInput(options.trafficMixes().resolve(mix.name() + ".yaml"), "traffic/" + mix.name() + ".yaml");
        }
        for (Path stages :
                StageFiles.load(options.stages(), vocabulary(environment)).files()) {
            evidence.addInput(stages, Judging.STAGES + "/" + stages.getFileName());
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
