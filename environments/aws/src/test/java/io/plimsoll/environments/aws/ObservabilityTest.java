package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Observing;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservabilityTest {
    private static final Resource MONITORED =
            Resource.of(ResourceKind.INSTANCE, FakeStack.FIRST, Map.of("monitoring", "enabled"));
    private static final Resource UNMONITORED =
            Resource.of(ResourceKind.INSTANCE, FakeStack.SECOND, Map.of("monitoring", "disabled"));

    private final FakeTime time = new FakeTime();
    private final FakeAws aws = new FakeAws(time);

    private static Environment staging(Duration period) {
        return Descriptors.aws(
                new Observing(period, Duration.ofSeconds(5), false, Duration.ofMinutes(3), Duration.ofMinutes(15)));
    }

    private List<String> check(Environment environment, Resource... resources) throws InterruptedException {
        return Observability.check(aws.clients(), new Topology(List.of(resources)), environment, time);
    }

    private void answering() {
        aws.metricData = request -> FakeStack.answer(request, 1);
    }

    @Test
    void aStackThatCanBeSeenHasNoProblem() throws InterruptedException {
        answering();
        Resource group = Resource.of(
                ResourceKind.SCALING_GROUP,
                "shop-group",
                Map.of("enabled-metrics", "GroupDesiredCapacity, GroupInServiceInstances"));
        assertThat(check(staging(Duration.ofMinutes(1)), MONITORED, group)).isEmpty();
        assertThat(aws.metricRequests).hasSize(1);
        assertThat(aws.ledger().metricsRequested()).isEqualTo(1);
    }

    @Test
    void basicMonitoringIsTooCoarseForOneMinute() throws InterruptedException {
        answering();
        assertThat(check(staging(Duration.ofMinutes(1)), MONITORED, UNMONITORED))
                .containsExactly("detailed monitoring is off for 1 of 2 instances, such as " + FakeStack.SECOND
                        + ": EC2 publishes their metrics every 5 min only; switch it on in the launch template");
        assertThat(check(staging(Duration.ofMinutes(5)), UNMONITORED)).isEmpty();
    }

    @Test
    void groupMetricsThatAreOffAreNamedWithTheCommandThatSwitchesThemOn() throws InterruptedException {
        answering();
        Resource group = Resource.of(
                ResourceKind.SCALING_GROUP, "shop-group", Map.of("enabled-metrics", "GroupDesiredCapacity"));
        assertThat(check(staging(Duration.ofMinutes(1)), group))
                .containsExactly(
                        "group metrics GroupInServiceInstances are off for scaling group shop-group; switch them"
                                + " on with: aws autoscaling enable-metrics-collection --granularity 1Minute"
                                + " --auto-scaling-group-name shop-group");
    }

    @Test
    void credentialsThatAreNotAcceptedAreSaidSo() throws InterruptedException {
        answering();
        aws.callerIdentity = request -> {
            throw AwsErrors.of(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        };
        assertThat(check(staging(Duration.ofMinutes(1)), MONITORED))
                .containsExactly("the credentials are not accepted for sts:GetCallerIdentity (InvalidClientTokenId: The"
                        + " security token included in the request is invalid.)");
    }

    @Test
    void metricsThatMayNotBeReadAreSaidSo() throws InterruptedException {
        aws.metricData = request -> {
            throw AwsErrors.denied("cloudwatch:GetMetricData");
        };
        assertThat(check(Descriptors.embedded(), MONITORED))
                .containsExactly("permission cloudwatch:GetMetricData is missing (AccessDenied: User: load-test is not"
                        + " authorized to perform: cloudwatch:GetMetricData)");
    }

    @Test
    void anEmbeddedStackNeedsNeitherCredentialsNorSwitches() throws InterruptedException {
        answering();
        aws.callerIdentity = request -> {
            throw AwsErrors.denied("sts:GetCallerIdentity");
        };
        assertThat(check(Descriptors.embedded(), UNMONITORED)).isEmpty();
    }

    @Test
    void nothingToMeasureIsAProblem() throws InterruptedException {
        assertThat(check(Descriptors.embedded()))
                .containsExactly("no catalogued metric applies to anything that was found");
    }
}
