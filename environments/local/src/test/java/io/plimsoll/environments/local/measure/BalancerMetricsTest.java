package io.plimsoll.environments.local.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.balancer.BalancerCounts.Exchange;
import io.plimsoll.environments.local.balancer.BalancerCounts.Origin;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.TargetView.Health;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BalancerMetricsTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String LB = "LoadBalancer";
    private static final String LB_TG = "LoadBalancer,TargetGroup";
    private static final String AZ_LB = "AvailabilityZone,LoadBalancer";
    private static final String AZ_LB_TG = "AvailabilityZone,LoadBalancer,TargetGroup";

    private final RecordingSink sink = new RecordingSink();
    private final BalancerMetrics metrics = new BalancerMetrics(sink, "lb", List.of("tg"));

    private static TargetView target(String zone, Health health) {
        return new TargetView("tg", "i-" + zone, 1, zone, health, "", "");
    }

    private static Exchange answered(String zone, int status, double seconds) {
        return new Exchange(Optional.of("tg"), Optional.of(zone), status, Origin.TARGET, seconds);
    }

    @Test
    void withoutTrafficOnlyHostsAreCounted() {
        metrics.publish(AT, List.of(), List.of(target("a", Health.HEALTHY), target("b", Health.UNHEALTHY)));

        assertThat(sink.values())
                .extracting(RecordingSink.Value::metric)
                .containsOnly("HealthyHostCount", "UnHealthyHostCount");
        assertThat(sink.of("HealthyHostCount", LB_TG)).containsExactly(1.0);
        assertThat(sink.of("UnHealthyHostCount", LB_TG)).containsExactly(1.0);
        assertThat(sink.of("HealthyHostCount", AZ_LB_TG)).containsExactly(1.0, 0.0);
    }

    @Test
    void trafficIsPublishedUnderEachOfAwsDimensionSets() {
        metrics.publish(
                AT,
                List.of(answered("a", 200, 0.01), answered("b", 201, 0.02), answered("b", 404, 0.03)),
                List.of(target("a", Health.HEALTHY), target("b", Health.HEALTHY)));

        for (String dimensions : List.of(LB, LB_TG)) {
            assertThat(sink.of("RequestCount", dimensions)).containsExactly(3.0);
            assertThat(sink.of("HTTPCode_Target_2XX_Count", dimensions)).containsExactly(2.0);
            assertThat(sink.of("HTTPCode_Target_4XX_Count", dimensions)).containsExactly(1.0);
            assertThat(sink.of("TargetResponseTime", dimensions)).containsExactly(0.01, 0.02, 0.03);
        }
        for (String dimensions : List.of(AZ_LB, AZ_LB_TG)) {
            assertThat(sink.of("RequestCount", dimensions)).containsExactly(1.0, 2.0);
        }
        assertThat(sink.of("RequestCountPerTarget", LB_TG)).containsExactly(1.5);
        assertThat(sink.of("RequestCountPerTarget", "TargetGroup")).containsExactly(1.5);
    }

    @Test
    void errorCountersAreAbsentUnlessTheyCount() {
        metrics.publish(AT, List.of(answered("a", 200, 0.01)), List.of(target("a", Health.HEALTHY)));

        assertThat(sink.values())
                .extracting(RecordingSink.Value::metric)
                .doesNotContain(
                        "HTTPCode_Target_5XX_Count",
                        "HTTPCode_ELB_5XX_Count",
                        "TargetConnectionErrorCount",
                        "RejectedConnectionCount");
    }

    @Test
    void theBalancersOwnErrorsAreNotTheTargets() {
        metrics.publish(
                AT,
                List.of(
                        answered("a", 503, 0.01),
                        new Exchange(Optional.of("tg"), Optional.of("a"), 502, Origin.CONNECTION_ERROR, 0),
                        new Exchange(Optional.of("tg"), Optional.of("a"), 504, Origin.BALANCER, 0),
                        new Exchange(Optional.of("tg"), Optional.empty(), 503, Origin.BALANCER, 0)),
                List.of(target("a", Health.HEALTHY)));

        assertThat(sink.of("HTTPCode_Target_5XX_Count", LB)).containsExactly(1.0);
        assertThat(sink.of("HTTPCode_ELB_5XX_Count", LB)).containsExactly(3.0);
        assertThat(sink.of("HTTPCode_ELB_5XX_Count", LB_TG)).isEmpty();
        assertThat(sink.of("HTTPCode_ELB_502_Count", LB)).containsExactly(1.0);
        assertThat(sink.of("HTTPCode_ELB_503_Count", LB)).containsExactly(1.0);
        assertThat(sink.of("HTTPCode_ELB_504_Count", AZ_LB)).containsExactly(1.0);
        assertThat(sink.of("TargetConnectionErrorCount", LB_TG)).containsExactly(1.0);
        // Only requests for which a target was chosen.
        assertThat(sink.of("RequestCount", LB)).containsExactly(3.0);
        assertThat(sink.of("TargetResponseTime", LB)).containsExactly(0.01);
    }

    @Test
    void dimensionsHaveArnSuffixesAsValues() {
        metrics.publish(AT, List.of(), List.of());

        assertThat(sink.values().get(0).dimensions().get("LoadBalancer")).matches("app/lb/[0-9a-f]{16}");
        assertThat(sink.values().get(0).dimensions().get("TargetGroup")).matches("targetgroup/tg/[0-9a-f]{16}");
        assertThat(sink.values().get(0).at()).isEqualTo(AT);
    }
}
