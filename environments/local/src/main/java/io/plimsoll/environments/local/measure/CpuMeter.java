package io.plimsoll.environments.local.measure;

import io.plimsoll.environments.local.process.ChildProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** CPU use of a process between two readings. Used by one thread. */
final class CpuMeter {
    private final ChildProcess process;
    private long lastNanos = System.nanoTime();
    private Optional<Duration> last;

    CpuMeter(ChildProcess process) {
        this.process = process;
        this.last = process.cpuTime();
    }

    /** Percent of one core since the last reading; more than 100 if several threads were busy. Empty if unknown. */
    OptionalDouble percent() {
        long nanos = System.nanoTime();
        Optional<Duration> now = process.cpuTime();
        OptionalDouble percent = now.isPresent() && last.isPresent()
                ? OptionalDouble.of(100.0 * now.get().minus(last.get()).toNanos() / Math.max(1, nanos - lastNanos))
                : OptionalDouble.empty();
        last = now;
        lastNanos = nanos;
        return percent;
    }
}
