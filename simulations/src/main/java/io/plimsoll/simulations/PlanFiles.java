package io.plimsoll.simulations;

import io.plimsoll.assertions.Exercise;
import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageClaim;
import io.plimsoll.assertions.StageFiles;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import io.plimsoll.simulations.plan.LoadProfile;
import io.plimsoll.simulations.plan.PlannedDisturbance;
import io.plimsoll.simulations.plan.RunTraffic;
import io.plimsoll.simulations.plan.StagePlan;
import io.plimsoll.simulations.plan.Step;
import io.plimsoll.simulations.plan.Traffic;
import io.plimsoll.simulations.probe.ProbeFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The plans, load profiles and traffic mixes of a checkout, and what the options choose of them. */
final class PlanFiles {
    /** The traffic of phases that name none, in a plan that has no usual mix, of a run that is given none. */
    private static final String REFERENCE_MIX = "reference";

    private final RunOptions options;
    private final StageFiles stages;

    PlanFiles(RunOptions options, StageFiles stages) {
        this.options = options;
        this.stages = stages;
    }

    /** The plan of a run: one of the stage's, or a load profile; of it, what the chosen claims need. */
    StagePlan chosen(Stage stage, Environment environment) {
        StagePlan planned = planned(stage);
        if (options.disturb().isEmpty()) {
            return planned;
        }
        List<PlannedDisturbance> asked = planned.disturbances(Document.parse("-Ddisturb", options.disturb()));
        asked.stream()
                .flatMap(one -> environment.disturbing().refusal(one.name()).stream()
                        .map(why -> "-Ddisturb: " + one.name() + ": " + why))
                .findFirst()
                .ifPresent(refusal -> {
                    throw new DocumentException(refusal);
                });
        return planned.with(asked);
    }

    private StagePlan planned(Stage stage) {
        StagePlan whole = whole(stage);
        refuseUnknownClaims(stage, whole);
        if (options.claims().isEmpty()) {
            return whole;
        }
        Set<String> phases = stage.claims().stream()
                .filter(claim -> options.claims().contains(claim.id()))
                .flatMap(claim -> claim.slos().stream())
                .flatMap(Slo::phaseNames)
                .collect(Collectors.toCollection(TreeSet::new));
        return whole.only(options.claims(), phases);
    }

    private StagePlan whole(Stage stage) {
        String name = options.profile().equals(StagePlan.NAME) ? exercising(stage) : options.profile();
        Document.Node further = stages.furtherPlans(stage.name()).get(name);
        if (further != null) {
            return StagePlan.read(name, further);
        }
        return name.equals(StagePlan.NAME)
                ? own(stage)
                : StagePlan.of(LoadProfile.read(options.profiles(), options.profile()));
    }

    /** The further plan that all claims which were asked for need; the stage's own where there is none. */
    private String exercising(Stage stage) {
        Set<String> needed = stage.claims().stream()
                .filter(claim -> options.claims().contains(claim.id()))
                .map(claim -> claim.exercisedBy().orElse(StagePlan.NAME))
                .collect(Collectors.toSet());
        return needed.size() == 1
                ? needed.stream()
                        .filter(stages.furtherPlans(stage.name())::containsKey)
                        .findFirst()
                        .orElse(StagePlan.NAME)
                : StagePlan.NAME;
    }

    private StagePlan own(Stage stage) {
        return stages.plan(stage.name())
                .map(StagePlan::read)
                .orElseThrow(() -> new DocumentException(options.stages() + ": stage '" + stage.name()
                        + "' has no plan; choose a load profile by -Dprofile=: "
                        + String.join(", ", LoadProfile.names(options.profiles()))));
    }

    private void refuseUnknownClaims(Stage stage, StagePlan plan) {
        List<String> valid = stage.claims().stream().map(StageClaim::id).toList();
        for (String claim : options.claims()) {
            if (!valid.contains(claim)) {
                throw new DocumentException("-Dclaims: stage '" + stage.name() + "' has no such claim: "
                        + Suggestion.unknown("claim", claim, valid));
            }
        }
        Set<String> served = new TreeSet<>();
        plan.profile().steps().forEach(step -> served.addAll(step.claims()));
        plan.disturbances().forEach(disturbance -> served.addAll(disturbance.claims()));
        for (String claim : served) {
            if (!valid.contains(claim)) {
                throw new DocumentException(options.stages() + ": the plan of stage '" + stage.name()
                        + "' is for a claim that the stage does not have: "
                        + Suggestion.unknown("claim", claim, valid));
            }
        }
    }

