/**
 * What the {@code stack:} section of an environment file asks for, read strictly: a misspelt key, a value out of range or
 * a unit that is missing is refused with file, line and the valid choices before anything is started.
 */
@NullMarked
package io.plimsoll.environments.local.descriptor;

import org.jspecify.annotations.NullMarked;
