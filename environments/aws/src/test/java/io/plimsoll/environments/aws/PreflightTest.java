package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.aws.Preflight.Check;
import io.plimsoll.environments.aws.Preflight.Findings;
import io.plimsoll.environments.aws.Preflight.State;
import io.plimsoll.environments.aws.descriptor.Observing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

@SuppressWarnings("unchecked") // the SDK takes consumers of builders as varargs
class PreflightTest {
    private final FakeTime time = new FakeTime();
    private final FakeAws aws = new FakeAws(time);
    private final FakeStack stack = new FakeStack(aws);

    private Findings look() throws InterruptedException {
        return new Preflight(
                        aws.clients(),
                        Descriptors.aws(new Observing(
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(5),
                                false,
                                Duration.ofMinutes(3),
                                Duration.ofMinutes(15))),
                        time)
                .look(List.of());
    }

    private static Optional<Check> check(Findings findings, State state, String what) {
        return findings.checks().stream()
                .filter(check -> check.state() == state && check.what().equals(what))
                .findFirst();
    }

    @Test
    void aStackThatCanBeSeenIsFineButForTheClockThatNoAnswerTold() throws InterruptedException {
        aws.callerIdentity = request -> GetCallerIdentityResponse.builder()
                .arn("arn:aws:sts::123456789012:assumed-role/load-test/plimsoll")
                .build();
        Findings findings = look();
        assertThat(findings.checks())
                .filteredOn(check -> check.state() != State.FINE)
                .extracting(Check::what)
                .containsExactly("clock");
        assertThat(check(findings, State.FINE, "identity"))
                .hasValueSatisfying(check ->
                        assertThat(check.says()).isEqualTo("arn:aws:sts::***:assumed-role/load-test/plimsoll"));
        assertThat(findings.dark()).isEmpty();
        assertThat(stack.targets).hasSize(1);
    }

    @Test
    void aMissingPermissionIsNamedWithTheFileThatHoldsIt() throws InterruptedException {
        aws.activities = request -> {
            throw AwsErrors.denied("autoscaling:DescribeScalingActivities");
        };
        assertThat(check(look(), State.BLIND, "events")).hasValueSatisfying(check -> {
            assertThat(check.says()).contains("permission autoscaling:DescribeScalingActivities is missing");
            assertThat(check.remedy())
                    .isEqualTo(
                            "allow it in IAM: environments/aws/iam-policy.json holds every permission that is needed");
        });
    }

    @Test
    void credentialsThatAreNotAcceptedWouldHaveARunRefused() throws InterruptedException {
        aws.callerIdentity = request -> {
            throw AwsErrors.of(403, "ExpiredToken", "The security token included in the request is expired");
        };
        assertThat(look().state()).isEqualTo(State.REFUSED);
    }

    @Test
    void groupMetricsThatAreOffAreNamedWithTheCommandThatSwitchesThemOn() throws InterruptedException {
        aws.scalingGroups =
                request -> software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse.builder()
                        .autoScalingGroups(group -> group.autoScalingGroupName("shop-group")
                                .targetGroupARNs(FakeStack.ARN + FakeStack.TARGET_GROUP)
                                .minSize(1)
                                .maxSize(2)
                                .desiredCapacity(1))
                        .build();
        Findings findings = look();
        assertThat(check(findings, State.BLIND, "group metrics"))
                .hasValueSatisfying(check -> assertThat(check.remedy())
                        .isEqualTo("aws autoscaling enable-metrics-collection --granularity 1Minute"
                                + " --auto-scaling-group-name shop-group"));
        assertThat(findings.dark()).containsEntry("desired capacity", "group metrics are off");
    }

    @Test
    void aStackThatIsNotThereIsSaidInTheDescriptorsWords() throws InterruptedException {
        aws.databases = request -> {
            throw FakeStack.notFound("DBInstanceNotFound");
        };
        Findings findings = look();
        assertThat(findings.state()).isEqualTo(State.REFUSED);
        assertThat(check(findings, State.REFUSED, "stack"))
                .hasValueSatisfying(check -> assertThat(check.says()).startsWith("find.database: "));
    }

    @Test
    void aSeriesThatHasNoDatapointIsNamed() throws InterruptedException {
        aws.metricData = request -> SettlementCase.all(request, id -> SettlementCase.complete(id));
        Findings findings = look();
        assertThat(findings.dark()).containsEntry("host cpu", "it has no datapoint");
        assertThat(check(findings, State.BLIND, "metrics"))
                .hasValueSatisfying(check -> assertThat(check.says()).contains("have no datapoint in the last 60 min"));
    }
}
