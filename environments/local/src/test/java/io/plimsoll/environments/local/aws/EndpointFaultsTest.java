package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.EndpointFixture.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

@SuppressWarnings("unchecked") // the SDK's builders take several consumers of generic types
class EndpointFaultsTest {
    private final EndpointFixture fixture = new EndpointFixture();
    private final CloudWatchClient cloudWatch = fixture.client(CloudWatchClient.builder());

    @AfterEach
    void close() {
        cloudWatch.close();
        fixture.close();
    }

    private static void assertThrottled(Runnable call, String code) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(AwsServiceException.class, error -> {
            assertThat(error.isThrottlingException()).isTrue();
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }

    @Test
    void throttledOperationsAreRecognisedAsSuchInEveryProtocol() {
        fixture.faults
                .throttle("DescribeAlarms", 2)
                .throttle("ec2:DescribeInstances", 0)
                .throttle("LookupEvents", 0);
        try (Ec2Client ec2 = fixture.client(Ec2Client.builder());
                CloudTrailClient trail = fixture.client(CloudTrailClient.builder())) {
            assertThat(cloudWatch.describeAlarms().metricAlarms()).isEmpty();
            assertThrottled(cloudWatch::describeAlarms, "Throttling");
            assertThat(cloudWatch.describeAlarms().metricAlarms()).isEmpty();
            assertThrottled(ec2::describeInstances, "RequestLimitExceeded");
            assertThrottled(() -> trail.lookupEvents(r -> r.maxResults(1)), "ThrottlingException");
            fixture.faults.clear();
            assertThat(ec2.describeInstances().reservations()).isEmpty();
        }
    }

    @Test
    void expiredCredentialsAreToldWithTheCodeOfTheProtocol() {
        fixture.faults.expireCredentials(true);
        try (CloudTrailClient trail = fixture.client(CloudTrailClient.builder())) {
            assertThatThrownBy(cloudWatch::describeAlarms).isInstanceOfSatisfying(AwsServiceException.class, error -> {
                assertThat(error.statusCode()).isEqualTo(403);
                assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken");
                assertThat(error.awsErrorDetails().errorMessage())
                        .isEqualTo("The security token included in the request is expired");
            });
            assertThatThrownBy(() -> trail.lookupEvents(r -> r.maxResults(1)))
                    .hasMessageContaining("The security token included in the request is expired");
        }
    }

    @Test
    void aPageAfterTheFirstIsNeverAnswered() {
        fixture.scaledOut();
        fixture.faults.dropPages("DescribeScalingActivities");
        try (AutoScalingClient scaling = fixture.client(AutoScalingClient.builder())) {
            String token =
                    scaling.describeScalingActivities(r -> r.maxRecords(1)).nextToken();

            assertThat(token).isNotNull();
            assertThatThrownBy(() -> scaling.describeScalingActivities(
                            r -> r.maxRecords(1).nextToken(token)))
                    .isInstanceOf(SdkClientException.class);
            assertThat(scaling.describeScalingActivities().activities()).isNotEmpty();
        }
    }

    @Test
    void datapointsAreHeldBackAndThenShown() {
        fixture.store.put("AWS/EC2", "CPUUtilization", new TreeMap<>(Map.of("InstanceId", "i-1")), T0, 42, "Percent");
        fixture.faults.delayDatapoints(Duration.ofSeconds(3601));
        assertThat(values()).isEmpty();
        fixture.clock.advance(Duration.ofSeconds(2));
        assertThat(values()).containsExactly(42.0);
    }

    private List<Double> values() {
        return cloudWatch
                .getMetricData(r -> r.startTime(T0)
                        .endTime(T0.plusSeconds(60))
                        .metricDataQueries(q -> q.id("cpu")
                                .metricStat(s -> s.period(1)
                                        .stat("Average")
                                        .metric(m -> m.namespace("AWS/EC2")
                                                .metricName("CPUUtilization")
                                                .dimensions(d ->
                                                        d.name("InstanceId").value("i-1"))))))
                .metricDataResults()
                .get(0)
                .values();
    }
}
