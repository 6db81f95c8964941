/**
 * Child processes that never outlive the stack. Each is started through a shell that waits for a word on its standard
 * input; the word comes only after the {@link io.plimsoll.environments.local.process.Guardian} knows the process. The
 * guardian is a shell process that reads a pipe from the stack: when the stack ends, however it ends, the pipe does, and
 * the guardian kills what is left and removes the run's directory.
 */
@NullMarked
package io.plimsoll.environments.local.process;

import org.jspecify.annotations.NullMarked;
