package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.table.TableServer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/**
 * Values by key, in a DynamoDB table: {@code PUT /kv/{key}} stores one, {@code GET /kv/{key}} reads one, eventually
 * consistent, {@code DELETE /kv/{key}} removes one. What the table throttles three times is answered 429.
 */
final class KeyValueRoutes implements AutoCloseable {
    /** Largest value, in bytes. */
    static final int LARGEST = 4_096;

    private static final String PATH = "/kv/([A-Za-z0-9_.-]{1,128})";
    private static final String VALUE = "value";
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(2);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(8);

    private final DynamoDbClient client;
    private final String table;

    KeyValueRoutes(ServiceSettings settings) {
        this.table = settings.text("table-name");
        this.client = DynamoDbClient.builder()
                .endpointOverride(URI.create(settings.text("table-endpoint")))
                .region(Region.of(settings.text("table-region")))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(TableServer.ANYONE, TableServer.ANYONE)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(limits -> limits.retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .apiCallAttemptTimeout(ATTEMPT_LIMIT)
                        .apiCallTimeout(CALL_LIMIT))
                .build();
    }

    List<Route> routes(Role role, ServiceSettings settings) {
        List<Route> routes = new ArrayList<>();
        if (role != Role.WRITE) {
            routes.add(new Route(Methods.GET, PATH, settings.duration("read-cost"), this::get));
        }
        if (role != Role.READ) {
            routes.add(new Route(Methods.PUT, PATH, settings.duration("write-cost"), this::put));
            routes.add(new Route(Methods.DELETE, PATH, settings.duration("write-cost"), this::delete));
        }
        return routes;
    }

    private static Map<String, AttributeValue> key(Matcher path) {
        return Map.of(TableServer.KEY, AttributeValue.fromS(path.group(1)));
    }

    private void get(HttpServerExchange exchange, Matcher path) {
        try {
            AttributeValue value = client.getItem(
                            request -> request.tableName(table).key(key(path)))
                    .item()
                    .get(VALUE);
            if (value == null) {
                Answers.text(exchange, StatusCodes.NOT_FOUND, "no value of " + path.group(1));
                return;
            }
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
            exchange.getResponseSender().send(ByteBuffer.wrap(value.b().asByteArray()));
        } catch (SdkException e) {
            refuse(exchange, e, "read");
        }
    }

    private void put(HttpServerExchange exchange, Matcher path) throws IOException {
        exchange.startBlocking();
        byte[] body = exchange.getInputStream().readNBytes(LARGEST + 1);
        if (body.length == 0 || body.length > LARGEST) {
            Answers.text(exchange, StatusCodes.BAD_REQUEST, "a value has 1 to " + LARGEST + " bytes");
            return;
        }
        try {
            client.putItem(request -> request.tableName(table)
                    .item(Map.of(
                            TableServer.KEY,
                            AttributeValue.fromS(path.group(1)),
                            VALUE,
                            AttributeValue.fromB(SdkBytes.fromByteArray(body)))));
            noContent(exchange);
        } catch (SdkException e) {
            refuse(exchange, e, "written");
        }
    }

    private void delete(HttpServerExchange exchange, Matcher path) {
        try {
            client.deleteItem(request -> request.tableName(table).key(key(path)));
            noContent(exchange);
        } catch (SdkException e) {
            refuse(exchange, e, "written");
        }
    }

    private static void noContent(HttpServerExchange exchange) {
        exchange.setStatusCode(StatusCodes.NO_CONTENT);
        exchange.endExchange();
    }

    private static void refuse(HttpServerExchange exchange, SdkException e, String done) {
        if (e instanceof ProvisionedThroughputExceededException) {
            Answers.text(exchange, StatusCodes.TOO_MANY_REQUESTS, "the table's throughput is exceeded");
        } else {
            Answers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the table cannot be " + done);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
