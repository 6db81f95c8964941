package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document;
import java.net.URI;
import java.util.Optional;

/** Where an environment's stack runs. */
public sealed interface Placement {
    /**
     * On this machine, started by the run and stopped with it; its addresses are known once it is up.
     *
     * @param stack what to start; read and validated by the stack itself
     */
    record Embedded(Document.Node stack) implements Placement {}

    /**
     * In an AWS account, or behind an endpoint that speaks AWS's protocols.
     *
     * @param baseUrl where load is sent, http or https
     * @param endpoint an AWS-compatible endpoint to observe instead of AWS's own
     * @param credentials whose permissions are used
     */
    record Aws(URI baseUrl, Optional<URI> endpoint, Credentials credentials) implements Placement {}
}
