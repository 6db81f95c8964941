package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.process.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** The whole stack under more load than one instance can take, seen through its AWS endpoint. */
class ScaleOutTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String GROUP = "plimsoll-read";

    @TempDir
    Path temporary;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicBoolean loading = new AtomicBoolean(true);

    @Test
    void loadBeyondOneInstanceBringsASecondAndALostOneIsReplaced() throws IOException {
        try (RunningStack stack =
                        RunningStack.start(temporary, "stack.service.items=50", "stack.parts.read-group.max=2");
                AutoScalingClient scaling =
                        stack.aws(AutoScalingClient.builder()).build();
                CloudWatchClient metrics = stack.aws(CloudWatchClient.builder()).build()) {
            Instant begin = Instant.now();
            assertThat(inService(scaling)).hasSize(1);
            String first = inService(scaling).get(0);
            URI item = URI.create(stack.ready().get("baseUrl").asText() + "/items/1");
            for (int i = 0; i < 40; i++) {
                ask(item);
            }

            assertThat(Await.until(() -> inService(scaling).size() == 2, LIMIT))
                    .as("group: %s", group(scaling))
                    .isTrue();
            Activity launch = scaling.describeScalingActivities(request -> request.autoScalingGroupName(GROUP))
                    .activities()
                    .get(0);
            assertThat(launch.cause()).contains("changing the desired capacity from 1 to 2");
            assertThat(cpu(metrics, "AutoScalingGroupName", GROUP, begin)).anyMatch(percent -> percent > 90);
            assertThat(cpu(metrics, "InstanceId", first, begin)).isNotEmpty().allMatch(percent -> percent <= 100);

            assertThat(stack.order(
                                    "/disturb/terminate-instance?id=" + first,
                                    stack.ready().get("controlToken").asText())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Await.until(
                            () -> inService(scaling).size() == 2
                                    && !inService(scaling).contains(first),
                            LIMIT))
                    .as("group: %s", group(scaling))
                    .isTrue();
            loading.set(false);
        }
    }

    private static AutoScalingGroup group(AutoScalingClient scaling) {
        return scaling.describeAutoScalingGroups(request -> request.autoScalingGroupNames(GROUP))
                .autoScalingGroups()
                .get(0);
    }

    private static List<String> inService(AutoScalingClient scaling) {
        return group(scaling).instances().stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                .map(Instance::instanceId)
                .toList();
    }

    private static List<Double> cpu(CloudWatchClient metrics, String dimension, String value, Instant begin) {
        Metric metric = Metric.builder()
                .namespace("AWS/EC2")
                .metricName("CPUUtilization")
                .dimensions(Dimension.builder().name(dimension).value(value).build())
                .build();
        return metrics.getMetricData(request -> request.startTime(begin)
                        .endTime(Instant.now())
                        .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                        .metricDataQueries(MetricDataQuery.builder()
                                .id("cpu")
                                .metricStat(MetricStat.builder()
                                        .metric(metric)
                                        .period(1)
                                        .stat("Average")
                                        .build())
                                .build()))
                .metricDataResults()
                .get(0)
                .values();
    }

    /** A client that asks again as soon as it is answered, until the test is over. */
    private void ask(URI item) {
        var unused = client.sendAsync(HttpRequest.newBuilder(item).build(), HttpResponse.BodyHandlers.discarding())
                .thenAccept(response -> {
                    if (loading.get()) {
                        ask(item);
                    }
                });
    }
}
