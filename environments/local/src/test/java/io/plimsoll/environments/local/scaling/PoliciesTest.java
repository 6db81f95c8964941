package io.plimsoll.environments.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.estate.FakeEstate;
import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.Statistic;
import io.plimsoll.environments.local.metrics.VirtualClock;
import io.plimsoll.environments.local.scaling.StepScalingSpec.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {
    private static final Instant T0 = Instant.parse("2026-11-24T04:00:00Z");
    private static final MetricKey BACKLOG =
            new MetricKey("Plimsoll/Test", "Backlog", new TreeMap<>(Map.of("Group", "plimsoll-app")));
    private static final String APP = "plimsoll-app";

    private final VirtualClock clock = new VirtualClock(T0.plusMillis(500));
    private final MetricStore store = new MetricStore(clock);
    private final ScalingRig rig = new ScalingRig(clock, store, new FakeEstate(clock));

    private static AlarmSpec alarm(String name, Comparison comparison, double threshold, String policy) {
        return new AlarmSpec(
                name,
                Optional.empty(),
                BACKLOG,
                Statistic.AVERAGE,
                Duration.ofSeconds(1),
                1,
                1,
                comparison,
                threshold,
                MissingData.MISSING,
                AlarmActions.onAlarm(new PolicyArn(APP, policy).in("us-east-1")));
    }

    private static Step step(double lower, double upper, int change) {
        return new Step(
                Double.isInfinite(lower) ? OptionalDouble.empty() : OptionalDouble.of(lower),
                Double.isInfinite(upper) ? OptionalDouble.empty() : OptionalDouble.of(upper),
                change);
    }

    private static StepScalingSpec steps(String name, Adjustment.Type type, Step... steps) {
        return new StepScalingSpec(
                name, true, new Adjustment(type, OptionalInt.empty()), List.of(steps), Optional.empty());
    }

    /** A second passes in which the backlog is this. */
    private void second(double backlog) {
        store.put(BACKLOG, clock.instant(), backlog, 1, "Count");
        rig.seconds(1, 10);
    }

    private void seconds(int count, double backlog) {
        for (int i = 0; i < count; i++) {
            second(backlog);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CHANGE_IN_CAPACITY, 4, 2, 0, 6",
        "CHANGE_IN_CAPACITY, 4, -1, 0, 3",
        "EXACT_CAPACITY, 4, 7, 0, 7",
        "PERCENT_CHANGE_IN_CAPACITY, 10, 25, 0, 12",
        "PERCENT_CHANGE_IN_CAPACITY, 4, 10, 0, 5",
        "PERCENT_CHANGE_IN_CAPACITY, 4, -10, 0, 3",
        "PERCENT_CHANGE_IN_CAPACITY, 10, -25, 0, 8",
        "PERCENT_CHANGE_IN_CAPACITY, 4, 25, 2, 6",
        "PERCENT_CHANGE_IN_CAPACITY, 4, 0, 2, 4"
    })
    void anAdjustmentRoundsTowardsZeroButChangesAtLeastOne(
            Adjustment.Type type, int capacity, int change, int least, int expected) {
        OptionalInt magnitude = least == 0 ? OptionalInt.empty() : OptionalInt.of(least);

        assertThat(new Adjustment(type, magnitude).apply(capacity, change)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "9.99, 1", "10, 2", "99, 2", "-0.5, -1", "-9.9, -1", "-10, -2"})
    void theStepThatHoldsTheDistanceFromTheThresholdCounts(double distance, int change) {
        StepScalingSpec policy = steps(
                "steps",
                Adjustment.Type.CHANGE_IN_CAPACITY,
                step(0, 10, 1),
                step(10, Double.POSITIVE_INFINITY, 2),
                step(-10, 0, -1),
                step(Double.NEGATIVE_INFINITY, -10, -2));

        assertThat(policy.change(distance)).contains(change);
    }

    @Test
    void stepsWithAGapAreRefused() {
        assertThatThrownBy(() -> steps("out", Adjustment.Type.CHANGE_IN_CAPACITY, step(0, 10, 1), step(20, 30, 2)))
                .hasMessage("policy out: steps must leave no gap and not overlap, one begins at 20.0");
    }

    @Test
    void aStepPolicyAddsByHowFarTheMetricIsBeyondAndCountsWhatWarmsUp() {
        rig.add(ScalingRig.group(
                APP,
                1,
                9,
                1,
                steps(
                        "out",
                        Adjustment.Type.CHANGE_IN_CAPACITY,
                        step(0, 100, 1),
                        step(100, Double.POSITIVE_INFINITY, 3))));
        rig.scaling.alarmBook().put(alarm("high", Comparison.GREATER_THAN, 50, "out"));
        seconds(8, 0);

        seconds(4, 60);
        assertThat(desired())
                .as("one step, though the alarm fires in every second")
                .isEqualTo(2);

        second(160);
        seconds(2, 160);
        assertThat(desired()).as("the higher step from the warm instance").isEqualTo(4);
        String cause = rig.scaling.group(APP).status().activities().get(0).cause();
        assertThat(cause)
                .contains("a monitor alarm high in state ALARM triggered policy out changing the desired"
                        + " capacity from 2 to 4.");

        seconds(8, 160);
        assertThat(desired()).as("all are warm: three more").isEqualTo(7);
    }

    @Test
    void aSimplePolicyWaitsForItsCooldownAfterTheActivity() {
        rig.add(ScalingRig.group(
                APP,
                1,
                9,
                1,
                new SimpleScalingSpec(
                        "one-more",
                        true,
                        new Adjustment(Adjustment.Type.CHANGE_IN_CAPACITY, OptionalInt.empty()),
                        1,
                        Optional.of(Duration.ofSeconds(20)))));
        rig.scaling.alarmBook().put(alarm("high", Comparison.GREATER_THAN, 50, "one-more"));
        seconds(8, 0);

        seconds(15, 60);
        assertThat(desired()).isEqualTo(2);
        seconds(15, 60);
        assertThat(desired()).isEqualTo(3);
    }

    @Test
    void theLargestOfSeveralScaleOutsWins() {
        rig.add(ScalingRig.group(
                APP,
                1,
                9,
                1,
                ScalingRig.cpu(5),
                steps("out", Adjustment.Type.EXACT_CAPACITY, step(0, Double.POSITIVE_INFINITY, 5))));
        rig.scaling.alarmBook().put(alarm("high", Comparison.GREATER_THAN, 50, "out"));
        seconds(5, 0);

        seconds(4, 60);

        assertThat(desired()).isEqualTo(5);
    }

    @Test
    void targetTrackingScalesInOnlyWhenAllItsPoliciesWould() {
        TargetTrackingSpec backlog = new TargetTrackingSpec(
                "backlog",
                true,
                TrackedMetric.customized(BACKLOG, Statistic.AVERAGE),
                50,
                3,
                5,
                true,
                Optional.empty());
        rig.add(ScalingRig.group(APP, 1, 9, 3, ScalingRig.cpu(50), backlog));

        seconds(25, 48);
        assertThat(desired()).as("CPU is low, the backlog is not").isEqualTo(3);

        seconds(12, 5);
        assertThat(desired()).isEqualTo(1);
    }

    @Test
    void requestsPerTargetAndNetworkAreTrackedByTheirOwnMetrics() {
        TrackedMetric requests = TrackedMetric.predefined(
                TrackedMetric.REQUESTS, APP, Optional.of("app/lb/0123/targetgroup/plimsoll-app/4567"));
        TrackedMetric network = TrackedMetric.predefined(TrackedMetric.NETWORK_IN, APP, Optional.empty());

        assertThat(requests.key().dimensions())
                .containsEntry("LoadBalancer", "app/lb/0123")
                .containsEntry("TargetGroup", "targetgroup/plimsoll-app/4567");
        assertThat(requests.statistic()).isEqualTo(Statistic.SUM);
        assertThat(network.key())
                .isEqualTo(new MetricKey("AWS/EC2", "NetworkIn", new TreeMap<>(Map.of("AutoScalingGroupName", APP))));

        rig.add(ScalingRig.group(
                APP, 1, 9, 1, new TargetTrackingSpec("requests", true, requests, 100, 3, 5, true, Optional.empty())));
        for (int i = 0; i < 20; i++) {
            int targets = Math.max(1, rig.estate.targets().size());
            store.put(requests.key(), clock.instant(), 290.0 / targets, 1, "Count");
            rig.seconds(1, 10);
        }
        assertThat(desired()).isEqualTo(3);
    }

    @Test
    void anAlarmThatAUserSetsTriggersItsPolicyAtTheThreshold() {
        rig.add(ScalingRig.group(
                APP, 1, 9, 1, steps("out", Adjustment.Type.CHANGE_IN_CAPACITY, step(0, Double.POSITIVE_INFINITY, 2))));
        rig.scaling.alarmBook().put(alarm("high", Comparison.GREATER_THAN, 50, "out"));
        seconds(8, 0);

        rig.scaling.alarmBook().set("high", AlarmState.ALARM, "a drill");
        second(0);

        assertThat(desired()).isEqualTo(3);
        assertThat(rig.scaling.alarmHistory().stream().map(AlarmEvent::summary))
                .containsExactly(
                        "Alarm \"high\" created",
                        "Alarm updated from INSUFFICIENT_DATA to OK",
                        "Alarm updated from OK to ALARM",
                        "Successfully executed action " + new PolicyArn(APP, "out").in("us-east-1"),
                        "Alarm updated from ALARM to OK");
        assertThatThrownBy(() -> rig.scaling.alarmBook().set("other", AlarmState.OK, "x"))
                .hasMessage("Could not find alarm other");
    }

    @Test
    void aPolicyThatIsSwitchedOffAndActionsThatAreDisabledDoNothing() {
        rig.add(ScalingRig.group(
                APP, 1, 9, 1, steps("out", Adjustment.Type.CHANGE_IN_CAPACITY, step(0, Double.POSITIVE_INFINITY, 2))));
        rig.scaling.alarmBook().put(alarm("high", Comparison.GREATER_THAN, 50, "out"));
        rig.scaling.alarmBook().enableActions(List.of("high"), false);
        seconds(12, 60);
        assertThat(desired()).isEqualTo(1);

        rig.scaling.group(APP).suspend(List.of(ScalingProcess.ALARM_NOTIFICATION), true);
        rig.scaling.alarmBook().enableActions(List.of("high"), true);
        seconds(3, 60);
        assertThat(desired()).isEqualTo(1);

        rig.scaling.group(APP).suspend(List.of(ScalingProcess.ALARM_NOTIFICATION), false);
        seconds(3, 60);
        assertThat(desired()).isEqualTo(3);
    }

    private int desired() {
        return rig.scaling.group(APP).status().desired();
    }
}
