package io.plimsoll.simulations.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.simulations.series.SearchLedger.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SearchLedgerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static CapacityResult.Probe probe(double rate, Outcome outcome, long seconds) {
        return new CapacityResult.Probe(
                rate, rate, outcome, "so", new TimeWindow(START, START.plusSeconds(seconds)), Optional.empty());
    }

    private static CapacityResult found(double low, double high, boolean complete) {
        return new CapacityResult(
                Optional.of(low),
                Optional.of(high),
                complete,
                "so it was",
                Optional.of(320.0),
                new TreeMap<>(Map.of("read", 2)),
                Optional.of("read"),
                2,
                Optional.of(new CapacityResult.Cost(0.36, List.of("5 x small"), List.of())),
                List.of(probe(100, Outcome.PASS, 5), probe(high, Outcome.FAIL, 10), probe(low, Outcome.PASS, 25)),
                Optional.empty(),
                Optional.empty());
    }

    private static Entry entry(double low, double high) {
        return new Entry("2", "PASS", "", Optional.of(found(low, high, true)));
    }

    @Test
    void anAnswerIsComparedWithWhatIsKnownAndWithStairs() {
        SearchLedger ledger = new SearchLedger(List.of(entry(400, 416)), Optional.of(202.0));

        assertThat(ledger.lines())
                .contains(
                        "| 2 | 400.0 /s | 416.0 /s | 4.0 % | 200.0 /s | 0.250 | unattributed | 40 s | 225 s | 404.0 /s: within |",
                        "1 of 1 searches have an answer; 1 of them hold the known capacity; the widest is 4.0 %; load at the"
                                + " rates tried 40 s, 18 % of stairs of the same resolution.");
        assertThat(ledger.passed()).isTrue();
    }

    @Test
    void oneMissInTwentyIsToleratedAndOneInNineteenIsNot() {
        List<Entry> entries = new ArrayList<>(Collections.nCopies(19, entry(400, 416)));
        entries.add(entry(380, 390));

        assertThat(new SearchLedger(entries, Optional.of(202.0)).passed()).isTrue();
        assertThat(new SearchLedger(entries.subList(1, 20), Optional.of(202.0)).passed())
                .isFalse();
        assertThat(new SearchLedger(entries, Optional.empty()).passed()).isTrue();
    }

    @Test
    void theLowestFailingRateIsNotPartOfTheAnswer() {
        assertThat(new SearchLedger(List.of(entry(396, 404)), Optional.of(202.0)).passed())
                .isFalse();
        assertThat(new SearchLedger(List.of(entry(404, 420)), Optional.of(202.0)).passed())
                .isTrue();
    }

    @Test
    void aSearchWithoutAnAnswerIsNoPass() {
        Entry broken = new Entry("2", "INCONCLUSIVE", "", Optional.of(found(400, 416, false)));
        Entry invalid = new Entry("2", "INVALID", "the log was cut", Optional.of(found(400, 416, true)));
        Entry none = new Entry("2", "NONE", "it gave no verdict", Optional.empty());

        for (Entry entry : List.of(broken, invalid, none)) {
            assertThat(new SearchLedger(List.of(entry), Optional.empty()).passed())
                    .isFalse();
        }
        assertThat(new SearchLedger(List.of(), Optional.empty()).passed()).isFalse();
        assertThat(new SearchLedger(List.of(none), Optional.empty()).lines())
                .contains(
                        "| 2 | no answer: NONE, it gave no verdict | | | | | | | | |",
                        "0 of 1 searches have an answer.");
    }
}
