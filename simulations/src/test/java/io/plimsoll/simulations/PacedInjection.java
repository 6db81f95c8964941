package io.plimsoll.simulations;

import io.gatling.javaapi.core.OpenInjectionStep;
import io.plimsoll.simulations.capacity.Pacer;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.concurrent.duration.FiniteDuration;

/**
 * An open injection whose rate is decided while it runs. Gatling's own steps are fixed before; its engine, however, asks a
 * step for one user after the other, a second ahead, and that is where a {@link Pacer} answers.
 *
 * <p>Gatling 3.15.1 has no public way to give it a step of one's own: the Java step is made by its private constructor.
 */
final class PacedInjection implements io.gatling.core.controller.inject.open.OpenInjectionStep {
    private static final long serialVersionUID = 1L;

    private final transient Pacer pacer;
    private final long mostUsers;
    private final Duration longest;

    private PacedInjection(Pacer pacer, long mostUsers, Duration longest) {
        this.pacer = pacer;
        this.mostUsers = mostUsers;
        this.longest = longest;
    }

    /**
     * A step.
     *
     * @param mostUsers how many it starts at most; only for show
     * @param longest how long it lasts at most; only for show
     */
    static OpenInjectionStep of(Pacer pacer, long mostUsers, Duration longest) {
        try {
            Constructor<OpenInjectionStep> constructor = OpenInjectionStep.class.getDeclaredConstructor(
                    io.gatling.core.controller.inject.open.OpenInjectionStep.class);
            constructor.setAccessible(true);
            return constructor.newInstance(new PacedInjection(pacer, mostUsers, longest));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of Gatling takes no injection step of one's own: " + e, e);
        }
    }

    @Override
    public Iterator<FiniteDuration> chain(Iterator<FiniteDuration> chained) {
        return new AbstractIterator<>() {
            private OptionalLong following = pacer.next();

            @Override
            public boolean hasNext() {
                return following.isPresent();
            }

            @Override
            public FiniteDuration next() {
                long now = following.orElseThrow();
                following = pacer.next();
                return FiniteDuration.apply(now, TimeUnit.NANOSECONDS);
            }
        };
    }

    @Override
    public long users() {
        return mostUsers;
    }

    @Override
    public FiniteDuration duration() {
        return FiniteDuration.apply(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean canEqual(Object that) {
        return that instanceof PacedInjection;
    }

    @Override
    public int productArity() {
        return 0;
    }

    @Override
    public Object productElement(int index) {
        throw new IndexOutOfBoundsException(index);
    }
}
