/**
 * The embedded stack: a small real one on loopback, a process of its own. {@link
 * io.plimsoll.environments.local.LocalEnvironment} starts it from an environment file, says on standard output when it is
 * ready and where its parts are, and ends it, whatever happens, with the one who started it.
 */
@NullMarked
package io.plimsoll.environments.local;

import org.jspecify.annotations.NullMarked;
