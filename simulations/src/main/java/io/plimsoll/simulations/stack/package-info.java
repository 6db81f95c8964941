/**
 * The local stack as a child process: it has its own class path and is reached only as AWS would be (HTTP for the
 * service, the AWS endpoint for observation).
 */
@NullMarked
package io.plimsoll.simulations.stack;

import org.jspecify.annotations.NullMarked;
