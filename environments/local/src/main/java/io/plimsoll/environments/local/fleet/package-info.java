/** The instances: child JVMs of their own, each running the reference service, launched and ended one by one. */
@NullMarked
package io.plimsoll.environments.local.fleet;

import org.jspecify.annotations.NullMarked;
