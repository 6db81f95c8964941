package io.plimsoll.simulations.capacity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When users start, where the rate is decided while load flows: evenly spaced at the rate of the stretch that was last
 * ordered, and at the idle rate between stretches. The load generator asks for each user's offset up to a second ahead, so
 * an order takes effect within that time. Safe for use by several threads.
 */
public final class Pacer {
    private static final double NANOS = 1e9;

    private double idlePerSecond;
    private final List<Stretch> stretches = new ArrayList<>();
    private Optional<Order> order = Optional.empty();
    private long nextNanos;
    private boolean over;

    private record Order(double perSecond, long nanos) {}

    /**
     * A time of one rate.
     *
     * @param perSecond users started per second
     * @param from since the load began
     * @param to since the load began
     * @param ordered whether it was ordered; false for idling
     */
    public record Stretch(double perSecond, Duration from, Duration to, boolean ordered) {}

    /**
     * A pacer that idles.
     *
     * @param idlePerSecond users per second between stretches, &gt; 0
     */
    public Pacer(double idlePerSecond) {
        this.idlePerSecond = checked(idlePerSecond);
    }

    private static double checked(double perSecond) {
        if (!(perSecond > 0 && Double.isFinite(perSecond))) {
            throw new IllegalArgumentException("rate must be finite and > 0, was " + perSecond);
        }
        return perSecond;
    }

    /** Changes the rate between stretches, from the next one on; users per second, &gt; 0. */
    public synchronized void idle(double perSecond) {
        idlePerSecond = checked(perSecond);
    }

    /**
     * Orders the next stretch, which begins with the next user that is asked for.
     *
     * @param perSecond users per second, &gt; 0
     */
    public synchronized void order(double perSecond, Duration length) {
        order = Optional.of(new Order(checked(perSecond), length.toNanos()));
    }

    /** Lets no user start any more. */
    public synchronized void end() {
        over = true;
    }

    /** Whether the stretch that was last ordered has been asked for to its end; false before it has begun. */
    public synchronized Optional<Stretch> finished() {
        Optional<Stretch> latest = latest();
        return order.isEmpty()
                        && latest.isPresent()
                        && nextNanos >= latest.get().to().toNanos()
                ? latest
                : Optional.empty();
    }

    private Optional<Stretch> latest() {
        return stretches.stream().filter(Stretch::ordered).reduce((earlier, later) -> later);
    }

    /** When the next user starts, in nanoseconds since the load began, ascending; empty when no more do. */
    public synchronized OptionalLong next() {
        if (over) {
            return OptionalLong.empty();
        }
        long now = nextNanos;
        Stretch current = at(now);
        nextNanos = now + Math.max(1, Math.round(NANOS / current.perSecond()));
        if (!current.ordered()) {
            extendIdle(current);
        }
        return OptionalLong.of(now);
    }

    private Stretch at(long now) {
        Optional<Stretch> last =
                stretches.isEmpty() ? Optional.empty() : Optional.of(stretches.get(stretches.size() - 1));
        boolean running = last.isPresent()
                && last.get().ordered()
                && now < last.get().to().toNanos();
        if (running) {
            return last.get();
        }
        if (order.isPresent()) {
            Duration from = last.map(Stretch::to).orElse(Duration.ZERO);
            begin(new Stretch(
                    order.get().perSecond(), from, from.plusNanos(order.get().nanos()), true));
            order = Optional.empty();
        } else if (last.isEmpty() || last.get().ordered()) {
            Duration from = last.map(Stretch::to).orElse(Duration.ZERO);
            begin(new Stretch(idlePerSecond, from, from, false));
        }
        return stretches.get(stretches.size() - 1);
    }

    private void begin(Stretch stretch) {
        stretches.add(stretch);
    }

    private void extendIdle(Stretch idle) {
        stretches.set(
                stretches.size() - 1, new Stretch(idle.perSecond(), idle.from(), Duration.ofNanos(nextNanos), false));
    }

    /** Everything that was paced so far, in order and without gaps. */
    public synchronized List<Stretch> stretches() {
        return stretches.stream()
                .filter(stretch -> stretch.to().compareTo(stretch.from()) > 0)
                .toList();
    }
}
