package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.FakeEstate;
import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.Statistic;
import io.plimsoll.environments.local.metrics.VirtualClock;
import io.plimsoll.environments.local.scaling.AlarmSpec;
import io.plimsoll.environments.local.scaling.AlarmState;
import io.plimsoll.environments.local.scaling.AlarmStatus;
import io.plimsoll.environments.local.scaling.AlarmTransition;
import io.plimsoll.environments.local.scaling.Comparison;
import io.plimsoll.environments.local.scaling.ControlPlaneView;
import io.plimsoll.environments.local.scaling.GroupInstance;
import io.plimsoll.environments.local.scaling.GroupStatus;
import io.plimsoll.environments.local.scaling.MissingData;
import io.plimsoll.environments.local.scaling.ScalingActivity;
import io.plimsoll.environments.local.scaling.ScalingGroupSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** An endpoint over an estate and a control plane written by hand, and clients that are pointed at it. */
final class EndpointFixture implements AutoCloseable {
    static final Instant T0 = Instant.parse("2026-11-24T04:00:00Z");
    static final String HIGH = "TargetTracking-plimsoll-app-AlarmHigh-1";
    static final String LOW = "TargetTracking-plimsoll-app-AlarmLow-1";
    static final String CAUSE = "At 2026-11-24T04:00:05Z a monitor alarm <" + HIGH + "> & so on";

    final VirtualClock clock = new VirtualClock(T0.plusSeconds(3600));
    final MetricStore store = new MetricStore(clock);
    final FakeEstate estate = new FakeEstate(clock);
    final AwsEndpoint endpoint;

    EndpointFixture(String... refused) {
        endpoint = AwsEndpoint.start("us-east-1", estate, store, new FakeControlPlane(), Set.of(refused), clock);
    }

    /** A client of the SDK that makes one attempt. */
    <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    /** One group with two instances, five activities, two alarms and two transitions. */
    private static final class FakeControlPlane implements ControlPlaneView {
        @Override
        public List<GroupStatus> groups() {
            ScalingGroupSpec spec = new ScalingGroupSpec(
                    "plimsoll-app",
                    "local.small",
                    List.of("plimsoll-app"),
                    List.of("us-east-1a", "us-east-1b"),
                    1,
                    4,
                    1,
                    Duration.ofSeconds(3),
                    50,
                    3,
                    15,
                    Duration.ofSeconds(1));
            return List.of(new GroupStatus(
                    spec,
                    T0,
                    2,
                    "cpu",
                    List.of(HIGH, LOW),
                    List.of(
                            new GroupInstance(
                                    "i-00000000000000001", "us-east-1a", GroupInstance.Lifecycle.IN_SERVICE, true),
                            new GroupInstance(
                                    "i-00000000000000002", "us-east-1b", GroupInstance.Lifecycle.PENDING, true)),
                    List.of(activity(5), activity(4), activity(3), activity(2), activity(1))));
        }

        private static ScalingActivity activity(int number) {
            boolean running = number == 5;
            return new ScalingActivity(
                    "activity-" + number,
                    "Launching a new EC2 instance: i-0000000000000000" + number,
                    CAUSE,
                    running ? ScalingActivity.Status.IN_PROGRESS : ScalingActivity.Status.SUCCESSFUL,
                    Optional.empty(),
                    T0.plusSeconds(number),
                    running ? Optional.empty() : Optional.of(T0.plusSeconds(number + 10)),
                    "us-east-1a");
        }

        @Override
        public List<AlarmStatus> alarms() {
            return List.of(
                    new AlarmStatus(alarm(HIGH, Comparison.GREATER_THAN, 50), T0, AlarmState.ALARM, "too high", T0),
                    new AlarmStatus(alarm(LOW, Comparison.LESS_THAN, 45), T0, AlarmState.OK, "not low", T0));
        }

        private static AlarmSpec alarm(String name, Comparison comparison, double threshold) {
            MetricKey metric = new MetricKey(
                    "AWS/EC2", "CPUUtilization", new TreeMap<>(Map.of("AutoScalingGroupName", "plimsoll-app")));
            return new AlarmSpec(
                    name,
                    metric,
                    Statistic.AVERAGE,
                    Duration.ofSeconds(1),
                    3,
                    3,
                    comparison,
                    threshold,
                    MissingData.MISSING);
        }

        @Override
        public List<AlarmTransition> alarmHistory() {
            return List.of(
                    new AlarmTransition(
                            T0.plusSeconds(1), HIGH, AlarmState.INSUFFICIENT_DATA, "new", AlarmState.OK, "fine"),
                    new AlarmTransition(
                            T0.plusSeconds(9), HIGH, AlarmState.OK, "fine", AlarmState.ALARM, "too \"high\""));
        }
    }
}
