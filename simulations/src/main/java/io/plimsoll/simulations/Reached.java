package io.plimsoll.simulations;

import io.plimsoll.environments.aws.descriptor.Deployed;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Probing;
import io.plimsoll.environments.aws.disturb.ControlChannel;
import io.plimsoll.simulations.plan.RequestSpec;
import io.plimsoll.simulations.probe.ProbeFile;
import io.plimsoll.simulations.probe.ServiceFront;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An environment that is up.
 *
 * @param deployed where it is observed, and with whose permissions
 * @param front how the service is reached from outside
 * @param channel the way to a local stack for what AWS has no call for
 * @param lacks why a local stack lacks parts, by what they are called in "the stack has no …"
 */
record Reached(Deployed deployed, ServiceFront front, Optional<ControlChannel> channel, Map<String, String> lacks) {
    Reached {
        lacks = Map.copyOf(lacks);
    }

    /** One that is deployed already, as its file says. */
    static Reached deployed(Environment environment, ProbeFile probes) {
        Deployed deployed = environment.deployed();
        URI url = deployed.baseUrl();
        Probing probing = environment.probing();
        TreeMap<String, String> addresses = new TreeMap<>(probing.addresses());
        addresses.put(RequestSpec.SERVICE, url.toString());
        return new Reached(
                deployed,
                new ServiceFront(
                        addresses,
                        probes,
                        Optional.of(url.getHost()),
                        Optional.empty(),
                        Optional.of(url).filter(address -> "https".equals(address.getScheme())),
                        Optional.empty(),
                        Optional.of(url.getHost()),
                        probing.openPorts(),
                        probing.closedPorts(),
                        probing.adminRules(),
                        probing.outboundRules().map(Set::copyOf)),
                Optional.empty(),
                Map.of());
    }

    /** One that the run has started. */
    static Reached started(Environment environment, StackProcess stack, ProbeFile probes) {
        return new Reached(
                environment.at(stack.baseUrl(), stack.awsEndpoint()),
                stack.front(probes),
                Optional.of(stack.channel()),
                stack.lacks());
    }

    /** Why a run's load may not be sent, to whichever of the addresses. */
    List<String> refusals(RunInputs inputs, java.time.Instant start) {
        return refusals(front.addresses(), inputs, start);
    }

    /** The same, for known addresses by name. */
    static List<String> refusals(Map<String, String> addresses, RunInputs inputs, java.time.Instant start) {
        Set<String> refusals = new LinkedHashSet<>();
        for (String name : inputs.traffic().addresses(inputs.plan().profile())) {
            String url = addresses.get(name);
            if (url == null) {
                refusals.add("the traffic needs the address '" + name + "', and this environment has: "
                        + String.join(", ", new TreeSet<>(addresses.keySet())));
            } else {
                refusals.addAll(inputs.environment().permission().check(URI.create(url), inputs.planAt(start)));
            }
        }
        return List.copyOf(refusals);
    }
}
