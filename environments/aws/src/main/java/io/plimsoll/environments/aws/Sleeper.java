package io.plimsoll.environments.aws;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Sleeper {
    /** Real time. */
    Sleeper SYSTEM = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    /**
     * Returns after that time, at once if it is zero.
     *
     * @throws InterruptedException if the thread is interrupted before or meanwhile
     */
    void sleep(Duration duration) throws InterruptedException;
}
