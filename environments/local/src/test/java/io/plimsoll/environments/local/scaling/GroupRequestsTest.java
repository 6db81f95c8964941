package io.plimsoll.environments.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.estate.FakeEstate;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.Statistic;
import io.plimsoll.environments.local.metrics.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What users ask of groups, and what a group does about it. */
class GroupRequestsTest {
    private static final Instant T0 = Instant.parse("2026-11-24T04:00:00Z");
    private static final String FIRST = "i-00000000000000001";
    private static final String SECOND = "i-00000000000000002";

    private final VirtualClock clock = new VirtualClock(T0.plusMillis(500));
    private final MetricStore store = new MetricStore(clock);
    private final FakeEstate estate = new FakeEstate(clock);
    private final ScalingRig rig = new ScalingRig(clock, store, estate);
    private final ScalingGroup group = rig.add(ScalingRig.group("plimsoll-app", 1, 4, 2));

    private ScalingActivity newest() {
        return group.status().activities().get(0);
    }

    private String now() {
        return clock.instant().minusMillis(500).toString();
    }

    @Test
    void aDesiredCapacityThatAUserSetsIsReachedAndSaysSo() {
        rig.seconds(8, 10);
        group.setDesired(3, false);
        String at = now();
        rig.seconds(1, 10);

        assertThat(newest().cause())
                .startsWith("At " + at + " a user request explicitly set group desired capacity changing the desired"
                        + " capacity from 2 to 3.  At ");
        rig.seconds(5, 10);
        assertThat(estate.running()).hasSize(3);
        assertThatThrownBy(() -> group.setDesired(5, false))
                .hasMessage("New SetDesiredCapacity value 5 is above max value 4 for the AutoScalingGroup.");
        assertThatThrownBy(() -> group.setDesired(0, false))
                .hasMessage("New SetDesiredCapacity value 0 is below min value 1 for the AutoScalingGroup.");
    }

