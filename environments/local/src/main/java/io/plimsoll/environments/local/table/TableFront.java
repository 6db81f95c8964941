package io.plimsoll.environments.local.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.table.TableCounts.Access;
import io.plimsoll.environments.local.table.TableCounts.Outcome;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.xnio.Options;

/** Passes requests to the store, refuses those that exceed a table's throughput, and measures each. */
final class TableFront implements AutoCloseable {
    private static final HttpString TARGET = new HttpString("X-Amz-Target");
    private static final HttpString CHECKSUM = new HttpString("x-amz-crc32");
    private static final String JSON_TYPE = "application/x-amz-json-1.0";
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "accept-encoding");
    private static final int WORKERS = 16;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<URI> store;
    private final TableCounts counts;
    private final Map<String, Capacity> capacities = new ConcurrentHashMap<>();
    private final Undertow server;

    /** What a table may consume. */
    record Capacity(Throughput reads, Throughput writes) {
        Throughput of(TableCall call) {
            return call.reads() ? reads : writes;
        }
    }

    private record Reply(int status, String type, ByteBuffer body) {
        static Reply of(int status, String type, byte[] body) {
            return new Reply(status, type, ByteBuffer.wrap(body));
        }
    }

    /**
     * Listens on a free port.
     *
     * @param store where the store is, if it is up
     */
    TableFront(Supplier<URI> store, TableCounts counts) {
        this.store = store;
        this.counts = counts;
        this.server = Undertow.builder()
                .addHttpListener(0, LoopbackPorts.PRIVATE_ADDRESS)
                .setIoThreads(1)
                .setWorkerThreads(WORKERS)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setHandler(new BlockingHandler(this::handle))
                .build();
        server.start();
    }

    /** Where DynamoDB is. */
    URI endpoint() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return URI.create("http://" + LoopbackPorts.PRIVATE_ADDRESS + ":" + address.getPort());
    }

    /** Bounds what a table may consume. */
    void bound(String table, Capacity capacity) {
        capacities.put(table, capacity);
    }

    private void handle(HttpServerExchange exchange) throws IOException {
        byte[] body = exchange.getInputStream().readAllBytes();
        String target = exchange.getRequestHeaders().contains(TARGET)
                ? exchange.getRequestHeaders().getFirst(TARGET)
                : "";
        String operation = target.substring(target.lastIndexOf('.') + 1);
        if (TableCall.consumes(operation) && JSON.readTree(body) instanceof ObjectNode request) {
            answer(exchange, call(exchange, TableCall.of(operation, request)));
            return;
        }
        try {
            answer(exchange, pass(exchange, body));
        } catch (IOException e) {
            answer(exchange, unavailable());
        }
    }

    /** Carries a call out if there is capacity for it. */
    private Reply call(HttpServerExchange exchange, TableCall call) throws IOException {
        long begin = System.nanoTime();
        Capacity capacity = capacities.get(call.table());
        if (capacity != null && !capacity.of(call).admits()) {
            count(call, Outcome.THROTTLED, begin, JSON.createObjectNode());
            return error(
                    400,
                    "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
                    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your"
                            + " provisioning level with the UpdateTable API.");
        }
        Reply reply;
        try {
            reply = pass(exchange, JSON.writeValueAsBytes(call.body()));
        } catch (IOException e) {
            count(call, Outcome.SYSTEM_ERROR, begin, JSON.createObjectNode());
            return unavailable();
        }
        JsonNode answer = JSON.readTree(reply.body().array());
        if (capacity != null) {
            capacity.of(call).take(TableCall.consumed(answer));
        }
        count(call, outcome(reply.status()), begin, answer);
        if (answer instanceof ObjectNode object) {
            call.strip(object);
        }
        return Reply.of(reply.status(), reply.type(), JSON.writeValueAsBytes(answer));
    }

    private static Outcome outcome(int status) {
        return status < 400 ? Outcome.SUCCESSFUL : status < 500 ? Outcome.USER_ERROR : Outcome.SYSTEM_ERROR;
    }

    private void count(TableCall call, Outcome outcome, long begin, JsonNode answer) {
        counts.add(new Access(
                call.table(),
                call.operation(),
                outcome,
                TableCall.consumed(answer),
                call.returnsMany() ? answer.path("Count").asInt() : 0,
                (System.nanoTime() - begin) / 1e6));
    }

    private static Reply unavailable() throws JsonProcessingException {
        return error(
                500,
                "com.amazonaws.dynamodb.v20120810#InternalServerError",
                "The request processing has failed because of an unknown error, exception or failure.");
    }

    private static Reply error(int status, String type, String message) throws JsonProcessingException {
        return Reply.of(status, JSON_TYPE, JSON.writeValueAsBytes(Map.of("__type", type, "message", message)));
    }

    /** Idle connections are kept as long as the store says, which it does in a header that this client heeds. */
    private Reply pass(HttpServerExchange exchange, byte[] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) store.get().toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
        connection.setReadTimeout((int) ANSWER_LIMIT.toMillis());
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        for (HeaderValues values : exchange.getRequestHeaders()) {
            String name = values.getHeaderName().toString();
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> connection.addRequestProperty(name, value));
            }
        }
        connection.getOutputStream().write(body);
        int status = connection.getResponseCode();
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String type = connection.getContentType();
            return Reply.of(
                    status, type == null ? JSON_TYPE : type, answer == null ? new byte[0] : answer.readAllBytes());
        }
    }

    /** DynamoDB's clients check an answer by its checksum. */
    private static void answer(HttpServerExchange exchange, Reply reply) {
        CRC32 checksum = new CRC32();
        checksum.update(reply.body().array());
        exchange.setStatusCode(reply.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, reply.type());
        exchange.getResponseHeaders().put(CHECKSUM, Long.toString(checksum.getValue()));
        exchange.getResponseSender().send(reply.body());
    }

    @Override
    public void close() {
        server.stop();
    }
}
