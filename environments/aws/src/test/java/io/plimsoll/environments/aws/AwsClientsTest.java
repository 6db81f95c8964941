package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.plimsoll.environments.aws.descriptor.Credentials;
import io.plimsoll.environments.aws.descriptor.Deployed;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The real clients over a transport in memory, 100 ms away and 90 s ahead. */
class AwsClientsTest {
    private static final String CALLER = """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>""";
    private static final String DENIED = """
            <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not you</Message></Error>
            </ErrorResponse>""";

    private final FakeTime time = new FakeTime();
    private final Transport transport = new Transport();
    private final AwsClients clients = AwsClients.open(
            Descriptors.embedded().at(URI.create("http://127.0.0.1:8080"), URI.create("http://127.0.0.1:4566")),
            time,
            transport);

    @Test
    void everyClientAsksTheGivenEndpointOfTheRegionWithWorthlessCredentials() {
        clients.services().sts().getCallerIdentity();
        SdkHttpRequest sent = transport.sent.get(0);
        assertThat(sent.getUri()).hasToString("http://127.0.0.1:4566");
        assertThat(sent.firstMatchingHeader("Authorization").orElseThrow())
                .contains("Credential=embedded/")
                .contains("/us-east-1/sts/");
    }

    @Test
    void requestsAreCountedByServiceAndOperation() {
        assertThat(clients.apiCalls()).isEmpty();
        clients.services().sts().getCallerIdentity();
        clients.services().sts().getCallerIdentity();
        assertThat(clients.apiCalls()).containsExactly(Map.entry("sts:GetCallerIdentity", 2L));
    }

    @Test
    void aRefusedCallCountsAndNamesItsPermission() {
        transport.status = 403;
        transport.body = DENIED;
        transport.date = "none"; // a clock far from this machine's would make the SDK try once more
        assertThatThrownBy(() -> AwsCalls.unbounded(time)
                        .call(
                                "autoscaling:DescribePolicies",
                                () -> clients.services().autoScaling().describePolicies()))
                .hasMessage("permission autoscaling:DescribePolicies is missing (AccessDenied: not you)");
        assertThat(clients.apiCalls()).containsExactly(Map.entry("autoscaling:DescribePolicies", 1L));
    }

    @Test
    void theClockOffsetIsReadFromTheDateOfAnswers() {
        assertThat(clients.clockOffset()).isEmpty();
        clients.services().sts().getCallerIdentity();
        assertThat(clients.clockOffset()).contains(new ClockOffset(90_450, 550));
    }

    @Test
    void anAnswerWithoutAReadableDateTellsNoOffset() {
        transport.date = "today";
        clients.services().sts().getCallerIdentity();
        assertThat(clients.clockOffset()).isEmpty();
    }

    @Test
    void closingClosesTheTransport() {
        clients.close();
        assertThat(transport.closed).isTrue();
    }

    @Test
    void aProfileThatDoesNotExistIsSaidSoBeforeAnythingIsSent() {
        Deployed deployed = new Deployed(
                Descriptors.embedded(),
                URI.create("http://127.0.0.1:8080"),
                Optional.of(URI.create("http://127.0.0.1:4566")),
                new Credentials.Profile("no-such-profile"));
        try (AwsClients profiled = AwsClients.open(deployed, time, transport)) {
            assertThatThrownBy(() -> AwsCalls.unbounded(time)
                            .call(
                                    "sts:GetCallerIdentity",
                                    () -> profiled.services().sts().getCallerIdentity()))
                    .isInstanceOf(ObservationException.class)
                    .hasMessageStartingWith("sts:GetCallerIdentity failed: ")
                    .hasMessageContaining("no-such-profile");
        }
        assertThat(transport.sent).isEmpty();
    }

    @Test
    void theDefaultTransportSpeaksHttp() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = CALLER.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (AwsClients real = AwsClients.open(Descriptors.embedded().at(endpoint, endpoint), Clock.systemUTC())) {
            assertThat(real.services().sts().getCallerIdentity().account()).isEqualTo("123456789012");
            ClockOffset offset = real.clockOffset().orElseThrow();
            assertThat(Math.abs(offset.millis()))
                    .as("one machine, one clock")
                    .isLessThanOrEqualTo(offset.errorMillis());
        } finally {
            server.stop(0);
        }
    }

    private final class Transport implements SdkHttpClient {
        private final List<SdkHttpRequest> sent = new ArrayList<>();
        private int status = 200;
        private String body = CALLER;
        private String date = "Tue, 24 Nov 2026 10:01:30 GMT";
        private boolean closed;

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            sent.add(request.httpRequest());
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    time.sleep(Duration.ofMillis(100));
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpFullResponse.builder()
                                    .statusCode(status)
                                    .putHeader("Date", date)
                                    .build())
                            .responseBody(AbortableInputStream.create(
                                    new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
