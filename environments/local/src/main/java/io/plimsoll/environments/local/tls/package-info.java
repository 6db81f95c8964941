/**
 * TLS as a load balancer or a CDN ends it. The certificate is made at run time by an authority that signs twice and is
 * forgotten: one certificate that is valid and one that has expired, both for the same names. {@link
 * io.plimsoll.environments.local.tls.ServerTls} serves the one or the other and counts the handshakes that fail.
 */
@NullMarked
package io.plimsoll.environments.local.tls;

import org.jspecify.annotations.NullMarked;
