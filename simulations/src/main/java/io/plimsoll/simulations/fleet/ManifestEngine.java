package io.plimsoll.simulations.fleet;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes what a person gives to an engine by hand: a manifest that tells it to start the injectors. T0 stands in the manifest,
 * so those that are not up by then make the run void.
 */
public final class ManifestEngine implements Engine {
    /** A form of manifest. */
    public interface Form {
        /** Name of its file. */
        String file();

        /** Its text, for an order and its T0. */
        String text(GangOrder order, Instant start);

        /** How it is given to the engine. */
        String command(Path file);
    }

    private final Form form;
    private final Clock clock;

    public ManifestEngine(Form form, Clock clock) {
        this.form = form;
        this.clock = clock;
    }

    private record Asked(String name, Instant t0) implements Gang {
        @Override
        public Optional<Instant> start() {
            return Optional.of(t0);
        }

        /** Nobody here can tell. */
        @Override
        public boolean isOver() {
            return false;
        }

        /** What was started by hand is ended by hand; its manifest bounds its time. */
        @Override
        public void cancel() {}
    }

    @Override
    public Gang submit(GangOrder order) {
        order.write();
        Instant start = order.startFrom(clock);
        Path file = order.write(form.file(), form.text(order, start));
        return new Asked("start them now by: " + form.command(file), start);
    }
}
