/**
 * The kinds of parts a stack can have, each a {@link io.plimsoll.environments.local.site.PartSpec} that is read from the
 * environment file and starts its {@link io.plimsoll.environments.local.site.Part}. {@link
 * io.plimsoll.environments.local.parts.Kinds} lists them all.
 */
@NullMarked
package io.plimsoll.environments.local.parts;

import org.jspecify.annotations.NullMarked;
