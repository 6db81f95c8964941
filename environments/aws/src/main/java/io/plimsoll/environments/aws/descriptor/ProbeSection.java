package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Section {@code probe} of a descriptor. */
final class ProbeSection {
    private static final int MOST_PORTS = 100;

    private ProbeSection() {}

    static Probing read(Optional<Node> section) {
        if (section.isEmpty()) {
            return Probing.nothing();
        }
        Node probe = section.get();
        probe.allowOnly("addresses", "open-ports", "closed-ports", "admin-rules", "outbound-rules", "views");
        SortedMap<String, String> addresses = new TreeMap<>();
        probe.optional("addresses").map(Node::mapping).orElse(Map.of()).forEach((name, node) -> {
            if (!node.text().matches("https?://[A-Za-z0-9.-]+(:\\d+)?")) {
                throw node.error("must be a URL such as 'https://cdn.example.com'");
            }
            addresses.put(name, URI.create(node.text()).toString());
        });
        SortedSet<Integer> open = ports(probe, "open-ports");
        SortedSet<Integer> closed = ports(probe, "closed-ports");
        for (int port : closed) {
            if (open.contains(port)) {
                throw probe.required("closed-ports").error("must not name the open port " + port);
            }
        }
        return new Probing(
                addresses,
                open,
                closed,
                probe.optional("admin-rules").map(ProbeSection::rules).orElseGet(TreeSet::new),
                probe.optional("outbound-rules").map(ProbeSection::rules),
                probe.optional("views").map(ViewsSection::read).orElse(List.of()));
    }

    /** Rules of security groups, as {@code plimsoll topology} prints them. */
    private static SortedSet<String> rules(Node list) {
        SortedSet<String> rules = new TreeSet<>();
        for (Node rule : list.items()) {
            if (!rule.text().matches("[a-z0-9]+( \\d{1,5}(-\\d{1,5})?)? [0-9a-zA-Z.:/-]+")) {
                throw rule.error("must be a rule such as 'tcp 22 203.0.113.0/24' or 'all 0.0.0.0/0'");
            }
            rules.add(rule.text());
        }
        return rules;
    }

    private static SortedSet<Integer> ports(Node probe, String key) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (Node port : probe.optional(key).map(Node::items).orElse(List.of())) {
            ports.add(port.integer(1, 65_535));
        }
        if (ports.size() > MOST_PORTS) {
            throw probe.required(key).error("must be at most " + MOST_PORTS + " ports");
        }
        return ports;
    }
}
