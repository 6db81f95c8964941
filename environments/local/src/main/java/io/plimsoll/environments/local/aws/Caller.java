package io.plimsoll.environments.local.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Signature Version 4 says about a request; the signature itself is not checked.
 *
 * @param region region of the credential scope
 * @param service service of the credential scope
 */
record Caller(String region, String service) {
    private static final Pattern SCOPE = Pattern.compile(
            "AWS4-HMAC-SHA256\\s+Credential=[^/,\\s]+/\\d{8}/(?<region>[a-z0-9-]+)/(?<service>[a-z0-9-]+)/aws4_request\\b.*");

    /** Account that everything here belongs to. */
    static final String ACCOUNT = "000000000000";

    /** Whom every caller is taken for. */
    static final String USER = "arn:aws:iam::" + ACCOUNT + ":user/plimsoll";

    /**
     * Reads an Authorization header.
     *
     * @throws AwsFault MissingAuthenticationToken if there is none, IncompleteSignature if it has no credential scope
     */
    static Caller of(Optional<String> authorization) {
        String header = authorization.orElseThrow(
                () -> AwsFault.forbidden("MissingAuthenticationToken", "Request is missing Authentication Token"));
        Matcher scope = SCOPE.matcher(header);
        if (!scope.matches()) {
            throw AwsFault.forbidden(
                    "IncompleteSignature", "Authorization header requires 'Credential' with a credential scope");
        }
        return new Caller(scope.group("region"), scope.group("service"));
    }
}
