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
 */
public record StageClaim(
        String id,
        String says,
        String stage,
        Optional<String> exercisedBy,
        List<Slo> slos,
        Optional<String> notTested) {
    public StageClaim {
        slos = List.copyOf(slos);
        if (slos.isEmpty() != notTested.isPresent()) {
            throw new IllegalArgumentException("claim " + id + ": must have SLOs or say why it is not tested");
        }
    }
}
