/**
 * How a stack is put together: a {@link io.plimsoll.environments.local.site.PartSpec} is one part as the environment file
 * describes it, a {@link io.plimsoll.environments.local.site.Part} is it running, and a {@link
 * io.plimsoll.environments.local.site.Site} is what every part is given to start with: where processes are watched,
 * metrics kept, disturbances registered, and the parts it uses found.
 */
@NullMarked
package io.plimsoll.environments.local.site;

import org.jspecify.annotations.NullMarked;
