package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.LocalAccount.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What goes over the wire, without an SDK's help. */
class ProtocolTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/x-amz-json-1.0";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static HttpRequest.Builder post(LocalAccount account, String path, byte[] body) {
        return HttpRequest.newBuilder(account.uri().resolve(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static HttpRequest.Builder signed(LocalAccount account, String service, String path, byte[] body) {
        return post(account, path, body)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=key/20261124/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=00");
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anUnsignedRequestIsForbidden() throws Exception {
        try (LocalAccount account = new LocalAccount()) {
            HttpResponse<byte[]> response =
                    send(post(account, "/", bytes("Action=DescribeAlarms")).header("Content-Type", FORM));

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(text(response))
                    .contains("<Type>Sender</Type><Code>MissingAuthenticationToken</Code>"
                            + "<Message>Request is missing Authentication Token</Message>");
        }
    }

    @Test
    void anAnswerHasADateAndTheIdThatItsBodyNames() throws Exception {
        try (LocalAccount account = new LocalAccount()) {
            HttpResponse<byte[]> response =
                    send(signed(account, "sts", "/", bytes("Action=GetCallerIdentity&Version=2011-06-15"))
                            .header("Content-Type", FORM));

            String id = response.headers().firstValue("x-amzn-RequestId").orElseThrow();
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Date")).isPresent();
            assertThat(text(response))
                    .contains("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">")
                    .contains("<Account>000000000000</Account>")
                    .contains("<ResponseMetadata><RequestId>" + id + "</RequestId></ResponseMetadata>");
        }
    }

    @Test
    void anOperationThatIsNotOfferedIsAnInvalidAction() throws Exception {
        try (LocalAccount account = new LocalAccount()) {
            HttpResponse<byte[]> response = send(signed(account, "rds", "/", bytes("Action=DeleteDBInstance"))
                    .header("Content-Type", FORM));

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(text(response))
                    .contains("<Code>InvalidAction</Code>"
                            + "<Message>Could not find operation DeleteDBInstance for version 2014-10-31</Message>");
        }
    }

    @Test
    void aPackedFormIsUnpacked() throws Exception {
        try (LocalAccount account = new LocalAccount()) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(bytes("Action=PutMetricData&Namespace=Shop&MetricData.member.1.MetricName=Orders"
                        + "&MetricData.member.1.Value=7&MetricData.member.1.Timestamp=2026-11-24T03%3A30%3A00Z"));
            }
            HttpResponse<byte[]> response = send(signed(account, "monitoring", "/", packed.toByteArray())
                    .header("Content-Type", FORM)
                    .header("Content-Encoding", "gzip"));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(account.metrics().metrics())
                    .extracting(key -> key.name())
                    .containsExactly("Orders");
        }
    }

    @Test
    void aFormThatClaimsToBePackedIsRefused() throws Exception {
        try (LocalAccount account = new LocalAccount()) {
            HttpResponse<byte[]> response =
                    send(signed(account, "monitoring", "/", bytes("Action=ListMetrics&Namespace=Shop"))
                            .header("Content-Type", FORM)
                            .header("Content-Encoding", "gzip"));

            assertThat(response.statusCode()).isEqualTo(400);
        }
    }

    private static byte[] metricDataQuery(ObjectMapper mapper) throws IOException {
        JsonNode request = MAPPER.readTree("{\"StartTime\":" + T0.getEpochSecond() + ",\"EndTime\":"
                + (T0.getEpochSecond() + 60)
                + ",\"MetricDataQueries\":[{\"Id\":\"load\",\"MetricStat\":{\"Stat\":\"p50\",\"Period\":1,\"Metric\":"
                + "{\"Namespace\":\"Shop\",\"MetricName\":\"Load\",\"Dimensions\":[]}}}]}");
        return mapper.writeValueAsBytes(request);
    }

    private static LocalAccount withLoad() {
        LocalAccount account = new LocalAccount();
        account.metrics().putAll("Shop", "Load", new TreeMap<>(), T0.plusSeconds(1), new double[] {1, 2.5, 9}, "None");
        return account;
    }

    @Test
    void cloudWatchSpeaksJson() throws Exception {
        try (LocalAccount account = withLoad()) {
            HttpResponse<byte[]> response = send(signed(account, "monitoring", "/", metricDataQuery(MAPPER))
                    .header("Content-Type", JSON)
                    .header("X-Amz-Target", "GraniteServiceVersion20100801.GetMetricData"));

            assertThat(response.headers().firstValue("Content-Type")).hasValue(JSON);
            JsonNode result = MAPPER.readTree(response.body()).at("/MetricDataResults/0");
            assertThat(result.get("Timestamps").get(0).decimalValue())
                    .isEqualByComparingTo(String.valueOf(T0.getEpochSecond() + 1));
            assertThat(result.get("Values").toString()).isEqualTo("[2.5]");
        }
    }

    @Test
    void cloudWatchSpeaksCborWithTaggedTimes() throws Exception {
        try (LocalAccount account = withLoad()) {
            HttpResponse<byte[]> response = send(signed(
                            account,
                            "monitoring",
                            "/service/GraniteServiceVersion20100801/operation/GetMetricData",
                            metricDataQuery(new CBORMapper()))
                    .header("Content-Type", "application/cbor")
                    .header("smithy-protocol", "rpc-v2-cbor"));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("smithy-protocol")).hasValue("rpc-v2-cbor");
            JsonNode result = new CBORMapper().readTree(response.body()).at("/MetricDataResults/0");
            assertThat(result.get("Timestamps").get(0).asDouble()).isEqualTo((double) T0.getEpochSecond() + 1);
            assertThat(result.get("Values").toString()).isEqualTo("[2.5]");
            // 0xc1 is tag 1 (RFC 8949, 3.4.2), 0xfb a double.
            assertThat(HexFormat.of().formatHex(response.body())).contains("c1fb");
        }
    }

    @Test
    void aJsonErrorNamesItsTypeAndTheOneOfTheQueryProtocol() throws Exception {
        try (LocalAccount account = new LocalAccount()) {
            HttpResponse<byte[]> response = send(signed(account, "monitoring", "/", bytes("{}"))
                    .header("Content-Type", JSON)
                    .header("X-Amz-Target", "GraniteServiceVersion20100801.GetMetricData"));

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.headers().firstValue("x-amzn-query-error")).hasValue("ValidationError;Sender");
            assertThat(MAPPER.readTree(response.body()).get("__type").asText()).endsWith("#ValidationError");
            assertThat(MAPPER.readTree(response.body()).get("message").asText())
                    .isEqualTo("The parameter StartTime is required.");
        }
    }

    @Test
    void aRefusedOperationIsDeniedAndOthersAreNot() {
        try (LocalAccount account = new LocalAccount("GetMetricData");
                CloudWatchClient cloudWatch = account.client(CloudWatchClient.builder())) {
            assertThatThrownBy(() ->
                            cloudWatch.getMetricData(get -> get.startTime(T0).endTime(T0.plusSeconds(1))))
                    .isInstanceOfSatisfying(CloudWatchException.class, denied -> {
                        assertThat(denied.statusCode()).isEqualTo(403);
                        assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                        assertThat(denied.awsErrorDetails().errorMessage())
                                .isEqualTo("User: arn:aws:iam::000000000000:user/plimsoll is not authorized to perform:"
                                        + " cloudwatch:GetMetricData because no identity-based policy allows the"
                                        + " cloudwatch:GetMetricData action");
                    });
            assertThat(cloudWatch.listMetrics().metrics()).isEmpty();
        }
    }

    @Test
    void anOperationIsRefusedForItsServiceAlone() {
        try (LocalAccount account = new LocalAccount("ec2:DescribeInstances");
                Ec2Client compute = account.client(Ec2Client.builder())) {
            assertThatThrownBy(compute::describeInstances)
                    .isInstanceOfSatisfying(
                            Ec2Exception.class,
                            denied -> assertThat(denied.statusCode()).isEqualTo(403));
        }
    }
}
