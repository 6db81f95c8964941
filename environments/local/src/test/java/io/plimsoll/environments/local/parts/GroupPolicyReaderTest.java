package io.plimsoll.environments.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.estate.ArnSuffix;
import io.plimsoll.environments.local.scaling.Adjustment;
import io.plimsoll.environments.local.scaling.AlarmSpec;
import io.plimsoll.environments.local.scaling.Comparison;
import io.plimsoll.environments.local.scaling.MissingData;
import io.plimsoll.environments.local.scaling.SimpleScalingSpec;
import io.plimsoll.environments.local.scaling.StepScalingSpec;
import io.plimsoll.environments.local.scaling.TargetTrackingSpec;
import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupPolicyReaderTest {
    private static final String LABEL = "app/lb/0/targetgroup/app/1";

    private static GroupPolicyReader.Described read(String yaml) {
        return new GroupPolicyReader("plimsoll-app", LABEL, Duration.ofSeconds(1)).read(Document.parse("test", yaml));
    }

    @Test
    void requestsPerTargetAreTrackedOfTheGroupsOwnTargetGroup() {
        TargetTrackingSpec policy = (TargetTrackingSpec) read("""
                        type: target-tracking
                        metric: ALBRequestCountPerTarget
                        target: 120
                        scale-out-datapoints: 3
                        scale-in-datapoints: 15
                        scale-in: false
                        """).policy();

        assertThat(policy.metric().resourceLabel()).contains(LABEL);
        assertThat(policy.scalesIn()).isFalse();
        assertThat(policy.name()).isEqualTo("plimsoll-app-cpu-target-tracking");
    }

    @Test
    void aStepPolicyComesWithTheAlarmThatTriggersIt() {
        GroupPolicyReader.Described described = read("""
                        name: slow
                        type: step
                        alarm:
                          namespace: AWS/ApplicationELB
                          metric: TargetResponseTime
                          dimensions: {LoadBalancer: plimsoll-lb}
                          statistic: p95
                          above: 0.3
                          datapoints: 2
                          of: 3
                          missing: notBreaching
                        adjustment: PercentChangeInCapacity
                        least: 1
                        steps:
                          - {from: 0, to: 0.2, change: 50}
                          - {from: 0.2, change: 100}
                        warm-up: 4 s
                        """);

        StepScalingSpec policy = (StepScalingSpec) described.policy();
        assertThat(policy.steps()).hasSize(2);
        assertThat(policy.adjustment().type()).isEqualTo(Adjustment.Type.PERCENT_CHANGE_IN_CAPACITY);
        assertThat(policy.warmUp()).contains(Duration.ofSeconds(4));
        AlarmSpec alarm = described.alarm().orElseThrow().alarm();
        assertThat(described.alarm().orElseThrow().policy()).isEqualTo("slow");
        assertThat(alarm.metric().dimensions()).containsEntry("LoadBalancer", ArnSuffix.loadBalancer("plimsoll-lb"));
        assertThat(alarm.statistic().name()).isEqualTo("p95");
        assertThat(alarm.datapointsToAlarm()).isEqualTo(2);
        assertThat(alarm.evaluationPeriods()).isEqualTo(3);
        assertThat(alarm.comparison()).isEqualTo(Comparison.GREATER_THAN);
        assertThat(alarm.missingData()).isEqualTo(MissingData.NOT_BREACHING);
    }

    @Test
    void aSimplePolicyHasItsCooldown() {
        SimpleScalingSpec policy = (SimpleScalingSpec) read("""
                        name: idle
                        type: simple
                        alarm:
                          namespace: Plimsoll/Test
                          metric: Backlog
                          dimensions: {}
                          statistic: Average
                          at-most: 1
                          datapoints: 5
                        adjustment: ChangeInCapacity
                        change: -1
                        cooldown: 10 s
                        """).policy();

        assertThat(policy.change()).isEqualTo(-1);
        assertThat(policy.cooldown()).contains(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: magic} | test:1: type: unknown value 'magic'. Valid: simple, step, target-tracking",
                "{type: target-tracking, target: 1, scale-out-datapoints: 1, scale-in-datapoints: 1}"
                        + " | must have one of metric, custom-metric",
                "{type: simple, adjustment: ChangeInCapacity, change: 1, alarm: {namespace: N, metric: M,"
                        + " dimensions: {}, statistic: Average, above: 1, below: 2, datapoints: 1}}"
                        + " | must have one of above, at-least, at-most, below",
                "{type: step, adjustment: ChangeInCapacity, steps: [{from: 0, to: 1, change: 1}, {from: 2, change: 2}],"
                        + " alarm: {namespace: N, metric: M, dimensions: {}, statistic: Average, above: 1, datapoints: 1}}"
                        + " | policy plimsoll-app-step: steps must leave no gap and not overlap, one begins at 2.0",
                "{type: simple, adjustment: ChangeInCapacity, change: 1, alarm: {namespace: N, metric: M,"
                        + " dimensions: {}, statistic: Mean, above: 1, datapoints: 1}} | statistic 'Mean' is not one of"
            })
    void aMistakeIsRefusedWithItsRule(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining(message);
    }
}
