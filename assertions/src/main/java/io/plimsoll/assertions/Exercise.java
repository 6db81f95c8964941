package io.plimsoll.assertions;

import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.results.observation.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a run does, as far as it decides which claims it can show. What it lacks is a reason why a claim is NOT TESTED;
 * what exists nowhere is a mistake in a stage file, which {@link Stage#unresolvable} reports.
 *
 * @param profile name of the load profile, or of the stage's own plan
 * @param claims ids of the claims that were asked for; empty if all were
 * @param phases names of the run's phases
 * @param requests names of the requests it sends
 * @param marks names of the moments it knows of by itself
 * @param disturbances names of what it does to the stack
 * @param refused why something it would do to the stack is not done, by name
 * @param elsewhere every name that another plan, profile or traffic mix knows
 */
public record Exercise(
        String profile,
        Set<String> claims,
        Set<String> phases,
        Set<String> requests,
        Set<String> marks,
        Set<String> disturbances,
        Map<String, String> refused,
        Set<String> elsewhere) {
    public Exercise {
        claims = Set.copyOf(claims);
        phases = Set.copyOf(phases);
        requests = Set.copyOf(requests);
        marks = Set.copyOf(marks);
        disturbances = Set.copyOf(disturbances);
        refused = Map.copyOf(refused);
        elsewhere = Set.copyOf(elsewhere);
    }

    /** Why this run does not show some claims of a stage, by claim id. */
    public Map<String, String> omissions(Stage stage) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (StageClaim claim : stage.claims()) {
            omission(claim).ifPresent(reason -> reasons.put(claim.id(), reason));
        }
        return reasons;
    }

    private Optional<String> omission(StageClaim claim) {
        if (claim.notTested().isPresent()) {
            return Optional.empty();
        }
        if (!claims.isEmpty() && !claims.contains(claim.id())) {
            return Optional.of("not asked for: this run was for "
                    + String.join(", ", claims.stream().sorted().toList()));
        }
        if (claim.exercisedBy().filter(needed -> !needed.equals(profile)).isPresent()) {
            return Optional.of(
                    "needs the load profile '" + claim.exercisedBy().get() + "', this run used '" + profile + "'");
        }
        for (String needed : claim.needs()) {
            if (refused.containsKey(needed)) {
                return Optional.of("needs the disturbance '" + needed + "': " + refused.get(needed));
            }
            if (!disturbances.contains(needed)) {
                return Optional.of("needs the disturbance '" + needed + "', which this run did not have");
            }
        }
        return claim.slos().stream().flatMap(slo -> lacking(slo).stream()).findFirst();
    }

    /** What a run lacks for an SLO although another would have it. */
    private Optional<String> lacking(Slo slo) {
        return Stream.of(
                        slo.phaseNames().map(name -> lacks("phase", name, phases)),
                        slo.requestNames().map(name -> lacks("request", name, requests)),
                        slo.markNames().map(name -> lacks("mark", name, marks)))
                .flatMap(lacks -> lacks)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> lacks(String what, String name, Set<String> present) {
        return present.contains(name) || !elsewhere.contains(name)
                ? Optional.empty()
                : Optional.of("needs the " + what + " '" + name + "', which this run did not have");
    }

    /**
     * Why claims that need a disturbance were not shown after all, by claim id.
     *
     * @param events what happened
     */
    public static Map<String, String> undone(Stage stage, List<Event> events) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (StageClaim claim : stage.claims()) {
            for (String needed : claim.needs()) {
                List<Event> tried = events.stream()
                        .filter(event -> event.kind() == Event.Kind.DISTURBANCE)
                        .filter(event -> needed.equals(event.details().get("disturbance")))
                        .toList();
                boolean done = tried.stream()
                        .anyMatch(event -> "done".equals(event.details().get("outcome")));
                if (!done) {
                    reasons.putIfAbsent(
                            claim.id(),
                            "needs the disturbance '" + needed + "', which "
                                    + tried.stream()
                                            .map(event -> event.details().getOrDefault("reason", "failed"))
                                            .findFirst()
                                            .map(reason -> "was not carried out: " + reason)
                                            .orElse("was not carried out"));
                }
            }
        }
        return reasons;
    }
}
