package io.plimsoll.environments.local.estate;

import java.net.URI;

/**
 * An AWS service that a part of the stack is by itself: the AWS endpoint passes its requests on as they are.
 *
 * @param scope its name in the credential scope, such as {@code sqs}
 * @param endpoint where it answers
 */
public record ProxiedServiceView(String scope, URI endpoint) {}
