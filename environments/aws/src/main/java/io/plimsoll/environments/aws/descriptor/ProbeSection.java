package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        probe.allowOnly("addresses", "open-ports", "closed-ports", "views");
        Map<String, String> addresses = new TreeMap<>();
        probe.optional("addresses").map(Node::mapping).orElse(Map.of()).forEach((name, node) -> {
            if (!node.text().matches("https?://[A-Za-z0-9.-]+(:\\d+)?")) {
                throw node.error("must be a URL such as 'https://cdn.example.com'");
            }
            addresses.put(name, URI.create(node.text()).toString());
        });
        Set<Integer> open = ports(probe, "open-ports");
        Set<Integer> closed = ports(probe, "closed-ports");
        for (int port : closed) {
            if (open.contains(port)) {
                throw probe.required("closed-ports").error("must not name the open port " + port);
            }
        }
        return Probing.of(
                addresses,
                open,
                closed,
                probe.optional("views").map(ViewsSection::read).orElse(List.of()));
    }

    private static Set<Integer> ports(Node probe, String key) {
        Set<Integer> ports = new TreeSet<>();
        for (Node port : probe.optional(key).map(Node::items).orElse(List.of())) {
            ports.add(port.integer(1, 65_535));
        }
        if (ports.size() > MOST_PORTS) {
            throw probe.required(key).error("must be at most " + MOST_PORTS + " ports");
        }
        return ports;
    }
}
