package io.plimsoll.assertions;

import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Subject;
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
    public static final List<String> OBSERVED_MARKS = List.of("alarm", "scaling-activity", "healthy");

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
        Optional<String> phase = unknown("phase", slo.during(), phases);
        if (phase.isPresent()) {
            return phase;
        }
        if (slo.subject() instanceof Subject.TimeBetween time) {
            return problem(time, topology, requestNames, plan, disturbances);
        }
        if (slo.subject() instanceof Subject.Expression expression) {
            return expression
                    .metrics()
                    .map(metric -> metric.kind())
                    .filter(kind -> topology.of(kind).isEmpty())
                    .map(kind -> "the stack has no " + kind.word())
                    .findFirst();
        }
        return unknown("request", requestOf(slo.subject()), requestNames);
    }

    private static Optional<String> problem(
            Subject.TimeBetween time,
            Topology topology,
            Set<String> requestNames,
            LoadPlan plan,
            Set<String> disturbances) {
        List<String> marks = Stream.of(plan.marks().keySet(), OBSERVED_MARKS, disturbances)
                .flatMap(Collection::stream)
                .toList();
        Optional<String> from = unknown("mark", Optional.of(time.from()), marks);
        if (from.isPresent()) {
            return from;
        }
        Optional<String> to = time.to() instanceof Subject.Mark.Recovered recovered
                ? problem(recovered.slo(), topology, requestNames, plan, disturbances)
                : unknown("mark", Optional.of(time.to().toString()), marks);
        if (to.isPresent()) {
            return to;
        }
        boolean scaling = Stream.of(time.from(), time.to().toString()).anyMatch(OBSERVED_MARKS::contains);
        return scaling && topology.of(ResourceKind.SCALING_GROUP).isEmpty()
                ? Optional.of("the stack has no scaling group")
                : Optional.empty();
    }

    static Optional<String> requestOf(Subject subject) {
        if (subject instanceof Subject.Percentile percentile) {
            return percentile.requests().name();
        } else if (subject instanceof Subject.Longest longest) {
            return longest.requests().name();
        } else if (subject instanceof Subject.MeanTime mean) {
            return mean.requests().name();
        } else if (subject instanceof Subject.ErrorRatio errors) {
            return errors.requests().name();
        } else if (subject instanceof Subject.RequestRate rate) {
            return rate.requests().name();
        }
        return Optional.empty();
    }

    private static Optional<String> unknown(String what, Optional<String> word, Collection<String> valid) {
        return word.filter(name -> !valid.contains(name)).map(name -> Suggestion.unknown(what, name, valid));
    }
}