    @Test
    void newBoundsMoveTheDesiredCapacityBetweenThem() {
        rig.seconds(8, 10);
        group.update(OptionalInt.of(3), OptionalInt.of(5), OptionalInt.empty(), Optional.empty(), Optional.empty());
        String at = now();
        rig.seconds(1, 10);

        assertThat(newest().cause())
                .startsWith("At " + at + " a user request update of AutoScalingGroup constraints to min: 3, max: 5,"
                        + " desired: 3 changing the desired capacity from 2 to 3.");
        assertThatThrownBy(() -> group.update(
                        OptionalInt.of(6),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .hasMessage("Max bound, 5, must be greater than or equal to min bound, 6");
    }

    @Test
    void anInstanceThatAUserTerminatesIsReplacedUnlessTheCapacityShrinksWithIt() {
        rig.seconds(8, 10);
        ScalingActivity activity = group.terminate(FIRST, false);
        assertThat(activity.cause())
                .isEqualTo("At " + now() + " instance " + FIRST
                        + " was taken out of service in response to a user request.");
        rig.seconds(6, 10);
        assertThat(estate.running()).hasSize(2).doesNotContain(FIRST);

        assertThat(group.terminate(SECOND, true).cause()).endsWith("shrinking the capacity from 2 to 1.");
        rig.seconds(6, 10);
        assertThat(estate.running()).hasSize(1);
        String last = estate.running().get(0);
        assertThatThrownBy(() -> group.terminate(last, true))
                .hasMessageStartingWith("Currently, desiredSize equals minSize (1). Terminating instance without"
                        + " replacement will violate group's min size constraint.");
        assertThatThrownBy(() -> group.terminate("i-0", false))
                .hasMessage("Instance Id not found - No managed instance found for instance ID: i-0");
    }

    @Test
    void anInstanceThatAUserCallsUnhealthyIsReplaced() {
        rig.seconds(8, 10);
        group.setHealth(SECOND, false);
        rig.seconds(1, 10);

        assertThat(group.status().activities().get(1).cause())
                .endsWith(" an instance was taken out of service in response to a user health-check.");
        rig.seconds(6, 10);
        assertThat(estate.running()).hasSize(2).doesNotContain(SECOND);
    }

    @Test
    void anInstanceThatAUserStopsIsEndedAndReplaced() {
        rig.seconds(8, 10);
        estate.stop(SECOND);
        rig.seconds(1, 10);

        assertThat(group.status().activities().get(1).cause())
                .endsWith(" an instance was taken out of service in response to an EC2 health check indicating it has"
                        + " been terminated or stopped.");
        rig.seconds(6, 10);
        assertThat(estate.running()).hasSize(2).doesNotContain(SECOND);
    }

    @Test
    void whatIsSuspendedIsNotDoneUntilItIsResumed() {
        rig.seconds(8, 10);
        group.suspend(List.of(ScalingProcess.LAUNCH, ScalingProcess.REPLACE_UNHEALTHY), true);
        estate.terminate(FIRST);
        group.setDesired(3, false);
        rig.seconds(5, 10);
        assertThat(estate.running()).containsExactly(SECOND);
        assertThat(group.status().instances().get(0).healthy()).isFalse();
        assertThat(group.status().suspended()).containsExactly(ScalingProcess.LAUNCH, ScalingProcess.REPLACE_UNHEALTHY);

        group.suspend(List.of(), false);
        rig.seconds(6, 10);
        assertThat(estate.running()).hasSize(3);
        assertThatThrownBy(() -> ScalingProcess.named("Sleep"))
                .hasMessage("'Sleep' is not one of Launch, Terminate, AddToLoadBalancer, AlarmNotification,"
                        + " AZRebalance, HealthCheck, InstanceRefresh, ReplaceUnhealthy, ScheduledActions");
    }

    @Test
    void anInstanceOnStandbyRunsWithoutBeingATargetAndComesBack() {
        rig.seconds(8, 10);
        group.enterStandby(List.of(FIRST), true);
        assertThat(newest().description()).isEqualTo("Moving EC2 instance to Standby: " + FIRST);
        rig.seconds(3, 10);
        assertThat(estate.running()).containsExactly(FIRST, SECOND);
        assertThat(estate.targets()).hasSize(1);
        assertThat(group.status().instances().get(0).lifecycle()).isEqualTo(GroupInstance.Lifecycle.STANDBY);
        assertThat(group.status().desired()).isEqualTo(1);

        group.exitStandby(List.of(FIRST));
        rig.seconds(4, 10);
        assertThat(group.status().desired()).isEqualTo(2);
        assertThat(group.status().instances().get(0).lifecycle()).isEqualTo(GroupInstance.Lifecycle.IN_SERVICE);
        assertThatThrownBy(() -> group.exitStandby(List.of(FIRST)))
                .hasMessage("The instance " + FIRST + " is not in Standby.");
    }

    @Test
    void aProtectedInstanceStaysWhenTheGroupShrinks() {
        rig.seconds(8, 10);
        group.protect(List.of(FIRST), true);
        group.setDesired(1, false);
        rig.seconds(5, 10);

        assertThat(estate.running()).containsExactly(FIRST);
    }

    @Test
    void aScheduledActionChangesTheSizesAtItsTimeAndThenIsForgotten() {
        group.put(new ScheduledActionSpec(
                "morning",
                Optional.of(T0.plusSeconds(20)),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(2),
                OptionalInt.of(6),
                OptionalInt.of(4)));
        assertThat(group.status().schedule().values()).containsExactly(T0.plusSeconds(20));
        rig.seconds(18, 10);
        assertThat(group.status().desired()).isEqualTo(2);

        rig.seconds(3, 10);
        assertThat(group.status().spec().max()).isEqualTo(6);
        assertThat(newest().cause())
                .startsWith("At 2026-11-24T04:00:20Z a scheduled action update of AutoScalingGroup constraints to min:"
                        + " 2, max: 6, desired: 4 changing the desired capacity from 2 to 4.");
        assertThat(group.status().schedule()).isEmpty();
    }

    @Test
    void aRecurringActionActsAgain() {
        group.put(new ScheduledActionSpec(
                "each minute",
                Optional.empty(),
                Optional.empty(),
                Optional.of(Cron.parse("* * * * *")),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(3)));
        rig.seconds(61, 10);
        assertThat(group.status().desired()).isEqualTo(3);
        group.setDesired(1, false);
        rig.seconds(60, 10);
        assertThat(group.status().desired()).isEqualTo(3);
        assertThat(group.status().schedule().values()).containsExactly(T0.plusSeconds(180));
    }

    @Test
    void zonesThatAreTwoApartAreBalancedByALaunchBeforeATermination() {
        rig.seconds(8, 10);
        estate.closeZone(Optional.of("us-east-1b"));
        estate.terminate(SECOND);
        rig.seconds(20, 10);
        assertThat(zones()).containsExactly("us-east-1a", "us-east-1a");

        estate.closeZone(Optional.empty());
        rig.seconds(45, 10);
        assertThat(zones()).containsExactlyInAnyOrder("us-east-1a", "us-east-1b");
        assertThat(group.status().activities().stream().map(ScalingActivity::cause))
                .anyMatch(cause -> cause.contains(" instances were launched to balance instances in zones us-east-1b"
                        + " with other zones resulting in more than desired number of instances in the group.  At "));
    }

    private List<String> zones() {
        return estate.instances().stream()
                .filter(instance -> instance.state() == InstanceView.State.RUNNING)
                .map(InstanceView::zone)
                .toList();
    }

    @Test
    void sizesAreMetricsAsLongAsTheirCollectionIsOn() {
        rig.seconds(3, 10);
        group.enableMetrics(List.of("GroupDesiredCapacity"), false);
        assertThat(group.status().enabledMetrics()).doesNotContain("GroupDesiredCapacity");
        Instant off = clock.instant();
        rig.seconds(5, 10);
        group.enableMetrics(List.of(), true);
        rig.seconds(5, 10);

        MetricKey key = new MetricKey(
                "AWS/AutoScaling",
                "GroupDesiredCapacity",
                new TreeMap<>(Map.of("AutoScalingGroupName", "plimsoll-app")));
        assertThat(store.datapoints(key, Statistic.MAXIMUM, T0, clock.instant(), Duration.ofSeconds(1)))
                .extracting(point -> point.at().isAfter(off) && point.at().isBefore(off.plusSeconds(5)))
                .contains(false)
                .doesNotContain(true);
        assertThatThrownBy(() -> group.enableMetrics(List.of("GroupMood"), true))
                .hasMessageStartingWith("Metric 'GroupMood' is not one of GroupMinSize, ");
    }

    @Test
    void groupsScaleApartFromEachOther() {
        ScalingGroup web = rig.add(ScalingRig.group(
                "plimsoll-web",
                1,
                4,
                1,
                new TargetTrackingSpec(
                        "web-cpu",
                        true,
                        TrackedMetric.predefined(TrackedMetric.CPU, "plimsoll-web", Optional.empty()),
                        50,
                        3,
                        5,
                        true,
                        Optional.empty())));
        rig.seconds(8, 10);
        String webInstance = web.status().instances().get(0).id();
        rig.seconds(8, id -> id.equals(webInstance) ? 100 : 10);

        assertThat(web.status().desired()).isEqualTo(2);
        assertThat(group.status().desired()).isEqualTo(2);
        assertThat(rig.scaling.groupOf(webInstance)).isSameAs(web);
    }
}
