package io.plimsoll.simulations.probe;

import io.plimsoll.simulations.plan.RequestSpec;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the service is reached from outside, and probed there.
 *
 * @param addresses URLs by the name that requests give
 * @param file how it is probed
 * @param host its name, if it has one that a name server knows
 * @param nameServer the name server to ask, {@code host:port}; empty for the machine's own
 * @param tls where TLS is spoken
 * @param certificate what is shown there, or who signed it
 * @param publicHost the address whose ports are knocked at
 * @param openPorts ports that must be open there
 * @param closedPorts ports that must not
 * @param adminRules further rules that security groups of public parts may have
 * @param outboundRules the only rules by which public parts may send; empty if nothing is said about that
 */
public record ServiceFront(
        Map<String, String> addresses,
        ProbeFile file,
        Optional<String> host,
        Optional<String> nameServer,
        Optional<URI> tls,
        Optional<X509Certificate> certificate,
        Optional<String> publicHost,
        Set<Integer> openPorts,
        Set<Integer> closedPorts,
        Set<String> adminRules,
        Optional<Set<String>> outboundRules) {
    public ServiceFront {
        addresses = Map.copyOf(addresses);
        openPorts = Set.copyOf(openPorts);
        closedPorts = Set.copyOf(closedPorts);
        adminRules = Set.copyOf(adminRules);
        outboundRules = outboundRules.map(Set::copyOf);
    }

    /** The URL of a named address; empty if there is none. */
    public String address(String name) {
        return addresses.getOrDefault(name, "");
    }

    /** Where load goes that names no address. */
    Optional<URI> service() {
        return Optional.ofNullable(addresses.get(RequestSpec.SERVICE)).map(URI::create);
    }

    Optional<NameLookups.Name> name() {
        return host.map(name -> new NameLookups.Name(name, nameServer));
    }

    RuleAudit.Expected rules() {
        return new RuleAudit.Expected(openPorts, adminRules, outboundRules);
    }

    Optional<OpenPorts.Front> ports() {
        Set<Integer> all = new java.util.TreeSet<>(openPorts);
        all.addAll(closedPorts);
        return publicHost.filter(known -> !all.isEmpty()).map(known -> new OpenPorts.Front(known, openPorts, all));
    }
}
