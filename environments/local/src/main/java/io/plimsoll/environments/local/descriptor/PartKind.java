package io.plimsoll.environments.local.descriptor;

import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.document.DocumentException;

/** Reads the parts of one kind from an environment file. */
@FunctionalInterface
public interface PartKind {
    /**
     * Reads one part.
     *
     * @param name its name in the file
     * @param node its section, which also holds the key {@code kind}
     * @throws DocumentException naming file, line, key and rule
     */
    PartSpec read(String name, Node node, Common common);
}
