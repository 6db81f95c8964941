package io.plimsoll.results.run;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of evidence: records by their components in order, instants and durations in ISO 8601, an absent value as
 * {@code null}. Reading is strict: a property that is unknown, missing or double, a null or a text where a number must
 * be is an error, and so is whatever the record itself refuses.
 */
final class EvidenceJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private EvidenceJson() {}

    /** A document for people as well: indented, ends with a line end. */
    static String document(Object value) {
        try {
            DefaultPrettyPrinter printer =
                    new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT);
            return MAPPER.writer(printer).writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new EvidenceException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** One line, without its line end. */
    static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new EvidenceException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads a value.
     *
     * @throws EvidenceException if the text is not one; the message is the rule alone
     */
    static <T> T read(String text, Class<T> type) {
        return read(MAPPER.readerFor(type), text, type);
    }

    /**
     * As {@link #read}, where values that became known later may be missing: an {@code Optional} is empty then.
     *
     * @throws EvidenceException if the text is not one; the message is the rule alone
     */
    static <T> T readSparse(String text, Class<T> type) {
        return read(
                MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES), text, type);
    }

    private static <T> T read(ObjectReader reader, String text, Class<T> type) {
        @Nullable T value;
        try {
            value = type.cast(reader.<Object>readValue(text));
        } catch (JsonProcessingException e) {
            throw new EvidenceException(rule(e), e);
        }
        if (value == null) {
            throw new EvidenceException("must not be null");
        }
        return value;
    }

    /**
     * Reads a value from a document that has one more property at its top, which is left out.
     *
     * @throws EvidenceException if the rest is not one; the message is the rule alone
     */
    static <T> T readWithout(String property, String text, Class<T> type) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root instanceof ObjectNode object) {
                object.remove(property);
            }
            return read(MAPPER.writeValueAsString(root), type);
        } catch (JsonProcessingException e) {
            throw new EvidenceException(rule(e), e);
        }
    }

    /** The text of a property of a document, or an empty one if it has no such text or is no document. */
    static String peek(String text, String property) {
        try {
            return MAPPER.readTree(text).path(property).asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    /** What a record's constructor refused, or else what the parser says, in one line. */
    private static String rule(JsonProcessingException e) {
        Throwable cause = e.getCause();
        String message = cause == null || cause.getMessage() == null ? e.getOriginalMessage() : cause.getMessage();
        String line = String.valueOf(message).lines().findFirst().orElse("is not valid JSON");
        int aboutTheParser = line.indexOf(" (index ");
        return aboutTheParser < 0 ? line : line.substring(0, aboutTheParser);
    }
}
