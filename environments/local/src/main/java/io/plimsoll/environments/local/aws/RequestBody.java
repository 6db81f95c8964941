package io.plimsoll.environments.local.aws;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a request's body, unpacked and bounded. */
final class RequestBody {
    /** CloudWatch's limit of a PutMetricData request, before it is unpacked; other requests are far smaller. */
    private static final int LARGEST_BODY_BYTES = 1 << 20;

    private static final int LARGEST_UNPACKED_BYTES = 16 << 20;

    private RequestBody() {}

    /** As it came. */
    static byte[] raw(HttpServerExchange exchange) throws IOException {
        return readAtMost(exchange.getInputStream(), LARGEST_BODY_BYTES);
    }

    static byte[] read(HttpServerExchange exchange) throws IOException {
        byte[] packed = raw(exchange);
        if (!"gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst(Headers.CONTENT_ENCODING))) {
            return packed;
        }
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return readAtMost(unpacked, LARGEST_UNPACKED_BYTES);
        } catch (ZipException e) {
            throw AwsFault.badRequest("InvalidRequest", "the request's body is not gzip: " + e.getMessage());
        }
    }

    private static byte[] readAtMost(InputStream input, int bytes) throws IOException {
        byte[] read = input.readNBytes(bytes + 1);
        if (read.length > bytes) {
            throw AwsFault.badRequest("RequestEntityTooLarge", "the request's body exceeds " + bytes + " bytes");
        }
        return read;
    }
}
