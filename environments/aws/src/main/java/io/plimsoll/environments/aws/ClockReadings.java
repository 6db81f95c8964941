package io.plimsoll.environments.aws;

import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoint's clock minus ours, from the {@code Date} headers of its answers.
 *
 * <p>A header says a whole second, cut off, and was written some time between sending and receiving. So one answer
 * bounds the offset to an interval as wide as the round trip plus 1 s, and several answers to the intersection of
 * theirs. Where the answers of one service contradict each other (a clock was set meanwhile), or those of two services
 * do (their clocks differ), the result spans them all. Safe for use by several threads.
 */
final class ClockReadings {
    private static final long RESOLUTION_MILLIS = 1000;

    private final Map<String, Reading> byService = new HashMap<>();

    /**
     * Takes one answer into account.
     *
     * @param service whose clock it is
     * @param sent when the request was sent, by our clock
     * @param received when the answer began to arrive, by our clock
     * @param date its Date header
     */
    synchronized void add(String service, Instant sent, Instant received, Instant date) {
        if (received.isBefore(sent)) {
            return; // our own clock was set back in between: this answer says nothing
        }
        long low = Duration.between(received, date).toMillis();
        long high = Duration.between(sent, date).toMillis() + RESOLUTION_MILLIS;
        byService.merge(service, new Reading(new Interval(low, high), new Interval(low, high)), Reading::and);
    }

    /** The offset; empty before the first answer. */
    synchronized Optional<ClockOffset> offset() {
        return byService.values().stream()
                .map(Reading::best)
                .map(interval -> new Reading(interval, interval))
                .reduce(Reading::and)
                .map(Reading::best)
                .map(Interval::offset);
    }

    /** What several answers say: the intersection of their intervals, possibly inverted, and their hull. */
    private record Reading(Interval intersection, Interval hull) {
        Reading and(Reading other) {
            return new Reading(
                    new Interval(
                            Math.max(intersection.low, other.intersection.low),
                            Math.min(intersection.high, other.intersection.high)),
                    new Interval(Math.min(hull.low, other.hull.low), Math.max(hull.high, other.hull.high)));
        }

        Interval best() {
            return intersection.low <= intersection.high ? intersection : hull;
        }
    }

    private record Interval(long low, long high) {
        /** The middle, and an error rounded up so that the interval is covered. */
        ClockOffset offset() {
            long middle = Math.floorDiv(low + high, 2);
            return new ClockOffset(middle, Math.max(middle - low, high - middle));
        }
    }
}
