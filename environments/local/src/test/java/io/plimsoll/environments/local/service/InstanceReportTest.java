package io.plimsoll.environments.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceReportTest {
    private static final InstanceReport REPORT = new InstanceReport(
            Instant.ofEpochSecond(1_800_000_000), 0.375, 75, 20, 90_000, 3, 0.5, 12_345, 678_901, 9_876_543);

    @Test
    void aLineGivesTheReportItWasMadeOf() {
        assertThat(InstanceReport.parse(REPORT.line())).contains(REPORT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "LISTENING 8080",
                "REPORT start=1",
                "REPORT start=1 cpu=x requests=1 static=1 staticBytes=1 errors=1 pool=0 in=1 out=1 heap=1"
            })
    void anyOtherLineGivesNone(String line) {
        assertThat(InstanceReport.parse(line)).isEmpty();
    }

    @Test
    void aRatioBeyondOneIsRefused() {
        assertThatThrownBy(() -> new InstanceReport(Instant.EPOCH, 1.01, 0, 0, 0, 0, 0, 0, 0, 0))
                .hasMessage("instance report: cpu ratio must be in [0, 1], was 1.01");
        assertThatThrownBy(() -> new InstanceReport(Instant.EPOCH, 1, 0, 0, 0, 0, Double.NaN, 0, 0, 0))
                .hasMessage("instance report: pool ratio must be in [0, 1], was NaN");
    }
}
