package io.plimsoll.simulations;

import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageClaim;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Topology;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which claims a stack cannot show because it lacks the part they are about, or because nothing measures it there. They are
 * NOT TESTED; a claim that must be tested is marked as key in its file.
 *
 * @param topology what is deployed
 * @param measured names of the metrics that the run itself can measure
 * @param why what the stack says of parts that it lacks, by what they are called
 */
record Lacking(Topology topology, Set<String> measured, Map<String, String> why) {
    private static final String NO_PART = "the stack has no ";

    /** Why, by claim id. */
    Map<String, String> of(Stage stage, RunInputs inputs, LoadPlan plan) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (StageClaim claim : stage.claims()) {
            unmeasured(stage, claim)
                    .or(() -> noPart(stage, claim, inputs, plan))
                    .ifPresent(reason -> reasons.put(claim.id(), reason));
        }
        return reasons;
    }

    private Optional<String> unmeasured(Stage stage, StageClaim claim) {
        return SloMetrics.of(alone(stage, claim)).stream()
                .filter(MetricDefinition::fromInjector)
                .map(MetricDefinition::name)
                .filter(name -> !measured.contains(name))
                .findFirst()
                .map(name -> "nothing measures '" + name + "' in this environment");
    }

    private Optional<String> noPart(Stage stage, StageClaim claim, RunInputs inputs, LoadPlan plan) {
        return alone(stage, claim)
                .unresolvable(
                        topology, inputs.requestNames(), plan, inputs.plan().disturbanceNames())
                .stream()
                .filter(problem -> problem.contains(": " + NO_PART))
                .map(problem -> problem.substring(problem.lastIndexOf(NO_PART)))
                .map(this::explained)
                .findFirst();
    }

    private String explained(String noPart) {
        return why.entrySet().stream()
                .filter(each -> noPart.startsWith(NO_PART + each.getKey()))
                .map(each -> noPart + ": " + each.getValue())
                .findFirst()
                .orElse(noPart);
    }

    private static Stage alone(Stage stage, StageClaim claim) {
        return new Stage(stage.name(), stage.title(), List.of(claim));
    }
}
