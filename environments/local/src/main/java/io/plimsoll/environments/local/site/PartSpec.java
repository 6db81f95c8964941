package io.plimsoll.environments.local.site;

import io.plimsoll.environments.local.process.ProcessException;
import java.util.List;

/** A part of the stack as it is described. Implementations are records. */
public interface PartSpec {
    /** Its name in the environment file, unique in the stack. */
    String name();

    /** Names of the parts it is built on, which are started before it. Those that the stage lacks are left out. */
    List<String> uses();

    /**
     * Starts it and returns once it runs; whether it is also ready, the part itself says.
     *
     * @throws ProcessException if it does not come up
     */
    Part start(Site site);
}
