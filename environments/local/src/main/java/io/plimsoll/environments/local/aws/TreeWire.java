package io.plimsoll.environments.local.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** JSON 1.0 and Smithy's RPC v2 CBOR: the same tree in two encodings. */
final class TreeWire implements Wire {
    private static final JsonFactory JSON = new JsonFactory();
    private static final CBORFactory CBOR = new CBORFactory();
    private static final String SHAPES = "com.amazonaws.cloudwatch.v2010_08_01#";

    private final JsonFactory encoding;
    private final String operation;
    private final byte[] body;

    private TreeWire(JsonFactory encoding, String operation, byte[] body) {
        this.encoding = encoding;
        this.operation = operation;
        this.body = body;
    }

    static TreeWire json(String operation, byte[] body) {
        return new TreeWire(JSON, operation, body);
    }

    static TreeWire cbor(String operation, byte[] body) {
        return new TreeWire(CBOR, operation, body);
    }

    @Override
    public String operation() {
        return operation;
    }

    @Override
    public void fill(SdkPojo builder) {
        if (body.length == 0) {
            return;
        }
        TreeReader.fill(builder, tree());
    }

    private JsonNode tree() {
        try {
            return new ObjectMapper(encoding).readTree(body);
        } catch (IOException e) {
            throw AwsFault.badRequest("SerializationException", "the request cannot be read: " + e.getMessage());
        }
    }

    @Override
    public byte[] response(Service service, SdkPojo response, String requestId) {
        return encode(generator -> new TreeWriter(generator).write(response));
    }

    @Override
    public byte[] error(AwsFault fault, String requestId) {
        return encode(generator -> {
            generator.writeStartObject();
            generator.writeStringField("__type", SHAPES + fault.code());
            generator.writeStringField("message", fault.sentence());
            generator.writeEndObject();
        });
    }

    private interface Content {
        void write(JsonGenerator generator) throws IOException;
    }

    private byte[] encode(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = encoding.createGenerator(bytes)) {
            content.write(generator);
        } catch (IOException e) {
            throw new UncheckedIOException("a response cannot be written: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    @Override
    public Map<String, String> headers() {
        return encoding == CBOR
                ? Map.of("Content-Type", "application/cbor", "smithy-protocol", "rpc-v2-cbor")
                : Map.of("Content-Type", "application/x-amz-json-1.0");
    }

    @Override
    public Map<String, String> headers(AwsFault fault) {
        return Map.of("x-amzn-query-error", fault.code() + ";" + (fault.httpStatus() < 500 ? "Sender" : "Receiver"));
    }
}
