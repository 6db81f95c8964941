/** The cache cluster: one Redis server that evicts the least recently used keys and writes nothing to disk. */
@NullMarked
package io.plimsoll.environments.local.cache;

import org.jspecify.annotations.NullMarked;
