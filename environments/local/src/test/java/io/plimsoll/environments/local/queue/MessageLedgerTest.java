package io.plimsoll.environments.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MessageLedgerTest {
    private final MessageLedger ledger = new MessageLedger();

    private QueueTotals of(String queue) {
        return ledger.report().stream()
                .filter(totals -> totals.queue().equals(queue))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMessageIsSentReceivedAndDeletedOnceEach() {
        ledger.added("q", "a", 1_000, 0);
        ledger.added("q", "b", 2_000, 0);
        assertThat(of("q")).isEqualTo(new QueueTotals("q", 2, 0, 0, OptionalLong.of(1_000)));
        ledger.updated("q", "a", 1_000, 1);
        ledger.updated("q", "a", 1_000, 1); // hidden for longer
        assertThat(of("q").received()).isEqualTo(1);
        ledger.removed("q", "a");
        assertThat(of("q").deleted()).isZero();
        assertThat(of("q")).isEqualTo(new QueueTotals("q", 2, 1, 1, OptionalLong.of(2_000)));
        ledger.removed("q", "b");
        ledger.report();
        assertThat(of("q")).isEqualTo(new QueueTotals("q", 2, 1, 2, OptionalLong.empty()));
    }

    @Test
    void aMoveToTheDeadLettersIsNeitherADeletionNorASend() {
        ledger.added("q", "a", 1_000, 0);
        ledger.added("q", "b", 1_000, 0);
        ledger.removed("q", "a");
        ledger.added("dlq", "a", 1_000, 0);
        ledger.added("dlq", "b", 1_000, 0);
        ledger.removed("q", "b");
        ledger.added("q", "c", 500, 0);
        ledger.added("dlq", "c", 500, 3); // never told as removed
        ledger.report();

        assertThat(of("q")).isEqualTo(new QueueTotals("q", 3, 0, 0, OptionalLong.empty()));
        assertThat(of("dlq")).isEqualTo(new QueueTotals("dlq", 0, 0, 0, OptionalLong.of(500)));
    }
}
