package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.TimeWindow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The whole wall-clock seconds of a window: a client record selects those that start in it. */
final class Seconds {
    private Seconds() {}

    /** Two numbers of each second in which something was tried: hits, and trials > 0, in order of time. */
    static final class Counts {
        private final double[] hits;
        private final double[] trials;

        private Counts(double[] hits, double[] trials) {
            this.hits = hits;
            this.trials = trials;
        }

        double[] hits() {
            return hits.clone();
        }

        double[] trials() {
            return trials.clone();
        }
    }

    /** From the first whole second that starts in a window to the end of the last. */
    static TimeWindow of(TimeWindow window) {
        return new TimeWindow(ceiling(window.start()), ceiling(window.end()));
    }

    private static Instant ceiling(Instant instant) {
        Instant floor = instant.truncatedTo(ChronoUnit.SECONDS);
        return floor.equals(instant) ? floor : floor.plusSeconds(1);
    }

    /** Counts by second; seconds without a trial are left out. */
    static Counts counts(TimeWindow window, ToDoubleFunction<TimeWindow> trials, ToDoubleFunction<TimeWindow> hits) {
        List<double[]> counts = new ArrayList<>();
        TimeWindow whole = of(window);
        for (Instant at = whole.start(); at.isBefore(whole.end()); at = at.plusSeconds(1)) {
            TimeWindow second = new TimeWindow(at, at.plusSeconds(1));
            double tried = trials.applyAsDouble(second);
            if (tried > 0) {
                counts.add(new double[] {hits.applyAsDouble(second), tried});
            }
        }
        return new Counts(
                counts.stream().mapToDouble(one -> one[0]).toArray(),
                counts.stream().mapToDouble(one -> one[1]).toArray());
    }
}
