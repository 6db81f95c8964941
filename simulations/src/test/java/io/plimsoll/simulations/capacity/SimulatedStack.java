package io.plimsoll.simulations.capacity;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A load generator and a stack of one queue on a clock of their own. It serves one request after the other, refuses what would
 * wait for more than half a second, and now and then stands still. The generator asks for users a second ahead and writes its
 * log in blocks, as Gatling does.
 */
final class SimulatedStack extends Clock {
    static final Instant START = Instant.parse("2026-01-01T00:00:00.250Z");
    private static final long SECOND = 1_000_000_000L;
    private static final long QUEUE_LIMIT = SECOND / 2;
    private static final int LOGGED_AT_ONCE = 178;

    private final double capacityPerSecond;
    private final double stallsPerSecond;
    private final Random random;
    private final Deque<Long> due = new ArrayDeque<>();
    private final List<Answer> buffered = new ArrayList<>();
    private final List<Answer> logged = new ArrayList<>();
    private long now;
    private long busyUntil;
    private long nextStall;

    private record Answer(long sentMillis, RequestOutcome outcome, int millis) {}

    /**
     * A stack.
     *
     * @param stallsPerSecond how often it stands still for 10 to 60 ms
     */
    SimulatedStack(double capacityPerSecond, double stallsPerSecond, long seed) {
        this.capacityPerSecond = capacityPerSecond;
        this.stallsPerSecond = stallsPerSecond;
        this.random = new Random(seed);
        this.nextStall = stall();
    }

    private long stall() {
        return stallsPerSecond > 0
                ? now + Math.round(-Math.log(1 - random.nextDouble()) / stallsPerSecond * SECOND)
                : Long.MAX_VALUE;
    }

    /** Lets time pass, and users with it. */
    void pass(Duration duration, Pacer pacer) {
        long until = now + duration.toNanos();
        for (OptionalLong user = ahead(pacer, until); user.isPresent(); user = ahead(pacer, until)) {
            due.add(user.getAsLong());
        }
        while (!due.isEmpty() && due.getFirst() <= until) {
            now = due.getFirst();
            serve(due.removeFirst());
        }
        now = until;
    }

    private OptionalLong ahead(Pacer pacer, long until) {
        return due.isEmpty() || due.getLast() <= until + SECOND ? pacer.next() : OptionalLong.empty();
    }

    private void serve(long at) {
        while (nextStall <= at) {
            busyUntil = Math.max(busyUntil, nextStall) + (10 + random.nextInt(50)) * 1_000_000L;
            now = nextStall;
            nextStall = stall();
        }
        now = at;
        long begin = Math.max(at, busyUntil);
        boolean refused = begin - at > QUEUE_LIMIT;
        if (!refused) {
            busyUntil = begin + Math.round(SECOND / capacityPerSecond);
        }
        buffered.add(
                new Answer(START.toEpochMilli() + at / 1_000_000, refused ? RequestOutcome.KO : RequestOutcome.OK, (int)
                        (refused ? 1 : 1 + (busyUntil - at) / 1_000_000)));
        if (buffered.size() == LOGGED_AT_ONCE) {
            logged.addAll(buffered);
            buffered.clear();
        }
    }

    /** What the log holds now. */
    ClientRecord log() {
        RequestHistograms.Builder builder = new RequestHistograms.Builder();
        logged.forEach(answer -> builder.record("read", answer.outcome(), answer.sentMillis(), answer.millis()));
        return builder.build();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(now);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }
}
