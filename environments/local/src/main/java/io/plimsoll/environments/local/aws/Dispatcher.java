package io.plimsoll.environments.local.aws;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import software.amazon.awssdk.core.SdkPojo;

/** Takes a request apart, has it answered and writes the answer in the request's own protocol. */
final class Dispatcher implements HttpHandler {
    /** CloudWatch's limit of a PutMetricData request, before it is unpacked; other requests are far smaller. */
    private static final int LARGEST_BODY_BYTES = 1 << 20;

    private static final int LARGEST_UNPACKED_BYTES = 16 << 20;
    private static final HttpString TARGET = new HttpString("X-Amz-Target");
    private static final HttpString REQUEST_ID = new HttpString("x-amzn-RequestId");
    private static final String RPC_PATH = "/service/";

    private final Map<String, Service> services;
    private final Set<String> refused;

    /**
     * Answers for services.
     *
     * @param refused operations that are denied, such as {@code GetMetricData} or {@code cloudwatch:GetMetricData}
     */
    Dispatcher(List<Service> services, Set<String> refused) {
        this.services = services.stream().collect(Collectors.toMap(Service::scope, Function.identity()));
        this.refused = Set.copyOf(refused);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        String requestId = UUID.randomUUID().toString();
        exchange.getResponseHeaders().put(REQUEST_ID, requestId);
        Wire wire = new FormWire("", scope(exchange).equals("ec2"));
        byte[] answer;
        try {
            wire = wire(exchange);
            answer = answer(wire, exchange.getRequestHeaders(), requestId);
        } catch (AwsFault fault) {
            exchange.setStatusCode(fault.httpStatus());
            addHeaders(exchange, wire.headers(fault));
            answer = wire.error(fault, requestId);
        }
        addHeaders(exchange, wire.headers());
        exchange.getResponseSender().send(ByteBuffer.wrap(answer));
    }

    private byte[] answer(Wire wire, HeaderMap headers, String requestId) {
        Caller caller = Caller.of(header(headers, Headers.AUTHORIZATION));
        Service service = services.get(caller.service());
        if (service == null) {
            throw AwsFault.badRequest(
                    "InvalidAction",
                    "Service " + caller.service() + " is not offered here; those offered are "
                            + services.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        String name = wire.operation();
        Operation operation = service.operation(name).orElseThrow(() -> service.unknown(name));
        String action = service.action(name);
        if (refused.contains(name) || refused.contains(action)) {
            throw denied(action);
        }
        try {
            SdkPojo request = operation.request().get();
            wire.fill(request);
            return wire.response(service, operation.handler().apply(request), requestId);
        } catch (AwsFault fault) {
            throw fault;
        } catch (RuntimeException e) {
            throw AwsFault.internal(action + " failed: " + e);
        }
    }

    private static AwsFault denied(String action) {
        return AwsFault.forbidden(
                "AccessDenied",
                "User: " + Caller.USER + " is not authorized to perform: " + action
                        + " because no identity-based policy allows the " + action + " action");
    }

    private static Wire wire(HttpServerExchange exchange) throws IOException {
        byte[] body = body(exchange);
        Optional<String> target = header(exchange.getRequestHeaders(), TARGET);
        String path = exchange.getRequestPath();
        if (path.startsWith(RPC_PATH)) {
            return TreeWire.cbor(path.substring(path.lastIndexOf('/') + 1), body);
        }
        if (target.isPresent()) {
            return TreeWire.json(target.get().substring(target.get().lastIndexOf('.') + 1), body);
        }
        String form = body.length > 0 ? new String(body, StandardCharsets.UTF_8) : exchange.getQueryString();
        return new FormWire(form, scope(exchange).equals("ec2"));
    }

    /** Service of the credential scope; empty if there is none. */
    private static String scope(HttpServerExchange exchange) {
        try {
            return Caller.of(header(exchange.getRequestHeaders(), Headers.AUTHORIZATION))
                    .service();
        } catch (AwsFault unsigned) {
            return "";
        }
    }

    private static byte[] body(HttpServerExchange exchange) throws IOException {
        byte[] packed = readAtMost(exchange.getInputStream(), LARGEST_BODY_BYTES);
        if (!header(exchange.getRequestHeaders(), Headers.CONTENT_ENCODING)
                .orElse("")
                .equalsIgnoreCase("gzip")) {
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

    private static Optional<String> header(HeaderMap headers, HttpString name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    private static void addHeaders(HttpServerExchange exchange, Map<String, String> headers) {
        headers.forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    }
}
