package io.plimsoll.environments.local.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a process to come up by asking it. */
public final class Await {
    private static final long PAUSE_NANOS = 20_000_000;

    private Await() {}

    /**
     * Asks every 20 ms until the answer is yes.
     *
     * @return whether it was yes within {@code most}
     */
    public static boolean until(BooleanSupplier condition, Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
