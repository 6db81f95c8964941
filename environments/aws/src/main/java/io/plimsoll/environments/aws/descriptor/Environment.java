package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.observation.MetricDefinition;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A deployed stack, as its descriptor describes it.
 *
 * @param name how the command line names it
 * @param region AWS region
 * @param timeScale how long a minute of AWS takes here, in (0, 1]
 * @param stages names of the stages this environment can be, at least one
 * @param permission where load may go and how much
 * @param rates the load a stage is driven with here
 * @param observe how it is observed
 * @param find the names from which everything else is discovered
 * @param metrics further CloudWatch metrics that SLOs can name
 * @param stop when a run ends early
 * @param disturbing what may be done to it on purpose
 * @param probing how it is probed from outside
 * @param cannotShow why some claims cannot be shown here, by claim id
 * @param placement where it runs
 */
public record Environment(
        String name,
        String region,
        double timeScale,
        List<String> stages,
        LoadPermission permission,
        LoadRates rates,
        Observing observe,
        Landmarks find,
        List<MetricDefinition> metrics,
        List<StopCondition> stop,
        Disturbing disturbing,
        Probing probing,
        SortedMap<String, String> cannotShow,
        Placement placement) {
    public Environment {
        stages = List.copyOf(stages);
        metrics = List.copyOf(metrics);
        stop = List.copyOf(stop);
        cannotShow = Collections.unmodifiableSortedMap(new TreeMap<>(cannotShow));
        if (!(timeScale > 0 && timeScale <= 1)) {
            throw new IllegalArgumentException(
                    "environment " + name + ": time scale must be in (0, 1], was " + timeScale);
        }
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("environment " + name + ": must name a stage");
        }
    }

    /** The same stack as one of several load generators may load it: permission and rates divided by their count. */
    public Environment sharedBy(int count) {
        return new Environment(
                name,
                region,
                timeScale,
                stages,
                permission.sharedBy(count),
                rates.sharedBy(count),
                observe,
                find,
                metrics,
                stop,
                disturbing,
                probing,
                cannotShow,
                placement);
    }

    /** Whether the run starts the stack itself, on this machine. */
    public boolean embedded() {
        return placement instanceof Placement.Embedded;
    }

    /** Host names that load is sent to; empty for an embedded environment, whose addresses are known once it is up. */
    public Set<String> loadHosts() {
        return placement instanceof Placement.Aws aws ? Set.of(Hosts.of(aws.baseUrl())) : Set.of();
    }

    /**
     * An embedded environment, once it is up.
     *
     * @param baseUrl where it serves, on loopback
     * @param endpoint where it is observed, on loopback
     * @throws IllegalArgumentException if an address is not on loopback
     * @throws IllegalStateException if this environment is not embedded
     */
    public Deployed at(URI baseUrl, URI endpoint) {
        if (!embedded()) {
            throw new IllegalStateException("environment " + name + ": its addresses are those of its file");
        }
        for (URI address : List.of(baseUrl, endpoint)) {
            if (!Hosts.isLoopback(Hosts.of(address))) {
                throw new IllegalArgumentException(
                        "environment " + name + ": an embedded stack must be on loopback, was " + address);
            }
        }
        return new Deployed(this, baseUrl, Optional.of(endpoint), new Credentials.Embedded());
    }

    /**
     * An environment that is deployed already, with the addresses of its file.
     *
     * @throws IllegalStateException if this environment is embedded: its addresses are known once it is up
     */
    public Deployed deployed() {
        if (placement instanceof Placement.Aws aws) {
            return new Deployed(this, aws.baseUrl(), aws.endpoint(), aws.credentials());
        }
        throw new IllegalStateException("environment " + name + ": is embedded, its addresses are known once it is up");
    }
}
