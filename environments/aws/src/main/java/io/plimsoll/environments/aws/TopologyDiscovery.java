package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds every part of a stack from the names of its descriptor's section {@code find}. */
public final class TopologyDiscovery {
    private final AwsClients clients;
    private final Environment environment;

    /**
     * Nothing is asked yet.
     *
     * @param clients clients of the environment
     * @param environment what to look for
     */
    public TopologyDiscovery(AwsClients clients, Environment environment) {
        this.clients = clients;
        this.environment = environment;
    }

    /**
     * The stack as it is now.
     *
     * @throws ObservationException with a sentence for each name that was not found and each permission that is missing
     * @throws InterruptedException if the thread is interrupted
     */
    public Topology discover() throws InterruptedException {
        return look().topology();
    }

    /**
     * A stack and what of its surroundings could not be looked at.
     *
     * @param topology every part that was found
     * @param warnings one sentence for each kind of part that was refused
     */
    public record Seen(Topology topology, List<String> warnings) {
        public Seen {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The stack as it is now, and what was refused.
     *
     * @throws ObservationException with a sentence for each name that was not found and each permission that is missing
     * @throws InterruptedException if the thread is interrupted
     */
    public Seen look() throws InterruptedException {
        Discovery.Found found =
                discovery(AwsCalls.unbounded(Clock.systemUTC())).find(new Topology(List.of()), Set.of());
        if (!found.problems().isEmpty()) {
            throw new ObservationException(Reason.FAILED, String.join("\n", found.problems()));
        }
        return new Seen(withNamedMetrics(found.topology()), found.warnings());
    }

    /** A metric that the descriptor names is a part of its own: nothing says whose it is. */
    private Topology withNamedMetrics(Topology topology) {
        List<Resource> parts = new ArrayList<>(topology.resources());
        environment
                .metrics()
                .forEach(metric ->
                        parts.add(new Facts().with("metric", metric.name()).of(ResourceKind.METRIC, metric.name())));
        return new Topology(parts);
    }

    Discovery discovery(AwsCalls calls) {
        return new Discovery(
                clients.services(), calls, environment.find(), environment.region(), environment.loadHosts());
    }
}
