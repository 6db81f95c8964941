package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.tls.TrustingClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** What stands between clients and servers, in a whole stack, as a run meets it. */
class EdgeStackTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path temporary;

    private final HttpClient plain =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void namesTlsCdnAndBalancersWorkAreMeasuredAndCanBeDisturbed() throws Exception {
        try (RunningStack stack = RunningStack.start(temporary, "stack.service.items=50")) {
            assertThat(dns(stack, stack.ready().get("host").asText() + ".", Type.A))
                    .isEqualTo("127.0.0.1");
            assertThat(dns(stack, "_http._tcp.www.plimsoll.test.", Type.SRV))
                    .isEqualTo("0 0 " + URI.create(text(stack, "baseUrl")).getPort() + " www.plimsoll.test.");

            assertThat(secure(stack).version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(disturb(stack, "expire-certificate?of=lb")).isEqualTo("the certificate of lb is expired\n");
            assertThatThrownBy(() -> secure(stack)).isInstanceOf(SSLHandshakeException.class);
            disturb(stack, "renew-certificate?of=lb");
            assertThat(secure(stack).statusCode()).isEqualTo(200);

            assertThat(cached(stack)).isEqualTo("Miss from cloudfront");
            assertThat(cached(stack)).isEqualTo("Hit from cloudfront");
            disturb(stack, "cdn-off");
            assertThat(cached(stack)).isEqualTo("Miss from cloudfront");
            disturb(stack, "cdn-on");

            disturb(stack, "slow-network?of=replica-lb&latency-ms=200");
            long begin = System.nanoTime();
            assertThat(stack.get("/items/33").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
            disturb(stack, "restore-network?of=replica-lb");

            assertThat(Await.until(() -> metrics(stack).containsAll(EXPECTED), LIMIT))
                    .as("metrics %s", metrics(stack))
                    .isTrue();
        }
    }

    private static final Set<String> EXPECTED = Set.of(
            "AWS/ApplicationELB ActiveConnectionCount",
            "AWS/ApplicationELB ClientTLSNegotiationErrorCount",
            "AWS/ApplicationELB ProcessedBytes",
            "AWS/CloudFront CacheHitRate",
            "AWS/CloudFront OriginLatency",
            "AWS/NetworkELB ActiveFlowCount",
            "AWS/NetworkELB NewFlowCount",
            "AWS/Route53 HealthCheckStatus",
            "AWS/Route53 TimeToFirstByte",
            "AWS/S3 AllRequests",
            "AWS/S3 FirstByteLatency");

    private static String text(RunningStack stack, String key) {
        return stack.ready().get(key).asText();
    }

    private static String disturb(RunningStack stack, String what) {
        HttpResponse<byte[]> answer = stack.order("/disturb/" + what, text(stack, "controlToken"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<Void> secure(RunningStack stack) throws Exception {
        HttpClient client = TrustingClient.of(Path.of(text(stack, "certificate")), HttpClient.Version.HTTP_2);
        return client.send(
                HttpRequest.newBuilder(URI.create(text(stack, "httpsUrl") + "/items/1"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private String cached(RunningStack stack) throws Exception {
        return plain.send(
                        HttpRequest.newBuilder(URI.create(text(stack, "cdnUrl") + "/static/7"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("X-Cache")
                .orElse("");
    }

    private static String dns(RunningStack stack, String name, int type) throws Exception {
        String[] server = text(stack, "dnsServer").split(":", 2);
        SimpleResolver resolver = new SimpleResolver(server[0]);
        resolver.setPort(Integer.parseInt(server[1]));
        resolver.setTimeout(LIMIT);
        Message answer = resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
        return answer.getSection(Section.ANSWER).get(0).rdataToString();
    }

    private static Set<String> metrics(RunningStack stack) {
        try (CloudWatchClient client = CloudWatchClient.builder()
                .endpointOverride(URI.create(text(stack, "awsEndpoint")))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            Set<String> names = new HashSet<>();
            client.listMetricsPaginator()
                    .metrics()
                    .forEach(metric -> names.add(metric.namespace() + " " + metric.metricName()));
            return names;
        }
    }
}
