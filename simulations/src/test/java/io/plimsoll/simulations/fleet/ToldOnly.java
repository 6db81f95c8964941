package io.plimsoll.simulations.fleet;

import io.plimsoll.results.run.RunFacts.ClockOffset;
import io.plimsoll.results.run.ShardPlace;
import java.nio.file.Path;
import java.util.Optional;

/** A place that injectors are told of, and nobody gathers from. */
record ToldOnly(String told, ShardPlace gathered) implements ResultsPlace {
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
        return new ClockOffset(0, 0);
    }

    @Override
    public void close() {}
}
