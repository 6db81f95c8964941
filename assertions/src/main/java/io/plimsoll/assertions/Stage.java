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
     * Which SLOs a run could not answer, whatever happens: one sentence each; empty if it can answer all.
     *
     * @param topology what is deployed
     * @param requestNames names of the requests that will be sent
     * @param plan the load that will be offered
     */
    public List<String> unresolvable(Topology topology, Set<String> requestNames, LoadPlan plan) {
        List<String> problems = new ArrayList<>();
        for (StageClaim claim : claims) {
            if (claim.exercisedBy()
                    .filter(profile -> !profile.equals(plan.profile()))
                    .isPresent()) {
                continue;
            }
            for (Slo slo : claim.slos()) {
                problem(slo, topology, requestNames, plan)
                        .ifPresent(problem -> problems.add("claim " + claim.id() + ": " + slo + ": " + problem));
            }
        }
        return List.copyOf(problems);
    }

    private static Optional<String> problem(Slo slo, Topology topology, Set<String> requestNames, LoadPlan plan) {
        List<String> phases = Stream.concat(
                        plan.phases().stream().map(Phase::name), Stream.of(Slo.WHOLE, Slo.AFTER_WARM_UP))
                .toList();
        Optional<String> phase = unknown("phase", slo.during(), phases);
        if (phase.isPresent()) {
            return phase;
        }
        if (slo.subject() instanceof Subject.TimeBetween time) {
            return problem(time, topology, requestNames, plan);
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
            Subject.TimeBetween time, Topology topology, Set<String> requestNames, LoadPlan plan) {
        List<String> marks = Stream.concat(plan.marks().keySet().stream(), OBSERVED_MARKS.stream())
                .toList();
        Optional<String> from = unknown("mark", Optional.of(time.from()), marks);
        if (from.isPresent()) {
            return from;
        }
        Optional<String> to = time.to() instanceof Subject.Mark.Recovered recovered
                ? problem(recovered.slo(), topology, requestNames, plan)
                : unknown("mark", Optional.of(time.to().toString()), marks);
        if (to.isPresent()) {
            return to;
        }
        boolean scaling = Stream.of(time.from(), time.to().toString()).anyMatch(OBSERVED_MARKS::contains);
        return scaling && topology.of(ResourceKind.SCALING_GROUP).isEmpty()
                ? Optional.of("the stack has no scaling group")
                : Optional.empty();
    }

    private static Optional<String> requestOf(Subject subject) {
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
