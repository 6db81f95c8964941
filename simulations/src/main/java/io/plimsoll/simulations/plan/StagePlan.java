package io.plimsoll.simulations.plan;

import io.plimsoll.results.document.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run does: its phases, and what is done to the stack meanwhile. A stage's own plan stands in its stage file.
 *
 * @param profile the load
 * @param mix the traffic of phases that name none, unless a run is given another; empty for the run's default
 * @param disturbances in the order of the file
 */
public record StagePlan(LoadProfile profile, Optional<String> mix, List<PlannedDisturbance> disturbances) {
    /** The name under which a stage's own plan is chosen, instead of a load profile. */
    public static final String NAME = "plan";

    public StagePlan {
        disturbances = List.copyOf(disturbances);
    }

    /** A load profile, with nothing done to the stack. */
    public static StagePlan of(LoadProfile profile) {
        return new StagePlan(profile, Optional.empty(), List.of());
    }

    /** Reads the section {@code plan} of a stage file. */
    public static StagePlan read(Document.Node plan) {
        return read(NAME, plan);
    }

    /** Reads one of the section {@code further-plans} of a stage file. */
    public static StagePlan read(String name, Document.Node plan) {
        plan.allowOnly("mix", "phases", "disturbances");
        List<Step> steps = Step.list(plan.required("phases"));
        return new StagePlan(
                new LoadProfile(name, steps),
                plan.optional("mix").map(Document.Node::text),
                plan.optional("disturbances")
                        .map(node -> PlannedDisturbance.list(node, steps))
                        .orElse(List.of()));
    }

    /** Reads further disturbances in this plan's phases, a list as in its file. */
    public List<PlannedDisturbance> disturbances(Document.Node further) {
        return PlannedDisturbance.list(further, profile.steps());
    }

    /** This plan with further disturbances. */
    public StagePlan with(List<PlannedDisturbance> further) {
        List<PlannedDisturbance> all = new ArrayList<>(disturbances);
        all.addAll(further);
        return new StagePlan(profile, mix, all);
    }

    /**
     * Only what some claims need: phases and disturbances that are there for one of them or for all, and phases that
     * their SLOs name.
     *
     * @param claims ids of the claims
     * @param phases names of the phases that their SLOs name
     */
    public StagePlan only(Set<String> claims, Set<String> phases) {
        List<PlannedDisturbance> done = disturbances.stream()
                .filter(disturbance -> serves(disturbance.claims(), claims))
                .toList();
        Set<String> needed = new TreeSet<>(phases);
        done.forEach(disturbance -> needed.add(disturbance.phase()));
        List<Step> steps = new ArrayList<>();
        for (Step step : profile.steps()) {
            if (serves(step.claims(), claims) || needed.contains(step.name())) {
                steps.add(step);
            }
        }
        return steps.isEmpty()
                ? this
                : new StagePlan(new LoadProfile(profile.name(), steps, profile.search()), mix, done);
    }

    private static boolean serves(Set<String> purpose, Set<String> claims) {
        return purpose.isEmpty() || purpose.stream().anyMatch(claims::contains);
    }

    /** Names of what is done to the stack. */
    public Set<String> disturbanceNames() {
        Set<String> names = new TreeSet<>();
        disturbances.forEach(disturbance -> names.add(disturbance.name()));
        return names;
    }
}
