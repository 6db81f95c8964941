package io.plimsoll.environments.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.estate.FakeEstate;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceRefreshTest {
    private static final Instant T0 = Instant.parse("2026-11-24T04:00:00Z");

    private final VirtualClock clock = new VirtualClock(T0.plusMillis(500));
    private final FakeEstate estate = new FakeEstate(clock);
    private final ScalingRig rig = new ScalingRig(clock, new MetricStore(clock), estate);
    private final ScalingGroup group = rig.add(ScalingRig.group("plimsoll-app", 1, 8, 4));

    private static RefreshPreferences preferences(int min, int max) {
        return new RefreshPreferences(min, max, Optional.of(Duration.ofSeconds(2)), false);
    }

    private RefreshStatus refresh() {
        return group.status().refreshes().get(0);
    }

    @ParameterizedTest
    @CsvSource({"90, 100, 3, 4", "50, 100, 2, 4", "100, 150, 4, 6", "100, 100, 3, 4", "75, 125, 3, 5"})
    void everyInstanceIsReplacedWhileEnoughServe(int min, int max, int leastServing, int mostRunning) {
        rig.seconds(8, 10);
        List<String> before = estate.running();
        group.refresh(preferences(min, max));
        int serving = 4;
        int running = 4;
        int percent = 0;
        for (int i = 0; i < 120 && refresh().end().isEmpty(); i++) {
            rig.seconds(1, 10);
            serving = Math.min(serving, healthy());
            running = Math.max(
                    running,
                    group.status().instances().stream()
                            .filter(instance -> instance.lifecycle() != GroupInstance.Lifecycle.TERMINATING)
                            .toList()
                            .size());
            assertThat(refresh().percentComplete()).isGreaterThanOrEqualTo(percent);
            percent = refresh().percentComplete();
        }

        assertThat(refresh().state()).isEqualTo(RefreshStatus.State.SUCCESSFUL);
        assertThat(refresh().percentComplete()).isEqualTo(100);
        assertThat(refresh().instancesToUpdate()).isZero();
        rig.seconds(8, 10);
        assertThat(estate.running()).hasSize(4).doesNotContainAnyElementsOf(before);
        assertThat(serving).isGreaterThanOrEqualTo(leastServing);
        assertThat(running).isLessThanOrEqualTo(mostRunning);
        assertThat(group.status().activities().stream().map(ScalingActivity::cause))
                .filteredOn(cause -> cause.contains("taken out of service in response to an instance refresh.  At "))
                .hasSize(4);
    }

    private int healthy() {
        return Math.toIntExact(estate.targets().stream()
                .filter(target -> target.health() == TargetView.Health.HEALTHY)
                .count());
    }

    @Test
    void aRefreshOfOneInstanceIsCompleteWhenItsSuccessorIsWarm() {
        rig.seconds(8, 10);
        group.setDesired(1, false);
        rig.seconds(8, 10);

        group.refresh(preferences(100, 200));
        rig.seconds(2, 10);
        assertThat(refresh().state()).isEqualTo(RefreshStatus.State.IN_PROGRESS);
        assertThat(group.status().activities().get(0).cause())
                .contains(" an instance was launched in response to an instance refresh.");
        rig.seconds(10, 10);

        assertThat(refresh().state()).isEqualTo(RefreshStatus.State.SUCCESSFUL);
        assertThat(estate.running()).hasSize(1);
    }

    @Test
    void aCancelledRefreshReplacesNoMore() {
        rig.seconds(8, 10);
        String id = group.refresh(preferences(90, 100));
        assertThatThrownBy(() -> group.refresh(preferences(90, 100)))
                .hasMessage("An Instance Refresh is already in progress and blocks the execution of this Instance"
                        + " Refresh.");
        rig.seconds(3, 10);

        assertThat(group.cancelRefresh()).isEqualTo(id);
        rig.seconds(10, 10);
        assertThat(refresh().state()).isEqualTo(RefreshStatus.State.CANCELLED);
        assertThat(estate.instances()).hasSize(5);
        assertThatThrownBy(group::cancelRefresh)
                .hasMessage("No in progress or pending Instance Refresh found for Auto Scaling group plimsoll-app");
    }

    @Test
    void instancesThatMatchAreSkippedWhenAskedTo() {
        rig.seconds(8, 10);
        group.refresh(new RefreshPreferences(90, 100, Optional.empty(), true));
        rig.seconds(2, 10);

        assertThat(refresh().state()).isEqualTo(RefreshStatus.State.SUCCESSFUL);
        assertThat(estate.instances()).hasSize(4);
    }

    @Test
    void percentagesOutsideTheirBoundsAreRefused() {
        assertThatThrownBy(() -> preferences(101, 100)).hasMessage("MinHealthyPercentage must be in [0, 100], was 101");
        assertThatThrownBy(() -> preferences(50, 201))
                .hasMessage("MaxHealthyPercentage must be in [100, 200], was 201");
        assertThatThrownBy(() -> preferences(50, 151))
                .hasMessage("The difference between MaxHealthyPercentage and MinHealthyPercentage must not be greater"
                        + " than 100, was 101");
    }
}
