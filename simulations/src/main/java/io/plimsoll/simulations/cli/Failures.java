package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.ObservationException;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.simulations.RunFailure;
import java.io.PrintWriter;

/** What a person reads when a command fails: one sentence where the cause is known, everything where it is not. */
final class Failures {
    private static final int SOFTWARE = 70;

    private Failures() {}

    /** Reports and returns the exit code. */
    static int report(Exception thrown, PrintWriter err) {
        if (thrown instanceof RunFailure failure) {
            err.println("plimsoll: " + failure.getMessage());
            return failure.reason().exitCode();
        }
        if (thrown instanceof EvidenceException failure) {
            err.println("plimsoll: " + failure.getMessage());
            return failure.kind() == EvidenceException.Kind.UNWRITABLE
                    ? RunFailure.Cause.IO.exitCode()
                    : PlimsollCommand.USAGE;
        }
        if (thrown instanceof DocumentException) {
            err.println("plimsoll: " + thrown.getMessage());
            return PlimsollCommand.USAGE;
        }
        if (thrown instanceof ObservationException unseen) {
            err.println("plimsoll: " + unseen.sentence());
            return RunFailure.Cause.UNAVAILABLE.exitCode();
        }
        thrown.printStackTrace(err);
        return SOFTWARE;
    }
}
