package io.plimsoll.environments.local.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** A request as the audit trail has it. */
final class Audited {
    private static final Set<String> TOKENS = Set.of("NextToken", "nextToken", "Marker", "marker");

    private Audited() {}

    /**
     * Its members that have a value, by their names with a small first letter; what has members of its own as text.
     *
     * @param builder of the request
     */
    static Map<String, String> parameters(SdkPojo builder) {
        return members(built(builder));
    }

    private static SdkPojo built(SdkPojo builder) {
        return (SdkPojo) ((Buildable) builder).build();
    }

    private static Map<String, String> members(SdkPojo request) {
        Map<String, String> parameters = new TreeMap<>();
        for (SdkField<?> field : request.sdkFields()) {
            text(field.getValueOrDefault(request))
                    .ifPresent(value -> parameters.put(
                            Character.toLowerCase(field.memberName().charAt(0))
                                    + field.memberName().substring(1),
                            value));
        }
        return parameters;
    }

    private static Optional<String> text(Object value) {
        if (value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap) {
            return Optional.empty();
        }
        if (value instanceof List<?> list) {
            return Optional.of(
                    list.stream().flatMap(each -> text(each).stream()).collect(Collectors.joining(",")));
        }
        if (value instanceof SdkPojo nested) {
            return Optional.of(members(nested).toString());
        }
        return Optional.of(value.toString());
    }

    /** Whether a request carries the token of a page before. */
    static boolean isForLaterPage(SdkPojo builder) {
        SdkPojo request = built(builder);
        return request.sdkFields().stream()
                .filter(field -> TOKENS.contains(field.memberName()))
                .anyMatch(field -> field.getValueOrDefault(request) != null);
    }
}
