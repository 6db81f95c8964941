package io.plimsoll.simulations;

import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageClaim;
import io.plimsoll.assertions.StageFiles;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.observation.MetricDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which claims would be INCONCLUSIVE for metrics that are not seen. */
public final class Blindness {
    private Blindness() {}

    /** Every metric that an SLO of the stages names which an environment can be. */
    public static List<MetricDefinition> metrics(Environment environment, StageFiles stages) {
        return environment.stages().stream()
                .flatMap(name -> SloMetrics.of(stages.stage(name)).stream())
                .distinct()
                .toList();
    }

    /**
     * One sentence for each claim that needs such a metric.
     *
     * @param dark what is wrong, by name of the metric
     */
    public static List<String> of(Stage stage, Map<String, String> dark) {
        List<String> sentences = new ArrayList<>();
        for (StageClaim claim : stage.claims()) {
            Set<String> missing = new TreeSet<>();
            claim.slos().stream().flatMap(SloMetrics::of).forEach(metric -> {
                if (dark.containsKey(metric.name())) {
                    missing.add(metric.name() + " (" + dark.get(metric.name()) + ")");
                }
            });
            if (!missing.isEmpty()) {
                sentences.add("claim " + claim.id() + " " + claim.says() + ": " + String.join(", ", missing));
            }
        }
        return List.copyOf(sentences);
    }

    /** The same of several stages, a line for each thing that is wrong: {@code replica lag (it was refused): 4.4, 5.1}. */
    public static List<String> shortened(Collection<Stage> stages, Map<String, String> dark) {
        Map<String, Set<String>> claims = new TreeMap<>();
        for (Stage stage : stages) {
            for (StageClaim claim : stage.claims()) {
                claim.slos().stream()
                        .flatMap(SloMetrics::of)
                        .filter(metric -> dark.containsKey(metric.name()))
                        .forEach(metric -> claims.computeIfAbsent(
                                        metric.name() + " (" + dark.get(metric.name()) + ")", key -> new TreeSet<>())
                                .add(claim.id()));
            }
        }
        return claims.entrySet().stream()
                .map(entry -> (entry.getValue().size() == 1 ? "claim " : "claims ")
                        + String.join(", ", entry.getValue()) + ": " + entry.getKey())
                .toList();
    }
}
