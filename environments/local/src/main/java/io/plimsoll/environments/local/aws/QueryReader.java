package io.plimsoll.environments.local.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Fills a request from the parameters of an AWS Query or EC2 Query form. */
final class QueryReader {
    private final NavigableMap<String, String> parameters;

    QueryReader(Map<String, String> parameters) {
        this.parameters = new TreeMap<>(parameters);
    }

    /** Sets every field of a request's builder that the parameters name. */
    void fill(SdkPojo builder) {
        fill("", builder);
    }

    private void fill(String prefix, SdkPojo builder) {
        for (SdkField<?> field : builder.sdkFields()) {
            value(prefix + field.locationName(), field).ifPresent(value -> field.set(builder, value));
        }
    }

    private Optional<Object> value(String path, SdkField<?> field) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        if (type == MarshallingKnownType.LIST) {
            return list(path, field.getRequiredTrait(ListTrait.class));
        }
        if (type == MarshallingKnownType.MAP) {
            return map(path, field.getRequiredTrait(MapTrait.class));
        }
        if (type == MarshallingKnownType.SDK_POJO) {
            return isPresent(path) ? Optional.of(object(path, field)) : Optional.empty();
        }
        return Optional.ofNullable(parameters.get(path)).map(text -> Scalars.parse(path, type, text));
    }

    private Object object(String path, SdkField<?> field) {
        SdkPojo builder = field.constructor().get();
        fill(path + ".", builder);
        return ((Buildable) builder).build();
    }

    /** Members are {@code path.1} in EC2's form and {@code path.member.1}, or another name, in that of the others. */
    private Optional<Object> list(String path, ListTrait trait) {
        if ("".equals(parameters.get(path))) {
            return Optional.of(List.of());
        }
        Collection<String> members = members(path);
        if (members.isEmpty()) {
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (String member : members) {
            values.add(value(member, trait.memberFieldInfo())
                    .orElseThrow(() -> AwsFault.badRequest("MalformedQueryString", member + " has no value")));
        }
        return Optional.of(values);
    }

    private Optional<Object> map(String path, MapTrait trait) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String entry : members(path)) {
            Optional<String> key = Optional.ofNullable(parameters.get(entry + "." + trait.keyLocationName()));
            Optional<Object> value = value(entry + "." + trait.valueLocationName(), trait.valueFieldInfo());
            if (key.isEmpty() || value.isEmpty()) {
                throw AwsFault.badRequest("MalformedQueryString", entry + " must have a key and a value");
            }
            values.put(key.get(), value.get());
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    /** Paths of the members below a path, by number. */
    private Collection<String> members(String path) {
        NavigableMap<Integer, String> members = new TreeMap<>();
        for (String name : below(path).keySet()) {
            String[] parts = name.substring(path.length() + 1).split("\\.", 3);
            if (isNumber(parts[0])) {
                members.put(Integer.valueOf(parts[0]), path + "." + parts[0]);
            } else if (parts.length > 1 && isNumber(parts[1])) {
                members.put(Integer.valueOf(parts[1]), path + "." + parts[0] + "." + parts[1]);
            }
        }
        return members.values();
    }

    private boolean isPresent(String path) {
        return parameters.containsKey(path) || !below(path).isEmpty();
    }

    private Map<String, String> below(String path) {
        return parameters.subMap(path + ".", path + "/");
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 7 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
