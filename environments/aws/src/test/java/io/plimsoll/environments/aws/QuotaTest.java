package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private final FakeTime time = new FakeTime();
    private final Quota quota = new Quota(time, time);

    private Duration passed() {
        return Duration.between(FakeTime.START, time.instant());
    }

    @Test
    void fortyCallsGoAtOnceAndTheNextWaits() throws InterruptedException {
        for (int i = 0; i < 40; i++) {
            quota.take(1, FakeTime.START);
        }
        assertThat(passed()).isZero();
        quota.take(1, FakeTime.START);
        assertThat(passed()).isEqualTo(Duration.ofMillis(25));
    }

    @Test
    void datapointsCountWhetherOrNotTheyExist() throws InterruptedException {
        quota.take(100_800, FakeTime.START);
        assertThat(passed()).isZero();
        quota.take(100_800, FakeTime.START);
        assertThat(passed()).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void whatIsOlderThanThreeHoursHasMoreOfThem() throws InterruptedException {
        quota.take(100_800, FakeTime.START.minus(Duration.ofHours(4)));
        time.sleep(Duration.ofSeconds(1));
        quota.take(100_800, FakeTime.START.minus(Duration.ofHours(4)));
        quota.take(100_800, FakeTime.START.minus(Duration.ofHours(4)));
        quota.take(100_800, FakeTime.START.minus(Duration.ofHours(4)));
        assertThat(passed()).isEqualTo(Duration.ofSeconds(1));
    }
}
