package io.plimsoll.environments.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureLogTest {
    private final List<String> lines = new ArrayList<>();
    private long nanos;

    @Test
    void aFailureIsALineWithItsTime() {
        new FailureLog(lines::add, () -> nanos).add("GET /items/7 503: the database cannot be read");
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).matches("\\d{4}-.*Z ERROR GET /items/7 503: the database cannot be read");
    }

    @Test
    void ofManyInASecondTheirNumberAloneIsTold() {
        FailureLog log = new FailureLog(lines::add, () -> nanos);
        for (int i = 0; i < FailureLog.OF_A_SECOND + 5; i++) {
            log.add("GET /items/" + i + " 503: no");
        }
        assertThat(lines).hasSize(FailureLog.OF_A_SECOND);
        nanos += Duration.ofSeconds(1).toNanos();
        log.add("GET /items/99 503: no");
        assertThat(lines.subList(FailureLog.OF_A_SECOND, lines.size()))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith(" ERROR 5 further requests failed"),
                        second -> assertThat(second).endsWith(" ERROR GET /items/99 503: no"));
    }
}
