package io.plimsoll.environments.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTrackingTest {
    static ScalingGroupSpec group(int min, int max, int desired) {
        return ScalingRig.group("plimsoll-app", min, max, desired, ScalingRig.cpu(50));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 50, 1",
        "1, 50.001, 2",
        "1, 100, 2",
        "2, 100, 4",
        "2, 75, 3",
        "3, 100, 6",
        "3, 33.333333333333336, 2",
        "3, 33.34, 3",
        "4, 12.5, 1",
        "4, 12.6, 2",
        "1, 0, 1",
        "8, 100, 6"
    })
    void capacityIsTheCeilingWithinTheBounds(int measured, double average, int expected) {
        long capacity = TargetTracking.capacity(ScalingRig.cpu(50), measured, average);

        assertThat(group(1, 6, 1).bounded(capacity)).isEqualTo(expected);
    }

    @Test
    void theAlarmsAreNamedAsAutoScalingNamesThem() {
        String uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

        List<AlarmSpec> alarms =
                TargetTracking.alarms("plimsoll-app", ScalingRig.cpu(50), Duration.ofSeconds(1), "arn:x");
        AlarmSpec high = alarms.get(0);
        AlarmSpec low = alarms.get(1);

        assertThat(high.name()).matches("TargetTracking-plimsoll-app-AlarmHigh-" + uuid);
        assertThat(low.name()).matches("TargetTracking-plimsoll-app-AlarmLow-" + uuid);
        assertThat(high.comparison()).isEqualTo(Comparison.GREATER_THAN);
        assertThat(high.threshold()).isEqualTo(50);
        assertThat(high.evaluationPeriods()).isEqualTo(3);
        assertThat(low.comparison()).isEqualTo(Comparison.LESS_THAN);
        assertThat(low.threshold()).isEqualTo(45);
        assertThat(low.evaluationPeriods()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | 1 | 1 | must have 0 <= min <= max and max >= 1, was [2, 1]",
                "0 | 0 | 0 | must have 0 <= min <= max and max >= 1, was [0, 0]",
                "1 | 4 | 5 | desired must be in [1, 4], was 5",
                "1 | 4 | 0 | desired must be in [1, 4], was 0"
            })
    void boundsThatContradictAreRefused(int min, int max, int desired, String message) {
        assertThatThrownBy(() -> group(min, max, desired)).hasMessage("group plimsoll-app: " + message);
    }
}
