package io.plimsoll.environments.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.estate.FakeEstate;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.Statistic;
import io.plimsoll.environments.local.metrics.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScalingGroupTest {
    private static final Instant T0 = Instant.parse("2026-11-24T04:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String FIRST = "i-00000000000000001";
    private static final String SECOND_ID = "i-00000000000000002";

    private final VirtualClock clock = new VirtualClock(T0.plusMillis(500));
    private final MetricStore store = new MetricStore(clock);
    private final FakeEstate estate = new FakeEstate(clock);
    private ScalingRig rig = new ScalingRig(clock, store, estate);
    private ScalingGroup group = rig.add(TargetTrackingTest.group(1, 4, 1));

    private void seconds(int count, double cpuPercent) {
        rig.seconds(count, cpuPercent);
    }

    private void step(double cpuPercent) {
        rig.step(cpuPercent);
    }

    private GroupStatus status() {
        return group.status();
    }

    private List<Datapoint> series(String namespace, String metric, Statistic statistic) {
        MetricKey key = new MetricKey(namespace, metric, new TreeMap<>(Map.of("AutoScalingGroupName", "plimsoll-app")));
        return store.datapoints(key, statistic, T0, clock.instant(), SECOND);
    }

    private ScalingActivity newest() {
        return status().activities().get(0);
    }

    @Test
    void theDesiredInstanceIsLaunchedAndInServiceOnceHealthyAndDoneOnceWarm() {
        step(0);
        assertThat(newest().description()).isEqualTo("Launching a new EC2 instance");
        assertThat(newest().cause())
                .isEqualTo("At 2026-11-24T04:00:00Z a user request created an AutoScalingGroup changing the desired"
                        + " capacity from 0 to 1.  At 2026-11-24T04:00:01Z an instance was started in response to a"
                        + " difference between desired and actual capacity, increasing the capacity from 0 to 1.");

        rig.launches.remove().run();
        step(0);
        assertThat(newest().description()).isEqualTo("Launching a new EC2 instance: " + FIRST);
        assertThat(newest().status()).isEqualTo(ScalingActivity.Status.IN_PROGRESS);
        assertThat(status().instances())
                .containsExactly(new GroupInstance(FIRST, "us-east-1a", GroupInstance.Lifecycle.PENDING, true, false));

        estate.set(FIRST, TargetView.Health.HEALTHY);
        step(0);
        assertThat(newest().status()).isEqualTo(ScalingActivity.Status.WAITING_FOR_INSTANCE_WARMUP);
        assertThat(newest().end()).isEmpty();
        assertThat(status().instances().get(0).lifecycle()).isEqualTo(GroupInstance.Lifecycle.IN_SERVICE);

        seconds(2, 0);
        assertThat(newest().end()).isEmpty();
        seconds(1, 0);
        assertThat(newest().status()).isEqualTo(ScalingActivity.Status.SUCCESSFUL);
        assertThat(newest().end()).contains(T0.plusMillis(6500));
    }

    @Test
    void aSlowLaunchStallsNothingAndCountsAsPending() {
        step(0);
        step(0);
        step(0);

        assertThat(rig.launches).hasSize(1);
        assertThat(status().activities()).hasSize(1);
        assertThat(series("AWS/AutoScaling", "GroupPendingInstances", Statistic.MAXIMUM))
                .contains(new Datapoint(T0.plusSeconds(1), 1));
    }

    @Test
    void loadTakesTheGroupFromOneToTwoToFourAndItsEndBackToOne() {
        seconds(10, 40);
        assertThat(estate.running()).hasSize(1);

        seconds(30, 100);
        assertThat(estate.running()).hasSize(4);
        assertThat(series("AWS/AutoScaling", "GroupDesiredCapacity", Statistic.MAXIMUM).stream()
                        .map(Datapoint::value)
                        .distinct())
                .containsExactly(1.0, 2.0, 4.0);
        assertThat(estate.instances().stream().map(InstanceView::zone))
                .containsExactly("us-east-1a", "us-east-1b", "us-east-1a", "us-east-1b");

        seconds(30, 10);
        assertThat(estate.running()).containsExactly("i-00000000000000004");
        assertThat(status().desired()).isEqualTo(1);
        assertThat(status().activities())
                .hasSize(7)
                .allSatisfy(activity -> assertThat(activity.status()).isEqualTo(ScalingActivity.Status.SUCCESSFUL));
        assertThat(rig.scaling.alarmHistory().stream()
                        .flatMap(event -> event.transition().stream())
                        .map(change -> change.alarm().contains("AlarmHigh") + " " + change.to()))
                .containsExactly("true OK", "false OK", "true ALARM", "true OK", "false ALARM");
    }

    @Test
    void theCauseNamesTheAlarmThePolicyAndTheCapacities() {
        seconds(10, 40);
        Instant decided = until(2, 100);

        String high = rig.scaling.alarms().get(0).spec().name();
        String at = "At " + decided;
        assertThat(newest().cause())
                .isEqualTo(at + " a monitor alarm " + high + " in state ALARM triggered policy"
                        + " plimsoll-app-cpu-target-tracking changing the desired capacity from 1 to 2.  " + at
                        + " an instance was started in response to a difference between desired and actual capacity,"
                        + " increasing the capacity from 1 to 2.");

        seconds(6, 60);
        decided = until(1, 5);
        String low = rig.scaling.alarms().get(1).spec().name();
        at = "At " + decided;
        assertThat(newest().description()).isEqualTo("Terminating EC2 instance: " + FIRST);
        assertThat(newest().cause())
                .isEqualTo(at + " a monitor alarm " + low + " in state ALARM triggered policy"
                        + " plimsoll-app-cpu-target-tracking changing the desired capacity from 2 to 1.  " + at
                        + " an instance was taken out of service in response to a difference between desired and"
                        + " actual capacity, shrinking the capacity from 2 to 1.  " + at + " instance " + FIRST
                        + " was selected for termination.");
    }

    /** Seconds pass until so many are desired; the time of the decision in whole seconds. */
    private Instant until(int desired, double cpuPercent) {
        for (int i = 0; i < 60; i++) {
            seconds(1, cpuPercent);
            if (status().desired() == desired) {
                return clock.instant().minusMillis(500);
            }
        }
        throw new AssertionError("still " + status().desired() + " desired after 60 s: " + rig.scaling.alarms());
    }

    @Test
    void exactlyThreeBreachingSecondsScaleOutAndTwoDoNot() {
        seconds(10, 40);
        seconds(2, 100);
        seconds(10, 40);
        assertThat(status().desired()).isEqualTo(1);

        seconds(3, 100);
        seconds(10, 48);
        assertThat(status().desired()).isEqualTo(2);
    }

    @Test
    void anInstanceThatWarmsUpIsNotInTheGroupsMetric() {
        seconds(10, 48);
        until(2, 100);
        int beforeWarm = 0;
        while (status().activities().get(0).end().isEmpty()) {
            seconds(1, 48);
            beforeWarm++;
        }
        seconds(6, 48);

        List<Double> samples = series("AWS/EC2", "CPUUtilization", Statistic.SAMPLE_COUNT).stream()
                .map(Datapoint::value)
                .toList();
        assertThat(beforeWarm).isGreaterThanOrEqualTo(3);
        assertThat(samples).startsWith(1.0).endsWith(2.0);
        Instant inService = status().activities().get(0).end().orElseThrow().minusSeconds(3);
        assertThat(series("AWS/EC2", "CPUUtilization", Statistic.SAMPLE_COUNT))
                .filteredOn(point -> point.value() == 2)
                .first()
                .satisfies(point -> assertThat(point.at()).isAfterOrEqualTo(inService.plusSeconds(3)));
    }

    @Test
    void noneIsEndedWhileOneWarmsUp() {
        seconds(10, 40);
        until(2, 100);
        int seconds = 0;
        while (status().activities().get(0).end().isEmpty()) {
            assertThat(status().desired()).isEqualTo(2);
            seconds(1, 1);
            seconds++;
        }
        assertThat(seconds).isGreaterThanOrEqualTo(3);
        assertThat(until(1, 1)).isAfter(T0);
    }

    @Test
    void aCappedGroupStaysAtItsMost() {
        rig = new ScalingRig(clock, store, estate);
        group = rig.add(TargetTrackingTest.group(1, 1, 1));

        seconds(30, 100);

        assertThat(estate.instances()).hasSize(1);
        assertThat(rig.scaling.alarms().get(0).state()).isEqualTo(AlarmState.ALARM);
        assertThat(status().activities()).hasSize(1);
    }

    @Test
    void aGroupWithoutMetricsHasInsufficientDataAndDoesNotScale() {
        for (int i = 0; i < 30; i++) {
            clock.advance(SECOND);
            rig.scaling.tick(clock.instant());
            rig.launches.forEach(Runnable::run);
            rig.launches.clear();
            estate.allHealthy();
        }

        assertThat(rig.scaling.alarms()).allSatisfy(alarm -> {
            assertThat(alarm.state()).isEqualTo(AlarmState.INSUFFICIENT_DATA);
        });
        assertThat(status().desired()).isEqualTo(1);
        assertThat(estate.instances()).hasSize(1);
    }

    @Test
    void anInstanceThatEndsIsReplacedWithoutAChangeOfTheDesiredCapacity() {
        seconds(10, 48);
        estate.terminate(FIRST);

        step(48);

        Instant now = clock.instant().minusMillis(500);
        assertThat(status().activities().get(1).cause())
                .isEqualTo("At " + now + " an instance was taken out of service in response to an EC2 health check"
                        + " indicating it has been terminated or stopped.");
        assertThat(newest().cause())
                .isEqualTo("At " + now + " an instance was launched in response to an unhealthy instance needing to be"
                        + " replaced.");
        seconds(5, 48);
        assertThat(estate.running()).containsExactly(SECOND_ID);
        assertThat(status().activities()).hasSize(3);
    }

    @Test
    void anUnhealthyTargetIsDrainedThenEndedAndReplaced() {
        seconds(10, 48);
        estate.set(FIRST, TargetView.Health.UNHEALTHY);

        step(48);
        assertThat(status().activities().get(1).cause())
                .endsWith(" an instance was taken out of service in response to an ELB system health check failure.");
        assertThat(status().activities().get(1).status())
                .isEqualTo(ScalingActivity.Status.WAITING_FOR_ELB_CONNECTION_DRAINING);
        assertThat(status().instances())
                .containsExactly(
                        new GroupInstance(FIRST, "us-east-1a", GroupInstance.Lifecycle.TERMINATING, false, false));
        step(48);
        assertThat(estate.running()).containsExactly(FIRST);

        estate.drained();
        step(48);
        assertThat(estate.running()).isEmpty();
        seconds(5, 48);
        assertThat(estate.running()).containsExactly(SECOND_ID);
    }

    @Test
    void aLaunchThatFailsIsToldAndTriedAgainAfterABackOff() {
        estate.refuseLaunches(Optional.of("no memory left"));
        seconds(2, 0);
        assertThat(newest().status()).isEqualTo(ScalingActivity.Status.FAILED);
        assertThat(newest().statusMessage()).contains("no memory left");
        estate.refuseLaunches(Optional.empty());

        seconds(4, 0);
        assertThat(status().activities()).hasSize(1);
        seconds(1, 0);
        assertThat(status().activities()).hasSize(2);
        seconds(1, 0);
        assertThat(estate.running()).containsExactly(FIRST);
    }
}
