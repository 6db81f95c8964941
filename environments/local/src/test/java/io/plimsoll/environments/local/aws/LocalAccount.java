package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.estate.CacheView;
import io.plimsoll.environments.local.estate.DatabaseView;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.TargetView;
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
import java.net.URI;
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
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** An endpoint over an estate and a control plane that stand still, with metrics on a clock that does so, too. */
final class LocalAccount implements AutoCloseable {
    static final Instant T0 = Instant.parse("2026-11-24T03:30:00Z");
    static final String HIGH = "TargetTracking-app-AlarmHigh-1";
    static final String LOW = "TargetTracking-app-AlarmLow-2";
    static final String FIRST = "i-00000000000000001";
    static final String SECOND = "i-00000000000000002";

    private final VirtualClock clock = new VirtualClock(T0.plusSeconds(600));
    private final MetricStore metrics = new MetricStore(clock);
    private final AwsEndpoint endpoint;

    LocalAccount(String... refused) {
        endpoint = AwsEndpoint.start(
                "us-east-1", new StandingEstate(), metrics, new StandingControlPlane(), Set.of(refused), clock);
    }

    URI uri() {
        return endpoint.uri();
    }

    VirtualClock clock() {
        return clock;
    }

    MetricStore metrics() {
        return metrics;
    }

    /** A client that calls this endpoint once and never again. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private static final class StandingEstate implements Estate {
        @Override
        public List<InstanceView> instances() {
            return List.of(
                    new InstanceView(
                            FIRST,
                            "local.small",
                            "us-east-1a",
                            "127.0.0.1",
                            8081,
                            11,
                            T0,
                            Optional.of(T0.plusSeconds(90)),
                            InstanceView.State.TERMINATED),
                    new InstanceView(
                            SECOND,
                            "local.small",
                            "us-east-1b",
                            "127.0.0.1",
                            8082,
                            12,
                            T0.plusSeconds(60),
                            Optional.empty(),
                            InstanceView.State.RUNNING));
        }

        @Override
        public BalancerView balancer() {
            return new BalancerView(
                    "lb",
                    "app",
                    "127.0.0.1",
                    8080,
                    T0,
                    List.of("us-east-1a", "us-east-1b"),
                    "/health",
                    Duration.ofMillis(500),
                    2,
                    3,
                    Duration.ofSeconds(5));
        }

        @Override
        public List<TargetView> targets() {
            return List.of(
                    new TargetView(SECOND, 8082, "us-east-1b", TargetView.Health.HEALTHY, "", ""),
                    new TargetView(
                            FIRST,
                            8081,
                            "us-east-1a",
                            TargetView.Health.UNHEALTHY,
                            "Target.ResponseCodeMismatch",
                            "Health checks failed with these codes: [503]"));
        }

        @Override
        public List<DatabaseView> databases() {
            return List.of(
                    database("db", Optional.empty(), 3306),
                    database("db-replica-1", Optional.of("db"), 3307),
                    database("db-replica-2", Optional.of("db"), 3308));
        }

        private static DatabaseView database(String id, Optional<String> replicaOf, int port) {
            return new DatabaseView(
                    id, replicaOf, "mariadb", "11.4.5", "db.local", "us-east-1a", "available", "127.0.0.1", port, T0);
        }

        @Override
        public List<CacheView> caches() {
            return List.of(new CacheView(
                    "cache", "redis", "6.2.11", "cache.local", "us-east-1a", "available", "127.0.0.1", 6379, T0));
        }
    }

    private static final class StandingControlPlane implements ControlPlaneView {
        private static final ScalingGroupSpec SPEC = new ScalingGroupSpec(
                "app",
                "local.small",
                List.of("us-east-1a", "us-east-1b"),
                1,
                4,
                1,
                Duration.ofSeconds(3),
                50,
                3,
                15,
                Duration.ofSeconds(1));

        @Override
        public List<GroupStatus> groups() {
            return List.of(new GroupStatus(
                    SPEC,
                    T0,
                    2,
                    "app-policy",
                    List.of(HIGH, LOW),
                    List.of(
                            new GroupInstance(FIRST, "us-east-1a", GroupInstance.Lifecycle.TERMINATING, false),
                            new GroupInstance(SECOND, "us-east-1b", GroupInstance.Lifecycle.IN_SERVICE, true)),
                    List.of(launch(2), launch(1), launch(0))));
        }

        /** Launches of every minute; the second failed and the third goes on. */
        private static ScalingActivity launch(int minute) {
            Instant start = T0.plusSeconds(60L * minute);
            ScalingActivity.Status[] states = {
                ScalingActivity.Status.SUCCESSFUL,
                ScalingActivity.Status.FAILED,
                ScalingActivity.Status.WAITING_FOR_INSTANCE_WARMUP
            };
            return new ScalingActivity(
                    "activity-" + minute,
                    "Launching a new EC2 instance: " + FIRST,
                    "At " + start + " <a reason> & more.  At " + start + " an instance was started.",
                    states[minute],
                    minute == 1 ? Optional.of("no memory") : Optional.empty(),
                    start,
                    minute == 2 ? Optional.empty() : Optional.of(start.plusSeconds(5)),
                    "us-east-1a");
        }

        @Override
        public List<AlarmStatus> alarms() {
            return List.of(
                    new AlarmStatus(
                            alarm(HIGH, 3, Comparison.GREATER_THAN, 50),
                            T0,
                            AlarmState.ALARM,
                            "hot",
                            T0.plusSeconds(9)),
                    new AlarmStatus(
                            alarm(LOW, 15, Comparison.LESS_THAN, 45), T0, AlarmState.OK, "warm", T0.plusSeconds(8)));
        }

        private static AlarmSpec alarm(String name, int datapoints, Comparison comparison, double threshold) {
            return new AlarmSpec(
                    name,
                    new MetricKey("AWS/EC2", "CPUUtilization", new TreeMap<>(Map.of("AutoScalingGroupName", "app"))),
                    Statistic.AVERAGE,
                    Duration.ofSeconds(1),
                    datapoints,
                    datapoints,
                    comparison,
                    threshold,
                    MissingData.MISSING);
        }

        @Override
        public List<AlarmTransition> alarmHistory() {
            return List.of(
                    change(1, LOW, AlarmState.INSUFFICIENT_DATA, AlarmState.OK),
                    change(2, HIGH, AlarmState.INSUFFICIENT_DATA, AlarmState.OK),
                    change(9, HIGH, AlarmState.OK, AlarmState.ALARM));
        }

        private static AlarmTransition change(int second, String alarm, AlarmState from, AlarmState to) {
            return new AlarmTransition(T0.plusSeconds(second), alarm, from, "was", to, "is \"so\"");
        }
    }
}
