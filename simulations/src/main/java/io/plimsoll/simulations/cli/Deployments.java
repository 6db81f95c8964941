package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.descriptor.Deployed;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.document.DocumentException;
import java.nio.file.Path;

/** Where a command finds a stack that is up already. */
final class Deployments {
    private Deployments() {}

    /**
     * The addresses of an environment's file.
     *
     * @throws DocumentException if the stack is one that a run starts itself
     */
    static Deployed of(Environment environment, Path file) {
        if (environment.embedded()) {
            throw new DocumentException(
                    file + ": kind: is embedded: a run starts that stack itself, and there is nothing"
                            + " to look at before; name a file of kind 'aws'");
        }
        return environment.deployed();
    }
}
