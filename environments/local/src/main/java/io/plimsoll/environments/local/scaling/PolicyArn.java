package io.plimsoll.environments.local.scaling;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ARN of a scaling policy, by which an alarm names the policy it triggers.
 *
 * @param group name of the policy's group
 * @param policy name of the policy
 */
public record PolicyArn(String group, String policy) {
    /** Account that everything in the local environment belongs to. */
    public static final String ACCOUNT = "000000000000";

    private static final Pattern FORM = Pattern.compile(
            "arn:aws:autoscaling:[a-z0-9-]+:\\d{12}:scalingPolicy:[0-9a-f-]+:autoScalingGroupName/(?<group>[^:]+):policyName/(?<policy>.+)");

    /** The ARN in a region. */
    public String in(String region) {
        UUID id = UUID.nameUUIDFromBytes(("policy " + group + " " + policy).getBytes(StandardCharsets.UTF_8));
        return "arn:aws:autoscaling:" + region + ":" + ACCOUNT + ":scalingPolicy:" + id + ":autoScalingGroupName/"
                + group + ":policyName/" + policy;
    }

    /** Reads an ARN; empty if it is none of a scaling policy. */
    public static Optional<PolicyArn> parse(String arn) {
        Matcher matcher = FORM.matcher(arn);
        return matcher.matches()
                ? Optional.of(new PolicyArn(matcher.group("group"), matcher.group("policy")))
                : Optional.empty();
    }
}
