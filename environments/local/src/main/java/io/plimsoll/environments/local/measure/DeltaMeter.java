package io.plimsoll.environments.local.measure;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The growth of a counter between two readings. Used by one thread. */
final class DeltaMeter {
    private OptionalLong last = OptionalLong.empty();
    private long lastNanos;

    /** Growth since the last reading; empty at the first and when the counter was reset. */
    OptionalLong growth(long total) {
        OptionalLong growth = last.isPresent() && total >= last.getAsLong()
                ? OptionalLong.of(total - last.getAsLong())
                : OptionalLong.empty();
        last = OptionalLong.of(total);
        return growth;
    }

    /** Growth a second since the last reading; empty at the first and when the counter was reset. */
    OptionalDouble perSecond(long total) {
        long nanos = System.nanoTime();
        OptionalLong growth = growth(total);
        double seconds = Math.max(1, nanos - lastNanos) / 1e9;
        lastNanos = nanos;
        return growth.isPresent() ? OptionalDouble.of(growth.getAsLong() / seconds) : OptionalDouble.empty();
    }
}
