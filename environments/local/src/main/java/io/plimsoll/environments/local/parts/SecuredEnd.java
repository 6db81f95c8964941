package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.tls.ServerTls;

/**
 * A part that ends TLS, as it can be disturbed.
 *
 * @param part its name
 * @param tls which certificate it serves
 */
record SecuredEnd(String part, ServerTls tls) {}
