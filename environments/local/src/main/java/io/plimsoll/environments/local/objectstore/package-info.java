/**
 * The object store, as S3 is: S3Proxy on files in the run's directory that it encrypts, behind a counting front that
 * measures every access, as S3's request metrics do. Like all that AWS manages it is in the stack's process.
 *
 * <p>Its one bucket may be read by everyone, as a bucket that serves a site's static content is; writing needs the keys.
 */
@NullMarked
package io.plimsoll.environments.local.objectstore;

import org.jspecify.annotations.NullMarked;
