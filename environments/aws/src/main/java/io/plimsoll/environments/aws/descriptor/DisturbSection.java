package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import java.util.Optional;
import java.util.TreeSet;

/** Section {@code disturb} of a descriptor. */
final class DisturbSection {
    private DisturbSection() {}

    static Disturbing read(Optional<Node> section) {
        if (section.isEmpty()) {
            return Disturbing.nothing();
        }
        Node disturb = section.get();
        disturb.allowOnly("allowed", "experiment-template");
        TreeSet<String> allowed = new TreeSet<>();
        for (Node name : disturb.required("allowed").items()) {
            if (!name.text().matches("[a-z][a-z0-9-]*")) {
                throw name.error("must be the name of a disturbance such as 'terminate-instance'");
            }
            allowed.add(name.text());
        }
        return new Disturbing(allowed, disturb.optional("experiment-template").map(DisturbSection::template));
    }

    private static String template(Node node) {
        if (!node.text().matches("EXT[A-Za-z0-9]+")) {
            throw node.error("must be the id of a FIS experiment template such as 'EXT1a2b3c4d5e6f7'");
        }
        return node.text();
    }
}
