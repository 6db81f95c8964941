package io.plimsoll.environments.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * * | 2026-11-24T04:00:00Z | 2026-11-24T04:01:00Z",
                "*/15 * * * * | 2026-11-24T04:44:59Z | 2026-11-24T04:45:00Z",
                "30 8 * * 1-5 | 2026-11-27T08:30:00Z | 2026-11-30T08:30:00Z",
                "30 8 * * mon-fri | 2026-11-27T08:30:00Z | 2026-11-30T08:30:00Z",
                "0 0 1 * * | 2026-12-31T23:59:00Z | 2027-01-01T00:00:00Z",
                "0 0 29 2 * | 2026-11-24T04:00:00Z | 2028-02-29T00:00:00Z",
                "0 12 13 * 5 | 2026-11-24T04:00:00Z | 2026-11-27T12:00:00Z",
                "0 22 * jan,feb 7 | 2026-11-24T04:00:00Z | 2027-01-03T22:00:00Z",
                "5/20 3 * * * | 2026-11-24T03:25:00Z | 2026-11-24T03:45:00Z"
            })
    void theNextTimeIsThatOfUnixCronInUtc(String recurrence, Instant after, Instant next) {
        assertThat(Cron.parse(recurrence).next(after)).contains(next);
    }

    @Test
    void aDayThatNeverComesHasNoNextTime() {
        assertThat(Cron.parse("0 0 31 2 *").next(Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 * * | recurrence '0 0 * *' must have five fields: minute, hour, day of month, month, day of week",
                "60 * * * * | recurrence: minute must be in [0, 59], was '60'",
                "0 x * * * | recurrence: hour must be in [0, 23], was 'x'",
                "0 0 * * 5-1 | recurrence: day of week '5-1' runs backwards",
                "*/0 * * * * | recurrence: minute step must be in [1, 59], was '0'"
            })
    void whatIsNoRecurrenceIsRefused(String text, String message) {
        assertThatThrownBy(() -> Cron.parse(text)).hasMessage(message);
    }
}
