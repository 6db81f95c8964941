package io.plimsoll.simulations.stop;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.aws.descriptor.StopCondition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopRulesTest {
    private static final Duration WHILE = Duration.ofSeconds(10);

    /** One request every 100 ms. */
    private static StopRules after(StopCondition condition, int requests, int failedEvery, long millis) {
        StopRules rules = new StopRules(List.of(condition));
        for (int i = 0; i < requests; i++) {
            boolean ok = failedEvery == 0 || i % failedEvery != 0;
            rules.request("read", i * 100L, ok, i * 100L + millis);
        }
        return rules;
    }

    @Test
    void tooManyErrorsStopTheRun() {
        StopCondition half = new StopCondition.ErrorRatio(0.4, WHILE);
        assertThat(after(half, 200, 2, 5).broken()).contains("error ratio above 40.0 % within 10 s: it was 50.0 %");
    }

    @Test
    void exactlyTheLimitDoesNot() {
        assertThat(after(new StopCondition.ErrorRatio(0.5, WHILE), 200, 2, 5).broken())
                .isEmpty();
    }

    @Test
    void expectedStatusesHavePassedTheChecksAndDoNotCount() {
        assertThat(after(new StopCondition.ErrorRatio(0.01, WHILE), 200, 0, 5).broken())
                .isEmpty();
    }

    @Test
    void nothingIsBrokenBeforeAWholeWhileWasSeen() {
        StopCondition any = new StopCondition.ErrorRatio(0.1, WHILE);
        assertThat(after(any, 100, 1, 5).broken()).isEmpty();
        assertThat(after(any, 101, 1, 5).broken()).isPresent();
    }

    @Test
    void slowResponsesStopTheRun() {
        StopCondition slow = new StopCondition.Latency(95, Duration.ofMillis(400), WHILE);
        assertThat(after(slow, 200, 0, 500).broken()).contains("p95.0 above 400 ms within 10 s: it was 500 ms");
        assertThat(after(slow, 200, 0, 300).broken()).isEmpty();
    }

    @Test
    void whatIsLongerAgoIsForgotten() {
        StopRules rules = after(new StopCondition.ErrorRatio(0.1, WHILE), 200, 1, 5);
        for (int i = 200; i < 320; i++) {
            rules.request("read", i * 100L, true, i * 100L + 5);
        }
        assertThat(rules.broken()).isEmpty();
    }

    @Test
    void anAlarmIsNotForTheRequestsToSay() {
        assertThat(after(new StopCondition.Alarm("down"), 200, 1, 5).broken()).isEmpty();
    }
}
