package io.plimsoll.simulations.probe;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has workers do something, unless they are still at it since the last time. */
final class OneAtATime {
    private final ExecutorService workers;
    private final AtomicBoolean atIt = new AtomicBoolean();

    OneAtATime(ExecutorService workers) {
        this.workers = workers;
    }

    void run(Runnable work) {
        if (atIt.compareAndSet(false, true)) {
            workers.execute(() -> {
                try {
                    work.run();
                } finally {
                    atIt.set(false);
                }
            });
        }
    }
}
