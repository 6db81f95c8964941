package io.plimsoll.environments.aws;

import java.util.List;
import java.util.regex.Pattern;

/** Masks what looks like a secret in text that others wrote: keys, tokens, passwords, authorisation headers. */
public final class Secrets {
    private static final String MASK = "***";

    private static final List<Pattern> FORMS = List.of(
            // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
            Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{12,}\\b"),
            Pattern.compile("(?i)\\b(?:bearer|basic)\\s+[a-z0-9._~+/=-]{8,}"),
            Pattern.compile("(?i)(?:x-amz-security-token|x-amz-signature|x-amz-credential|x-plimsoll-token"
                    + "|authorization|set-cookie|cookie|password|passwd|secret[a-z_-]*|api[_-]?key|access[_-]?token"
                    + "|session[_-]?token|token)[\"']?\\s*[=:]\\s*[\"']?[^\\s\"',;&}]{4,}"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"),
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?-----END [A-Z ]*PRIVATE KEY-----"));

    private Secrets() {}

    /** The text with each secret replaced by {@code ***}. */
    public static String masked(String text) {
        String masked = text;
        for (Pattern form : FORMS) {
            masked = form.matcher(masked).replaceAll(MASK);
        }
        return masked;
    }

    /** The text with the account id of each ARN replaced by {@code ***}. */
    public static String withoutAccounts(String text) {
        return text.replaceAll("(arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:)\\d{12}\\b", "$1" + MASK);
    }
}
