/**
 * A content delivery network's edge, as CloudFront is: a caching reverse proxy in front of one origin. It keeps objects
 * as long as the origin says (RFC 9111) within its own bounds, asks again with their ETag, asks once however many wait
 * for the same object, and serves what it has when the origin does not answer (RFC 5861).
 *
 * <p>As CloudFront's caching policy for static content does, it takes GET and HEAD only and looks at the path alone: no
 * query string, cookie or header reaches the origin or tells objects apart.
 */
@NullMarked
package io.plimsoll.environments.local.cdn;

import org.jspecify.annotations.NullMarked;
