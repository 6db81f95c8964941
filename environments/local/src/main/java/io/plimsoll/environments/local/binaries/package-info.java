/**
 * Server programs and what is built of them once per user: unpacked binaries, an initialised database directory, a class
 * data archive. All live below {@code $XDG_CACHE_HOME/plimsoll} (or {@code ~/.cache/plimsoll}); an entry appears whole,
 * by rename, so that runs that start at once never see half of one.
 */
@NullMarked
package io.plimsoll.environments.local.binaries;

import org.jspecify.annotations.NullMarked;
