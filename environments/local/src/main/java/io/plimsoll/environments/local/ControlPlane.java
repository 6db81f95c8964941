package io.plimsoll.environments.local;

import io.plimsoll.environments.local.descriptor.StackDescriptor;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.metrics.MetricStore;
import java.time.Clock;
import java.util.Optional;

/**
 * What AWS would do for the stack, wired in this one place: keep its metrics, scale its group, answer for it.
 */
final class ControlPlane implements AutoCloseable {
    private final StackDescriptor descriptor;
    private final MetricStore store = new MetricStore(Clock.systemUTC());

    ControlPlane(StackDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Where measurements go. */
    MetricSink metrics() {
        return store;
    }

    /** Launches the group's desired instances and takes over from there. */
    void start(Estate estate, Fleet fleet) throws Fleet.LaunchException {
        for (int i = 0; i < descriptor.group().desired(); i++) {
            fleet.register(
                    fleet.launch(descriptor.zones().get(i % descriptor.zones().size()))
                            .id());
        }
    }

    /** URL of the AWS endpoint. */
    Optional<String> endpoint() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
