package io.plimsoll.environments.aws.descriptor;

import java.net.URI;
import java.util.Optional;

/**
 * An environment whose addresses are known.
 *
 * @param environment its descriptor
 * @param baseUrl where load is sent
 * @param endpoint the AWS-compatible endpoint to observe; empty for AWS's own endpoints of the region
 * @param credentials whose permissions are used
 */
public record Deployed(Environment environment, URI baseUrl, Optional<URI> endpoint, Credentials credentials) {}
