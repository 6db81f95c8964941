package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.results.observation.Topology;
import java.time.Clock;
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
        Discovery.Found found =
                discovery(AwsCalls.unbounded(Clock.systemUTC())).find(new Topology(List.of()), Set.of());
        if (!found.problems().isEmpty()) {
            throw new ObservationException(Reason.FAILED, String.join("\n", found.problems()));
        }
        return found.topology();
    }

    Discovery discovery(AwsCalls calls) {
        Landmarks find = environment.find();
        return new Discovery(clients.services(), calls, find, environment.region());
    }
}
