package io.plimsoll.assertions;

import io.plimsoll.assertions.slo.Slo;
import java.util.List;
import java.util.Optional;

/**
 * One sentence that a stage promises.
 *
 * @param id such as {@code 5.1}
 * @param says the sentence
 * @param stage the stage whose file holds it
 * @param exercisedBy the load profile that can show it; empty if any can
 * @param slos what proves it; empty if and only if {@code notTested} says why
 * @param notTested why nothing shows it
 * @param needs names of the disturbances without which nothing shows it
 */
public record StageClaim(
        String id,
        String says,
        String stage,
        Optional<String> exercisedBy,
        List<Slo> slos,
        Optional<String> notTested,
        List<String> needs) {
    public StageClaim {
        slos = List.copyOf(slos);
        needs = List.copyOf(needs);
        if (slos.isEmpty() != notTested.isPresent()) {
            throw new IllegalArgumentException("claim " + id + ": must have SLOs or say why it is not tested");
        }
    }

    /** A claim that needs no disturbance. */
    public StageClaim(
            String id,
            String says,
            String stage,
            Optional<String> exercisedBy,
            List<Slo> slos,
            Optional<String> notTested) {
        this(id, says, stage, exercisedBy, slos, notTested, List.of());
    }

    /** This claim in a run that does not exercise it. */
    StageClaim untested(String reason) {
        return new StageClaim(id, says, stage, exercisedBy, List.of(), Optional.of(reason), needs);
    }
}
