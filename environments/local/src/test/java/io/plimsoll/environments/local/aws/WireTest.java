package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.EndpointFixture.HIGH;
import static io.plimsoll.environments.local.aws.EndpointFixture.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What goes over the wire, without the SDK's metadata on the client's side. */
class WireTest {
    private final EndpointFixture fixture = new EndpointFixture("GetMetricData", "ec2:DescribeSecurityGroups");
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        fixture.close();
    }

    private HttpRequest.Builder signed(String service, String path) {
        return HttpRequest.newBuilder(URI.create(fixture.endpoint.uri() + path))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKID/20261124/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=00");
    }

    private HttpResponse<String> form(String service, String form) throws IOException, InterruptedException {
        return text(signed(service, "/").POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> text(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void putCpu() {
        fixture.store.put("AWS/EC2", "CPUUtilization", new TreeMap<>(Map.of("InstanceId", "i-1")), T0, 42, "Percent");
    }

    @Test
    void itListensOnLoopbackAlone() throws IOException {
        assertThat(InetAddress.getByName(fixture.endpoint.uri().getHost()).isLoopbackAddress())
                .isTrue();
    }

    @Test
    void anAnswerIsAwsXmlWithDateAndRequestId() throws Exception {
        putCpu();

        HttpResponse<String> response = form("monitoring", "Action=ListMetrics&Version=2010-08-01");

        assertThat(response.statusCode()).isEqualTo(200);
        String id = response.headers().firstValue("x-amzn-RequestId").orElseThrow();
        assertThat(response.headers().firstValue("Date")).isPresent();
        assertThat(response.headers().firstValue("Content-Type")).contains("text/xml");
        assertThat(response.body())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListMetricsResponse"
                        + " xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><ListMetricsResult><Metrics>"
                        + "<member><Namespace>AWS/EC2</Namespace><MetricName>CPUUtilization</MetricName><Dimensions>"
                        + "<member><Name>InstanceId</Name><Value>i-1</Value></member></Dimensions></member></Metrics>"
                        + "</ListMetricsResult><ResponseMetadata><RequestId>" + id
                        + "</RequestId></ResponseMetadata></ListMetricsResponse>");
    }

    @Test
    void anUnsignedRequestIsRefused() throws Exception {
        HttpResponse<String> response = text(HttpRequest.newBuilder(fixture.endpoint.uri())
                .POST(HttpRequest.BodyPublishers.ofString("Action=ListMetrics")));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body())
                .contains("<Code>MissingAuthenticationToken</Code>"
                        + "<Message>Request is missing Authentication Token</Message>");
    }

    @Test
    void unknownOperationsAndServicesAreInvalidActions() throws Exception {
        assertThat(form("monitoring", "Action=DeleteEverything").body())
                .contains("<Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation"
                        + " DeleteEverything for version 2010-08-01</Message>");
        assertThat(form("ec2", "Action=RunInstances").body())
                .contains("<Response><Errors><Error><Code>InvalidAction</Code><Message>Could not find operation"
                        + " RunInstances for version 2016-11-15</Message></Error></Errors><RequestID>");
        assertThat(form("batch", "Action=ListJobs").body())
                .contains("Service batch is not offered here; those offered are autoscaling, ")
                .contains(", monitoring, ");
        assertThat(form("rds", "Version=1").body()).contains("<Code>MissingAction</Code>");
    }

    @Test
    void refusedOperationsAreDeniedWithAwssSentenceAndOthersAreNot() {
        try (CloudWatchClient cloudWatch = fixture.client(CloudWatchClient.builder());
                Ec2Client ec2 = fixture.client(Ec2Client.builder())) {
            assertThatThrownBy(() -> cloudWatch.getMetricData(r -> r.startTime(T0)))
                    .isInstanceOfSatisfying(AwsServiceException.class, error -> {
                        assertThat(error.statusCode()).isEqualTo(403);
                        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                        assertThat(error.awsErrorDetails().errorMessage())
                                .isEqualTo("User: arn:aws:iam::000000000000:user/plimsoll is not authorized to perform:"
                                        + " cloudwatch:GetMetricData because no identity-based policy allows the"
                                        + " cloudwatch:GetMetricData action");
                    });
            assertThatThrownBy(ec2::describeSecurityGroups)
                    .hasMessageContaining("is not authorized to perform: ec2:DescribeSecurityGroups");
            assertThat(cloudWatch.listMetrics().metrics()).isEmpty();
            assertThat(ec2.describeInstances().reservations()).isEmpty();
        }
    }

    @Test
    void aGzipBodyIsUnpackedAndABrokenOneRefused() throws Exception {
        String form = "Action=PutMetricData&Namespace=Plimsoll&MetricData.member.1.MetricName=Load"
                + "&MetricData.member.1.Value=7&MetricData.member.1.Timestamp=2026-11-24T04:00:00Z";
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(form.getBytes(StandardCharsets.UTF_8));
        }

        HttpResponse<String> good = text(signed("monitoring", "/")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray())));
        HttpResponse<String> broken = text(signed("monitoring", "/")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString(form)));

        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(fixture.store.metrics()).hasSize(1);
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("the request's body is not gzip");
    }

    @Test
    void aMalformedValueIsTheCallersMistake() throws Exception {
        HttpResponse<String> response = form("rds", "Action=DescribeDBInstances&MaxRecords=many");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("MaxRecords: 'many' is not of type integer");
    }

    @Test
    void cloudWatchAlsoSpeaksJson() throws Exception {
        fixture.scaledOut();
        HttpResponse<String> response = text(signed("monitoring", "/")
                .header("X-Amz-Target", "GraniteServiceVersion20100801.DescribeAlarmHistory")
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"AlarmName\":\"" + HIGH + "\",\"HistoryItemType\":\"StateUpdate\",\"MaxRecords\":1}")));

        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.0");
        JsonNode item = new ObjectMapper().readTree(response.body()).at("/AlarmHistoryItems/0");
        assertThat(item.path("AlarmName").asText()).isEqualTo(HIGH);
        assertThat(item.path("HistorySummary").asText()).isEqualTo("Alarm updated from OK to ALARM");
        assertThat(item.path("Timestamp").isNumber()).isTrue();
        assertThat(item.path("Timestamp").doubleValue()).isBetween((double) T0.getEpochSecond(), (double)
                T0.plusSeconds(20).getEpochSecond());
    }

    @Test
    void jsonErrorsCarryTheQueryErrorCode() throws Exception {
        HttpResponse<String> response = text(signed("monitoring", "/")
                .header("X-Amz-Target", "GraniteServiceVersion20100801.GetMetricData")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("x-amzn-query-error")).contains("AccessDenied;Sender");
        assertThat(new ObjectMapper().readTree(response.body()).path("__type").asText())
                .endsWith("#AccessDenied");
    }

    @Test
    void cloudWatchAlsoSpeaksCbor() throws Exception {
        fixture.scaledOut();
        ObjectMapper cbor = new ObjectMapper(new CBORFactory());
        HttpRequest request = signed("monitoring", "/service/GraniteServiceVersion20100801/operation/DescribeAlarms")
                .header("smithy-protocol", "rpc-v2-cbor")
                .POST(HttpRequest.BodyPublishers.ofByteArray(cbor.writeValueAsBytes(Map.of("StateValue", "ALARM"))))
                .build();

        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("smithy-protocol")).contains("rpc-v2-cbor");
        JsonNode alarm = cbor.readTree(response.body()).at("/MetricAlarms/0");
        assertThat(alarm.path("AlarmName").asText()).isEqualTo(HIGH);
        assertThat(alarm.path("StateUpdatedTimestamp").doubleValue()).isGreaterThan((double) T0.getEpochSecond());
    }
}
