package io.plimsoll.assertions;

import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.results.document.Suggestion;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An architecture and all it promises, inherited claims included.
 *
 * @param name such as {@code auto-scaled}
 * @param title in words
 * @param claims lower stages first
 */
public record Stage(String name, String title, List<StageClaim> claims) {
    /** Marks that are found in the evidence; the load plan adds its own. */
    public static final List<String> OBSERVED_MARKS = List.of(
            "alarm", "scaling-activity", "launched", "healthy", "scale-in-alarm", "scale-in-activity", "terminated");

    public Stage {
        claims = List.copyOf(claims);
    }

    /**
     * This stage as a run sees it that does not exercise some claims.
     *
     * @param reasons why, by claim id; a claim that is not tested anyway keeps its own reason
     */
    public Stage without(Map<String, String> reasons) {
        return new Stage(
                name,
                title,
                claims.stream()
                        .map(claim -> {
                            String reason = reasons.get(claim.id());
                            return reason == null || claim.notTested().isPresent() ? claim : claim.untested(reason);
                        })
                        .toList());
    }

    /**
     * Which SLOs a run could not answer, whatever happens: one sentence each; empty if it can answer all.
     *
     * @param topology what is deployed
     * @param requestNames names of the requests that will be sent
     * @param plan the load that will be offered
     */
    public List<String> unresolvable(Topology topology, Set<String> requestNames, LoadPlan plan) {
        return unresolvable(topology, requestNames, plan, Set.of());
    }

    /**
     * The same for a run that disturbs the stack.
     *
     * @param disturbances names of what it does to the stack, each of which is a mark too
     */
    public List<String> unresolvable(
            Topology topology, Set<String> requestNames, LoadPlan plan, Set<String> disturbances) {
        List<String> problems = new ArrayList<>();
        for (StageClaim claim : claims) {
            if (claim.exercisedBy()
                    .filter(profile -> !profile.equals(plan.profile()))
                    .isPresent()) {
                continue;
            }
            for (Slo slo : claim.slos()) {
                problem(slo, topology, requestNames, plan, disturbances)
                        .ifPresent(problem -> problems.add("claim " + claim.id() + ": " + slo + ": " + problem));
            }
        }
        return List.copyOf(problems);
    }

    private static Optional<String> problem(
            Slo slo, Topology topology, Set<String> requestNames, LoadPlan plan, Set<String> disturbances) {
        List<String> phases = Stream.concat(
                        plan.phases().stream().map(Phase::name), Stream.of(Slo.WHOLE, Slo.AFTER_WARM_UP))
                .toList();
        List<String> marks = Stream.of(plan.marks().keySet(), Slo.WELL_KNOWN_MARKS, disturbances)
                .flatMap(Collection::stream)
                .toList();
        return Stream.of(
                        slo.phaseNames().map(name -> unknown("phase", name, phases)),
                        slo.markNames().map(name -> unknown("mark", name, marks)),
                        slo.requestNames().map(name -> unknown("request", name, requestNames)),
                        slo.metrics().map(metric -> absent(metric.kind(), topology)),
                        slo.markNames()
                                .filter(OBSERVED_MARKS::contains)
                                .map(mark -> absent(ResourceKind.SCALING_GROUP, topology)))
                .flatMap(problems -> problems)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> absent(ResourceKind kind, Topology topology) {
        return topology.of(kind).isEmpty() ? Optional.of("the stack has no " + kind.word()) : Optional.empty();
    }

    private static Optional<String> unknown(String what, String word, Collection<String> valid) {
        return valid.contains(word) ? Optional.empty() : Optional.of(Suggestion.unknown(what, word, valid));
    }
}
