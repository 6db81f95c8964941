package io.plimsoll.environments.aws.descriptor;

/** Whose permissions the stack is observed with. No secret is ever part of a descriptor. */
public sealed interface Credentials {
    /** The AWS SDK's default chain: environment variables, shared files, container or instance role. */
    record DefaultChain() implements Credentials {}

    /**
     * A profile of the shared AWS configuration files.
     *
     * @param name its name
     */
    record Profile(String name) implements Credentials {}

    /**
     * A role assumed with the default chain's credentials.
     *
     * @param arn the role's ARN
     */
    record Role(String arn) implements Credentials {}

    /** Fixed, worthless credentials for an embedded stack, which checks none. */
    record Embedded() implements Credentials {}
}
