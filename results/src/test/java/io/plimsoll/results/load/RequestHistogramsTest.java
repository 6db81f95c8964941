package io.plimsoll.results.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.observation.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHistogramsTest {
    private static final Set<RequestOutcome> OK = Set.of(RequestOutcome.OK);
    private static final Set<RequestOutcome> BOTH = Set.of(RequestOutcome.values());

    private static TimeWindow millis(long from, long to) {
        return new TimeWindow(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }

    @Test
    void aWindowSelectsTheSecondsThatStartInIt() {
        RequestHistograms requests = new RequestHistograms.Builder()
                .record("read", RequestOutcome.OK, 10_999, 1)
                .record("read", RequestOutcome.OK, 11_000, 2)
                .record("read", RequestOutcome.OK, 11_999, 4)
                .record("read", RequestOutcome.OK, 12_000, 8)
                .build();

        assertThat(requests.span()).isEqualTo(millis(10_000, 13_000));
        assertThat(requests.count(Set.of(), OK, millis(11_000, 12_000))).isEqualTo(2);
        assertThat(requests.count(Set.of(), OK, millis(11_000, 12_001))).isEqualTo(3);
        assertThat(requests.count(Set.of(), OK, millis(11_001, 12_000))).isZero();
        assertThat(requests.count(Set.of(), OK, millis(11_001, 12_001))).isEqualTo(1);
        assertThat(requests.longestMillis(Set.of(), OK, millis(11_000, 12_000))).isEqualTo(4);
        assertThat(requests.count(Set.of(), OK, new TimeWindow(Instant.MIN, Instant.MAX)))
                .isEqualTo(4);
        assertThat(requests.count(Set.of("write"), OK, requests.span())).isZero();
        assertThat(requests.count(Set.of(), Set.of(), requests.span())).isZero();
        assertThat(requests.count(Set.of(), Set.of(RequestOutcome.KO), requests.span()))
                .isZero();
    }

    @Test
    void theEmptyRecordAnswersEverythingWithNothing() {
        RequestHistograms empty = RequestHistograms.empty();

        assertThat(empty.requestNames()).isEmpty();
        assertThat(empty.span().length()).isZero();
        assertThat(empty.count(Set.of(), BOTH, millis(0, 1_000))).isZero();
        assertThat(empty.responseTimes(Set.of(), BOTH, millis(0, 1_000)).getTotalCount())
                .isZero();
        assertThat(empty.longestMillis(Set.of(), BOTH, millis(0, 1_000))).isZero();
    }

    @Test
    void theLongestResponseTimeIsExact() {
        RequestHistograms requests = new RequestHistograms.Builder()
                .record("read", RequestOutcome.OK, 0, 123_457)
                .build();

        assertThat(requests.longestMillis(Set.of(), OK, requests.span())).isEqualTo(123_457);
        assertThat(requests.responseTimes(Set.of(), OK, requests.span()).getMaxValue())
                .isGreaterThan(123_457);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 511, 512, 1022, 1023, 100_000})
    void aResponseTimeMayRepeatAnyNumberOfTimesInASecond(long times) {
        RequestHistograms.Builder builder = new RequestHistograms.Builder();
        for (long i = 0; i < times; i++) {
            builder.record("read", RequestOutcome.OK, 5_000, 3);
        }
        RequestHistograms requests = builder.build();

        assertThat(requests.count(Set.of(), OK, requests.span())).isEqualTo(times);
        assertThat(requests.responseTimes(Set.of(), OK, requests.span()).getCountAtValue(3))
                .isEqualTo(times);
    }

    @Test
    void secondsMayComeInAnyOrderAcrossTheWholeRangeOfALog() {
        long far = Integer.MAX_VALUE;
        RequestHistograms requests = new RequestHistograms.Builder()
                .record("read", RequestOutcome.OK, 0, 1)
                .record("read", RequestOutcome.OK, 2 * far, 2)
                .record("read", RequestOutcome.OK, -2 * far, 3)
                .build();

        assertThat(requests.span()).isEqualTo(millis(-4_294_968_000L, 4_294_968_000L));
        assertThat(requests.longestMillis(Set.of(), OK, millis(-4_294_968_000L, 0)))
                .isEqualTo(3);
        assertThat(requests.longestMillis(Set.of(), OK, millis(0, 4_294_968_000L)))
                .isEqualTo(2);
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        RequestHistograms.Builder builder = new RequestHistograms.Builder().record("read", RequestOutcome.OK, 0, 1);

        assertThatThrownBy(() -> builder.record("read", RequestOutcome.OK, 0, -1))
                .hasMessage("response time must be >= 0 ms, was -1");
        assertThatThrownBy(() -> builder.record("read", RequestOutcome.OK, 8_388_608_000L, 1))
                .hasMessage("second 8388608 must be within 8388607 s of the first one recorded, 0");
        builder.record("read", RequestOutcome.OK, 8_388_607_999L, 1)
                .record("read", RequestOutcome.OK, -8_388_607_000L, 1);
        assertThat(builder.build().count(Set.of(), OK, new TimeWindow(Instant.MIN, Instant.MAX)))
                .isEqualTo(3);
    }

    /** One request, kept as it came. */
    private record Sent(String name, RequestOutcome outcome, long at, int millis) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyQueryAgreesWithAPlainList(long seed) {
        Random random = new Random(seed);
        List<Sent> plain = new ArrayList<>();
        RequestHistograms.Builder builder = new RequestHistograms.Builder();
        for (int i = 0; i < 30_000; i++) {
            Sent sent = new Sent(
                    "r" + random.nextInt(3),
                    random.nextInt(20) == 0 ? RequestOutcome.KO : RequestOutcome.OK,
                    1_000_000L + i + random.nextInt(5_000),
                    random.nextInt(4) == 0 ? random.nextInt(60_000) : random.nextInt(50));
            plain.add(sent);
            builder.record(sent.name, sent.outcome, sent.at, sent.millis);
        }
        RequestHistograms requests = builder.build();
        for (int i = 0; i < 100; i++) {
            Set<String> names = random.nextBoolean() ? Set.of() : Set.of("r" + random.nextInt(4), "r1x");
            Set<RequestOutcome> outcomes = random.nextBoolean() ? BOTH : OK;
            long from = 990_000L + random.nextInt(50_000);
            TimeWindow window = millis(from, from + random.nextInt(20_000));
            Histogram expected = new Histogram(3);
            long longest = 0;
            for (Sent sent : plain) {
                if ((names.isEmpty() || names.contains(sent.name))
                        && outcomes.contains(sent.outcome)
                        && window.contains(Instant.ofEpochSecond(sent.at / 1000))) {
                    expected.recordValue(sent.millis);
                    longest = Math.max(longest, sent.millis);
                }
            }
            assertThat(requests.responseTimes(names, outcomes, window)).isEqualTo(expected);
            assertThat(requests.count(names, outcomes, window)).isEqualTo(expected.getTotalCount());
            assertThat(requests.longestMillis(names, outcomes, window)).isEqualTo(longest);
        }
    }
}
