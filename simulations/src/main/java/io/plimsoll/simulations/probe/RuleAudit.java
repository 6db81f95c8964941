package io.plimsoll.simulations.probe;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the rules of security groups with what is expected. Those of public parts (an instance with a public address, a
 * load balancer that faces the internet) may let in the open ports and what the descriptor names; those of all others may
 * let in nobody from everywhere; and no database may be publicly accessible.
 */
final class RuleAudit implements Probe {
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0/0", "::/0");

    private final Optional<Integer> inbound;
    private final Optional<Integer> outbound;
    private final Seconds unexpectedIn = Seconds.maxima();
    private final Seconds unexpectedOut = Seconds.maxima();

    /**
     * What is expected.
     *
     * @param openPorts ports that anyone may reach
     * @param admin further inbound rules of public parts, such as {@code tcp 22 203.0.113.0/24}
     * @param outbound the only outbound rules of public parts; empty if nothing is said about them
     */
    record Expected(Set<Integer> openPorts, Set<String> admin, Optional<Set<String>> outbound) {
        Expected {
            openPorts = Set.copyOf(openPorts);
            admin = Set.copyOf(admin);
            outbound = outbound.map(Set::copyOf);
        }
    }

    RuleAudit(Topology topology, Expected expected) {
        Set<String> exposed = publicGroups(topology);
        List<Resource> groups = topology.of(ResourceKind.SECURITY_GROUP);
        List<Resource> open =
                groups.stream().filter(group -> exposed.contains(group.id())).toList();
        this.inbound = expected.openPorts().isEmpty() || groups.isEmpty()
                ? Optional.empty()
                : Optional.of(inbound(topology, groups, exposed, expected).size());
        this.outbound = expected.outbound()
                .filter(allowed -> !open.isEmpty())
                .map(allowed -> Math.toIntExact(open.stream()
                        .flatMap(group -> rules(group, "out"))
                        .filter(rule -> !allowed.contains(rule))
                        .count()));
    }

    /** Names of the metrics that it can give of this stack. */
    Set<String> metrics() {
        Set<String> names = new TreeSet<>();
        inbound.ifPresent(known -> names.add("unexpected inbound rules"));
        outbound.ifPresent(known -> names.add("unexpected outbound rules"));
        return names;
    }

    private static List<String> inbound(
            Topology topology, List<Resource> groups, Set<String> exposed, Expected expected) {
        List<String> wrong = new ArrayList<>();
        for (Resource group : groups) {
            rules(group, "in")
                    .filter(rule -> exposed.contains(group.id())
                            ? !expected.admin().contains(rule) && !letsInOnly(rule, expected.openPorts())
                            : EVERYWHERE.contains(end(rule)))
                    .forEach(wrong::add);
        }
        topology.resources().stream()
                .filter(part -> "true".equals(part.facts().get("public")))
                .map(Resource::id)
                .forEach(wrong::add);
        return wrong;
    }

    private static Set<String> publicGroups(Topology topology) {
        return topology.resources().stream()
                .filter(part -> part.facts().containsKey("public-address")
                        || part.facts().containsKey("elastic-ip")
                        || "internet-facing".equals(part.facts().get("scheme")))
                .flatMap(part -> Stream.of(
                        part.facts().getOrDefault("security-groups", "").split(", ", -1)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> rules(Resource group, String direction) {
        return Stream.of(group.facts().getOrDefault(direction, "").split(", ", -1))
                .filter(rule -> !rule.isEmpty());
    }

    private static String end(String rule) {
        return rule.substring(rule.lastIndexOf(' ') + 1);
    }

    /** A rule is {@code tcp 443 0.0.0.0/0}, {@code tcp 1024-65535 sg-1} or {@code all 0.0.0.0/0}. */
    private static boolean letsInOnly(String rule, Set<Integer> ports) {
        String[] words = rule.split(" ", -1);
        if (words.length != 3 || !words[0].equals("tcp")) {
            return false;
        }
        String[] range = words[1].split("-", -1);
        int from = Integer.parseInt(range[0]);
        int to = Integer.parseInt(range[range.length - 1]);
        return from == to && ports.contains(from);
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void tick(Instant now) {
        inbound.ifPresent(count -> unexpectedIn.add(now, count));
        outbound.ifPresent(count -> unexpectedOut.add(now, count));
    }

    @Override
    public Findings finish() {
        return Findings.of(Stream.concat(
                        inbound.map(known -> unexpectedIn.series("unexpected inbound rules", Probes.CLIENT)).stream(),
                        outbound
                                .map(known -> unexpectedOut.series("unexpected outbound rules", Probes.CLIENT))
                                .stream())
                .toList());
    }
}
