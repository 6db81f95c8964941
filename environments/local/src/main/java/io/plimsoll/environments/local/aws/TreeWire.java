package io.plimsoll.environments.local.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** JSON 1.0, JSON 1.1 and Smithy's RPC v2 CBOR: the same tree in two encodings. */
final class TreeWire implements Wire {
    private static final JsonFactory JSON = new JsonFactory();
    private static final CBORFactory CBOR = new CBORFactory();

    private final JsonFactory encoding;
    private final String contentType;
    private final String shapes;
    private final String operation;
    private final byte[] body;

    private TreeWire(JsonFactory encoding, String contentType, String shapes, String operation, byte[] body) {
        this.encoding = encoding;
        this.contentType = contentType;
        this.shapes = shapes;
        this.operation = operation;
        this.body = body;
    }

    /**
     * A request in JSON.
     *
     * @param contentType of the request, which the response has too: it tells JSON 1.0 from 1.1
     * @param shapes what precedes an error's code
     */
    static TreeWire json(String contentType, String shapes, String operation, byte[] body) {
        return new TreeWire(JSON, contentType, shapes, operation, body);
    }

    static TreeWire cbor(String shapes, String operation, byte[] body) {
        return new TreeWire(CBOR, "application/cbor", shapes, operation, body);
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
    public Answer response(Service service, SdkPojo response, String requestId) {
        return Answer.ok(headers(), encode(generator -> new TreeWriter(generator).write(response)));
    }

    @Override
    public Answer error(AwsFault fault, String requestId) {
        Map<String, String> headers = new HashMap<>(headers());
        headers.put("x-amzn-query-error", fault.code() + ";" + (fault.httpStatus() < 500 ? "Sender" : "Receiver"));
        byte[] content = encode(generator -> {
            generator.writeStartObject();
            generator.writeStringField("__type", shapes + fault.code());
            generator.writeStringField("message", fault.sentence());
            generator.writeEndObject();
        });
        return new Answer(fault.httpStatus(), headers, content);
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

    private Map<String, String> headers() {
        return encoding == CBOR
                ? Map.of("Content-Type", contentType, "smithy-protocol", "rpc-v2-cbor")
                : Map.of("Content-Type", contentType);
    }
}
