package io.plimsoll.environments.local;

import io.plimsoll.environments.local.aws.AwsEndpoint;
import io.plimsoll.environments.local.descriptor.StackDescriptor;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.scaling.GroupInstance;
import io.plimsoll.environments.local.scaling.ScalingGroup;
import io.plimsoll.environments.local.scaling.ScalingGroupSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What AWS would do for the stack, wired in this one place: keep its metrics, scale its group, answer for it.
 */
final class ControlPlane implements AutoCloseable {
    /** Alarms look at the finest period there is. */
    private static final Duration ALARM_PERIOD = Duration.ofSeconds(1);

    private final StackDescriptor descriptor;
    private final MetricStore store = new MetricStore(Clock.systemUTC());
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private @Nullable AwsEndpoint endpoint;
    private @Nullable ScalingGroup group;

    ControlPlane(StackDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Where measurements go. */
    MetricSink metrics() {
        return store;
    }

    /** Lets the group launch its desired instances and act from there, and begins to answer AWS clients. */
    synchronized void start(Estate estate, Fleet fleet) {
        StackDescriptor.Group described = descriptor.group();
        ScalingGroup scaling = new ScalingGroup(
                new ScalingGroupSpec(
                        described.name(),
                        described.type().name(),
                        descriptor.zones(),
                        described.min(),
                        described.max(),
                        described.desired(),
                        described.warmUp(),
                        described.policy().target(),
                        described.policy().scaleOutDatapoints(),
                        described.policy().scaleInDatapoints(),
                        ALARM_PERIOD),
                estate,
                fleet,
                store,
                Clock.systemUTC());
        closing.push(scaling::close);
        scaling.start();
        this.group = scaling;
        AwsEndpoint answering = AwsEndpoint.start(
                descriptor.region(),
                estate,
                store,
                scaling,
                Set.copyOf(descriptor.faults().refuse()));
        closing.push(answering::close);
        endpoint = answering;
    }

    /** URL of the AWS endpoint; empty before the start. */
    synchronized Optional<String> endpoint() {
        return Optional.ofNullable(endpoint).map(answering -> answering.uri().toString());
    }

    /** How many instances the group itself counts as in service: it learns of a target's health a moment later. */
    synchronized long inService() {
        return Optional.ofNullable(group).stream()
                .flatMap(scaling -> scaling.groups().stream())
                .flatMap(status -> status.instances().stream())
                .filter(instance -> instance.lifecycle() == GroupInstance.Lifecycle.IN_SERVICE)
                .count();
    }

    @Override
    public synchronized void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
