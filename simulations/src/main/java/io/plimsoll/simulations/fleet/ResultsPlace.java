package io.plimsoll.simulations.fleet;

import io.plimsoll.results.run.RunFacts.ClockOffset;
import io.plimsoll.results.run.ShardPlace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Where injectors get what they must know and publish what they sent, and how that reaches the evidence. */
public interface ResultsPlace extends AutoCloseable {
    /** The directory of the evidence that what they publish gets to. */
    ShardPlace gathered();

    /** What injectors are told: a directory, or {@code s3://…}. */
    String told();

    /** Shows a file of {@link #gathered} to the injectors. */
    void offer(Path file) throws InterruptedException;

    /** Brings what is new, if anything may be. A failure is tried again at the next call. */
    void gather() throws InterruptedException;

    /** Brings what is there now for the last time. */
    void finish() throws InterruptedException;

    /** Why what an injector published cannot be used; empty if that is not known. */
    Optional<String> damage(int index);

    /** The clock that every injector measured its own against, minus this machine's. */
    ClockOffset clockOffset();

    @Override
    void close();

    /** A directory that injectors share with whoever gathers: what they publish is there. */
    record Shared(ShardPlace gathered, Clock clock) implements ResultsPlace {
        @Override
        public String told() {
            return gathered.directory().toString();
        }

        @Override
        public void offer(Path file) {}

        @Override
        public void gather() {}

        @Override
        public void finish() {}

        @Override
        public Optional<String> damage(int index) {
            return Optional.empty();
        }

        @Override
        public ClockOffset clockOffset() {
            return gathered.clockOffset(clock, "coordinator");
        }

        @Override
        public void close() {}
    }
}
