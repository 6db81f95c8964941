package io.plimsoll.environments.local.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.service.InstanceReport;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstanceMetricsTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String GROUP = "AutoScalingGroupName";

    private final RecordingSink sink = new RecordingSink();

    private void publish(boolean inService) {
        new InstanceMetrics(sink, instance -> 64L << 20, () -> Optional.of("plimsoll-app"), id -> inService)
                .publish(
                        new InstanceView(
                                "i-1",
                                "app",
                                "local.small",
                                "a",
                                "127.0.0.1",
                                80,
                                1,
                                AT,
                                Optional.empty(),
                                InstanceView.State.RUNNING),
                        new InstanceReport(AT, 0.25, 50, 20, 90_000, 3, 0.75, 1_000, 2_000, 16L << 20),
                        0);
    }

    @Test
    void aReportBecomesTheInstancesMetrics() {
        publish(false);

        assertThat(sink.of("CPUUtilization", "InstanceId")).containsExactly(25.0);
        assertThat(sink.of("NetworkIn", "InstanceId")).containsExactly(1_000.0);
        assertThat(sink.of("NetworkOut", "InstanceId")).containsExactly(2_000.0);
        assertThat(sink.of("mem_used_percent", "InstanceId")).containsExactly(25.0);
        assertThat(sink.of("Requests", "InstanceId")).containsExactly(50.0);
        assertThat(sink.of("StaticRequests", "InstanceId")).containsExactly(20.0);
        assertThat(sink.of("Errors", "InstanceId")).containsExactly(3.0);
        assertThat(sink.of("PoolBusy", "InstanceId")).containsExactly(75.0);
        assertThat(sink.values()).allMatch(value -> value.at().equals(AT));
        assertThat(sink.of("NetworkIn", GROUP)).isEmpty();
    }

    @Test
    void theGroupsNetworkIsThatOfInstancesInServiceAndItsCpuIsNotPublishedHere() {
        publish(true);

        assertThat(sink.of("NetworkIn", GROUP)).containsExactly(1_000.0);
        assertThat(sink.of("CPUUtilization", GROUP)).isEmpty();
    }
}
