package io.plimsoll.environments.local.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes responses as JSON or CBOR; times are epoch seconds, which CBOR tags as such. */
final class TreeWriter {
    private static final int EPOCH_SECONDS = 1;

    private final JsonGenerator generator;

    TreeWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    /** Writes an object with all fields of the body that have a value. */
    void write(SdkPojo pojo) throws IOException {
        generator.writeStartObject();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null
                    && field.location() == MarshallLocation.PAYLOAD
                    && !(value instanceof SdkAutoConstructList)
                    && !(value instanceof SdkAutoConstructMap)) {
                generator.writeFieldName(field.locationName());
                value(value);
            }
        }
        generator.writeEndObject();
    }

    private void value(Object value) throws IOException {
        if (value instanceof SdkPojo nested) {
            write(nested);
        } else if (value instanceof List<?> list) {
            generator.writeStartArray(value, list.size());
            for (Object each : list) {
                value(each);
            }
            generator.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject(value, map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                value(entry.getValue());
            }
            generator.writeEndObject();
        } else {
            scalar(value);
        }
    }

    private void scalar(Object value) throws IOException {
        if (value instanceof Instant time) {
            instant(time);
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof Number number) {
            generator.writeNumber(number.doubleValue());
        } else if (value instanceof SdkBytes bytes) {
            generator.writeBinary(bytes.asByteArray());
        } else {
            generator.writeString(value.toString());
        }
    }

    private void instant(Instant time) throws IOException {
        if (generator instanceof CBORGenerator cbor) {
            cbor.writeTag(EPOCH_SECONDS);
            cbor.writeNumber(time.toEpochMilli() / 1000.0);
        } else {
            generator.writeNumber(BigDecimal.valueOf(time.toEpochMilli(), 3));
        }
    }
}
