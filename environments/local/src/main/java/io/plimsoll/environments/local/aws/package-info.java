/**
 * The AWS face of the local environment: one loopback HTTP endpoint that answers the AWS clients of every language.
 *
 * <p>The SDK's own metadata drives the codec: a request is parsed into the SDK's request class, a typed handler answers
 * with the SDK's response class, and that is written in the protocol the request came in: AWS Query, EC2 Query, JSON 1.0
 * or CBOR. The service and the region are those of the credential scope in the request's signature.
 */
@NullMarked
package io.plimsoll.environments.local.aws;

import org.jspecify.annotations.NullMarked;
