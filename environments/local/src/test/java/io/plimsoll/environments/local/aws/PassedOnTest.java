package io.plimsoll.environments.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.site.AuditTrail;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that answers with what it was asked, behind the endpoint. */
class PassedOnTest {
    private final Undertow service = Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(new BlockingHandler(exchange -> {
                String body = new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                exchange.setStatusCode(400);
                exchange.getResponseHeaders().put(new HttpString("x-amzn-query-error"), "QueueDoesNotExist;Sender");
                exchange.getResponseSender()
                        .send(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                                + exchange.getRequestHeaders().getFirst("X-Amz-Target") + " " + body);
            }))
            .build();

    private final Undertow endpoint = Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(new BlockingHandler(new Dispatcher(
                    List.of(),
                    new EndpointFaults(),
                    new AuditTrail(Clock.systemUTC()),
                    scope -> scope.equals("sqs") ? Optional.of(uri(service())) : Optional.empty())))
            .build();

    private Undertow service() {
        return service;
    }

    PassedOnTest() {
        service.start();
        endpoint.start();
    }

    private static URI uri(Undertow server) {
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    @AfterEach
    void stop() {
        endpoint.stop();
        service.stop();
    }

    @Test
    void aRequestAndItsAnswerPassUnchanged() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(endpoint).resolve("/000000000000/photos"))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKID/20261124/us-east-1/sqs/aws4_request, SignedHeaders=host,"
                                + " Signature=00")
                .header("X-Amz-Target", "AmazonSQS.GetQueueAttributes")
                .POST(HttpRequest.BodyPublishers.ofString("{\"QueueUrl\":\"x\"}"))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-amzn-query-error")).contains("QueueDoesNotExist;Sender");
        assertThat(response.body())
                .isEqualTo("POST /000000000000/photos AmazonSQS.GetQueueAttributes {\"QueueUrl\":\"x\"}");
    }
}
