package io.plimsoll.environments.local.warehouse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How far the ids of a table had come at which time, so that an id tells the age of its row. Times are kept as long as any
 * row may be asked for.
 */
final class Watermarks {
    private final Deque<Mark> marks = new ArrayDeque<>();

    private record Mark(Instant at, long highestId) {}

    /** Notes the highest id that there was at a time; times must not go back. */
    void note(Instant at, long highestId) {
        Mark last = marks.peekLast();
        if (last == null || highestId > last.highestId()) {
            marks.addLast(new Mark(at, highestId));
        }
    }

    /** The highest id of a row that was written at least {@code age} ago; empty if no time is known that is so long ago. */
    Optional<Long> highestOlderThan(Duration age, Instant now) {
        Instant limit = now.minus(age);
        Optional<Long> highest = Optional.empty();
        for (Mark mark : marks) {
            if (mark.at().isAfter(limit)) {
                break;
            }
            highest = Optional.of(mark.highestId());
        }
        return highest;
    }

    /** How long ago the row of an id was first seen, at least; zero for one that has not been seen yet. */
    Duration age(long id, Instant now) {
        for (Mark mark : marks) {
            if (mark.highestId() >= id) {
                return Duration.between(mark.at(), now);
            }
        }
        return Duration.ZERO;
    }

    /** Forgets times that only rows up to this id need. */
    void forgetUpTo(long id) {
        while (marks.size() > 1 && marks.getFirst().highestId() <= id) {
            marks.removeFirst();
        }
    }
}
