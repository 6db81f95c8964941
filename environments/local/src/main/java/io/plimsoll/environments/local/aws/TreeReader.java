package io.plimsoll.environments.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Fills a request from a JSON or CBOR tree; times are epoch seconds. */
final class TreeReader {
    private TreeReader() {}

    /** Sets every field of a request's builder that the tree names. */
    static void fill(SdkPojo builder, JsonNode tree) {
        if (!tree.isObject()) {
            throw AwsFault.badRequest("SerializationException", "the request must be an object");
        }
        for (SdkField<?> field : builder.sdkFields()) {
            if (field.location() != MarshallLocation.PAYLOAD) {
                continue;
            }
            JsonNode node = tree.path(field.locationName());
            if (!node.isMissingNode() && !node.isNull()) {
                field.set(builder, value(field.locationName(), field, node));
            }
        }
    }

    private static Object value(String path, SdkField<?> field, JsonNode node) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        if (type == MarshallingKnownType.LIST) {
            return list(path, field.getRequiredTrait(ListTrait.class), node);
        }
        if (type == MarshallingKnownType.MAP) {
            return map(path, field.getRequiredTrait(MapTrait.class), node);
        }
        if (type == MarshallingKnownType.SDK_POJO) {
            SdkPojo builder = field.constructor().get();
            fill(builder, node);
            return ((Buildable) builder).build();
        }
        if (type == MarshallingKnownType.INSTANT && node.isNumber()) {
            return Instant.ofEpochMilli(Math.round(node.doubleValue() * 1000));
        }
        return Scalars.parse(path, type, node.asText());
    }

    private static List<Object> list(String path, ListTrait trait, JsonNode node) {
        List<Object> values = new ArrayList<>();
        for (JsonNode member : node) {
            values.add(value(path, trait.memberFieldInfo(), member));
        }
        return values;
    }

    private static Map<String, Object> map(String path, MapTrait trait, JsonNode node) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            values.put(entry.getKey(), value(path, trait.valueFieldInfo(), entry.getValue()));
        }
        return values;
    }
}
