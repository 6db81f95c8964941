package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;

/** Plants secrets wherever others write text that reaches evidence, and searches what comes out. */
class SecretsTest {
    private static final List<String> PLANTED = List.of(
            "AKIAIOSFODNN7EXAMPLE",
            "Bearer abcdefghijklmnop1234",
            "password=hunter2hunter2",
            "\"access_token\": \"s3cr3t-t0ken-value\"",
            "X-Amz-Security-Token: FwoGZXIvYXdzEBYaDH",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl");

    private final FakeTime time = new FakeTime();
    private final FakeAws aws = new FakeAws(time);

    private static List<String> bare() {
        return List.of(
                "AKIAIOSFODNN7EXAMPLE",
                "abcdefghijklmnop1234",
                "hunter2",
                "s3cr3t-t0ken-value",
                "FwoGZXIvYXdzEBYaDH",
                "eyJhbGciOiJIUzI1NiJ9");
    }

    @Test
    void noneOfThemIsLeftInMaskedText() {
        String masked = Secrets.masked("failed: " + String.join(" and ", PLANTED) + " at 10:00");
        assertThat(masked).startsWith("failed: ").endsWith(" at 10:00").doesNotContain(bare());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instance i-0aaaaaaaaaaaaaaa1 went to ALARM",
                "permission cloudwatch:GetMetricData is missing (AccessDenied: no)",
                "Throttling: Rate exceeded",
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop/73e2d6bc24d8a067"
            })
    void ordinaryTextStays(String text) {
        assertThat(Secrets.masked(text)).isEqualTo(text);
    }

    @Test
    void accountsCanBeMaskedToo() {
        assertThat(Secrets.withoutAccounts("arn:aws:iam::123456789012:role/load-test"))
                .isEqualTo("arn:aws:iam::***:role/load-test");
        assertThat(Secrets.withoutAccounts("arn:aws:sqs:us-east-1:123456789012:photos"))
                .isEqualTo("arn:aws:sqs:us-east-1:***:photos");
    }

    @Test
    void errorsOfServicesThatRepeatTheRequestAreMasked() throws InterruptedException {
        for (String secret : PLANTED) {
            try {
                AwsCalls.unbounded(time).call("ec2:DescribeInstances", () -> {
                    throw AwsErrors.of(403, "SignatureDoesNotMatch", "The request was: " + secret + " end");
                });
                assertThat(secret).as("refused").isEmpty();
            } catch (ObservationException e) {
                assertThat(e.sentence()).contains("The request was").doesNotContain(bare());
            }
        }
    }

    @Test
    void logLinesThatBecomeEventsAreMasked() throws InterruptedException {
        List<software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent> lines = new ArrayList<>();
        for (int i = 0; i < PLANTED.size(); i++) {
            lines.add(software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent.builder()
                    .timestamp(FakeTime.START.plusSeconds(60L * i).toEpochMilli())
                    .message("ERROR " + PLANTED.get(i))
                    .build());
        }
        aws.others.on(
                "filterLogEvents",
                FilterLogEventsRequest.class,
                request -> FilterLogEventsResponse.builder().events(lines).build());
        Topology topology = new Topology(List.of(Resource.of(ResourceKind.LOG_GROUP, "/shop", Map.of())));
        List<Event> events = new ServiceEvents(
                        aws.services(),
                        AwsCalls.unbounded(time),
                        new TimeWindow(FakeTime.START, FakeTime.START.plusSeconds(3600)))
                .logErrors(topology);
        assertThat(events).hasSize(PLANTED.size());
        assertThat(events.toString()).contains("ERROR").doesNotContain(bare());
    }
}