    /** The traffic of a plan's phases. */
    RunTraffic traffic(StagePlan plan) {
        Map<String, Traffic> mixes = new TreeMap<>();
        SortedMap<String, Traffic> byPhase = new TreeMap<>();
        for (Step step : plan.profile().steps()) {
            step.mix().ifPresent(mix -> byPhase.put(step.name(), mixes.computeIfAbsent(mix, this::mix)));
        }
        String usual = options.traffic().or(plan::mix).orElse(REFERENCE_MIX);
        return new RunTraffic(mixes.computeIfAbsent(usual, this::mix), byPhase);
    }

    /** How the service is probed. */
    ProbeFile probes() {
        return ProbeFile.read(options.probeFiles(), options.probes());
    }

    private Traffic mix(String name) {
        return Traffic.read(options.trafficMixes(), name);
    }

    /** What a run of this plan does. */
    Exercise exercise(StagePlan plan, RunTraffic traffic, Environment environment) {
        Set<String> marks = new TreeSet<>(Stage.OBSERVED_MARKS);
        marks.addAll(plan.disturbanceNames());
        plan.profile().steps().stream()
                .map(Step::mark)
                .flatMap(Optional::stream)
                .forEach(marks::add);
        Set<String> phases = plan.profile().steps().stream().map(Step::name).collect(Collectors.toSet());
        Map<String, String> refused = new TreeMap<>();
        for (PlannedDisturbance disturbance : plan.disturbances()) {
            environment.disturbing().refusal(disturbance.name()).ifPresent(why -> refused.put(disturbance.name(), why));
        }
        return new Exercise(
                plan.profile().name(),
                options.claims(),
                phases,
                traffic.requestNames(plan.profile()),
                marks,
                plan.disturbanceNames(),
                refused,
                elsewhere());
    }

    /**
     * Why a search for capacity does not show what is not about it, by claim id: it overloads the stack on purpose. Empty
     * for a plan of fixed rates.
     */
    Map<String, String> outsideSearch(Stage stage, StagePlan plan) {
        if (plan.profile().search().isEmpty()) {
            if (options.instances().isPresent()) {
                throw new DocumentException("-Dinstances: only a search for capacity holds groups at a size, and '"
                        + options.profile() + "' is none; add -Dprofile=capacity");
            }
            return Map.of();
        }
        String name = plan.profile().name();
        return stage.claims().stream()
                .filter(claim ->
                        claim.notTested().isEmpty() && !claim.exercisedBy().equals(Optional.of(name)))
                .collect(Collectors.toMap(
                        StageClaim::id,
                        claim -> "this run searched for capacity, and overloaded the stack for it",
                        (one, same) -> one));
    }

    /** Every name that some plan, profile or mix of this checkout knows. */
    private Set<String> elsewhere() {
        Set<String> names = new TreeSet<>();
        LoadProfile.names(options.profiles()).stream()
                .map(name -> StagePlan.of(LoadProfile.read(options.profiles(), name)))
                .forEach(plan -> addNames(plan, names));
        for (String stage : stages.names()) {
            stages.plan(stage).map(StagePlan::read).ifPresent(plan -> addNames(plan, names));
            stages.furtherPlans(stage).forEach((name, plan) -> addNames(StagePlan.read(name, plan), names));
        }
        Traffic.names(options.trafficMixes())
                .forEach(name -> names.addAll(mix(name).requestNames()));
        return names;
    }

    private static void addNames(StagePlan plan, Set<String> names) {
        names.addAll(plan.disturbanceNames());
        for (Step step : plan.profile().steps()) {
            names.add(step.name());
            step.mark().ifPresent(names::add);
        }
    }
}
