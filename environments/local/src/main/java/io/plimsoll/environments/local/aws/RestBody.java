package io.plimsoll.environments.local.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** The body of REST requests and responses: XML or JSON. */
interface RestBody {
    /** Fills a builder from a body. */
    void read(byte[] body, SdkPojo builder);

    /**
     * The members of a response that belong to the body.
     *
     * @param root name of the XML root
     */
    byte[] write(String root, Service service, SdkPojo content);

    Answer error(AwsFault fault, String requestId);

    String contentType();

    /**
     * XML.
     *
     * @param plainErrors whether the error is the root of its document, as S3 has it
     */
    record Xml(boolean plainErrors) implements RestBody {
        @Override
        public void read(byte[] body, SdkPojo builder) {
            XmlReader.fill(body, builder);
        }

        @Override
        public byte[] write(String root, Service service, SdkPojo content) {
            return XmlWriter.rest(root, service.xmlNamespace(), content);
        }

        @Override
        public Answer error(AwsFault fault, String requestId) {
            return new Answer(
                    fault.httpStatus(),
                    Map.of("Content-Type", contentType()),
                    XmlWriter.restError(fault, requestId, plainErrors));
        }

        @Override
        public String contentType() {
            return "application/xml";
        }
    }

    /** JSON. */
    final class Json implements RestBody {
        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public void read(byte[] body, SdkPojo builder) {
            try {
                TreeReader.fill(builder, JSON.readTree(body));
            } catch (IOException e) {
                throw AwsFault.badRequest("SerializationException", "the request cannot be read: " + e.getMessage());
            }
        }

        @Override
        public byte[] write(String root, Service service, SdkPojo content) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator generator = JSON.getFactory().createGenerator(bytes)) {
                new TreeWriter(generator).write(content);
            } catch (IOException e) {
                throw new UncheckedIOException("a response cannot be written: " + e.getMessage(), e);
            }
            return bytes.toByteArray();
        }

        @Override
        public Answer error(AwsFault fault, String requestId) {
            byte[] body = JSON.createObjectNode()
                    .put("Type", fault.httpStatus() < 500 ? "User" : "Service")
                    .put("message", fault.sentence())
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            return new Answer(
                    fault.httpStatus(), Map.of("Content-Type", contentType(), "x-amzn-ErrorType", fault.code()), body);
        }

        @Override
        public String contentType() {
            return "application/json";
        }
    }
}
