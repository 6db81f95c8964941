package io.plimsoll.simulations.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentRequestsTest {
    @Test
    void nothingSeenShowsNoNumbers() {
        assertThat(new RecentRequests().served().words()).isEqualTo("served     -/s  p95     - ms  errors    - %");
    }

    @Test
    void showsRatePercentileAndErrorsOfTheLastFiveSecondsOfTheLog() {
        RecentRequests recent = new RecentRequests();
        recent.request("read", 0, false, 50_000);
        for (int i = 1; i <= 1000; i++) {
            long end = 100_000 + 5L * i;
            recent.request("read", end - (i <= 950 ? 10 : 40), i % 100 != 0, end);
        }

        assertThat(recent.served().words()).isEqualTo("served   200/s  p95    10 ms  errors  1.0 %");
    }

    @Test
    void aRunYoungerThanFiveSecondsIsDividedByItsAge() {
        RecentRequests recent = new RecentRequests();
        for (int i = 1; i <= 100; i++) {
            recent.request("read", 1_000 + 20L * (i - 1), true, 1_000 + 20L * i);
        }

        assertThat(recent.served().words()).startsWith("served    50/s");
    }
}
