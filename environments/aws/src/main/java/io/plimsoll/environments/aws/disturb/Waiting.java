package io.plimsoll.environments.aws.disturb;

import java.time.Duration;
import java.util.List;

/**
 * Asks for a status until it is final.
 *
 * @param poll time between two questions
 */
record Waiting(Duration poll) {
    /** A question that takes a call. */
    @FunctionalInterface
    interface Question {
        String ask() throws InterruptedException;
    }

    /** The first status that is one of these; it ends when the thread is interrupted, as the run does at its end. */
    String until(Question question, List<String> ends) throws InterruptedException {
        String status = question.ask();
        while (!ends.contains(status)) {
            Thread.sleep(poll.toMillis());
            status = question.ask();
        }
        return status;
    }
}
