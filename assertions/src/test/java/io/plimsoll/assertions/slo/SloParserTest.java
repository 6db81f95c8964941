package io.plimsoll.assertions.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.ResourceKind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SloParserTest {
    private static final Requests READ = Requests.named("read");
    private static final Requests ALL = Requests.ALL;
    private static final String METRICS =
            MetricCatalogue.all().stream().map(MetricDefinition::name).sorted().collect(Collectors.joining(", "));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p50(read) <= 500 ms",
                "p99.9(read) < 1.50 s during steady",
                "p95(\"GET /items\") <= 500 us during whole",
                "p95(all) <= 1 h during after-warm-up",
                "max(read) <= 2 s",
                "mean(\"evictions\") <= 2 s",
                "max(\"replica lag\") <= 2 s",
                "error ratio <= 1 %",
                "error ratio of read < 0.1 %",
                "error ratio of \"all\" < 0.1 %",
                "achieved rate >= 95 % of offered during steady",
                "rate(all) > 300 /s",
                "rate(\"5s\") > 300 /s",
                "time from load-step to healthy <= 7 min",
                "time from alarm to recovered(p95(read) <= 500 ms) <= 10 min",
                "time from alarm to recovered(error ratio <= 1 %) <= 10 min",
                "max(replica lag) <= 5 s for each replica",
                "mean(host cpu) <= 80 % for each instance during steady",
                "max(desired capacity) <= 4 for each scaling group",
                "min(healthy hosts) >= 1 for each target group during whole",
                "sum(load balancer 5xx) <= 0 for each load balancer",
                "max(database connections) <= 90 for each database",
                "last(evictions) <= 0 for each cache",
                "sum(load balancer 5xx) / sum(load balancer requests) <= 1 %",
                "sum(cache hits) / (sum(cache hits) + sum(cache misses)) >= 60 %",
                "sum(cache hits) - sum(cache misses) - sum(evictions) > 0",
                "sum(cache hits) - (sum(cache misses) - sum(evictions)) > 0",
                "(sum(cache hits) + sum(cache misses)) * max(evictions) > 0",
            })
    void everyFormPrintsAsItWasWritten(String slo) {
        assertThat(SloParser.parse(slo)).hasToString(slo);
    }

    @Test
    void theExampleOfThePackageDocumentationHolds() {
        Slo slo = SloParser.parse("p95(read) <= 500 ms during steady");

        assertThat(slo)
                .isEqualTo(new Slo(
                        new Expression.Percentile(BigDecimal.valueOf(95), READ),
                        Comparison.AT_MOST,
                        Limit.of(new Amount(BigDecimal.valueOf(500), Amount.Unit.MILLISECONDS)),
                        Optional.empty(),
                        Optional.empty(),
                        new When.During(new Span.Phase("steady")),
                        Slo.Options.NONE));
        assertThat(slo).hasToString("p95(read) <= 500 ms during steady");
    }

    @Test
    void blanksDoNotMatterAndUnitsMayBeGlued() {
        assertThat(SloParser.parse(" p95 ( read )<=500ms  during\tsteady "))
                .isEqualTo(SloParser.parse("p95(read) <= 500 ms during steady"));
        assertThat(SloParser.parse("rate(read)>=300/s")).isEqualTo(SloParser.parse("rate(read) >= 300 /s"));
        assertThat(SloParser.parse("error ratio<1%")).isEqualTo(SloParser.parse("error ratio < 1 %"));
    }

    @Test
    void allIsEveryRequestUnlessItIsQuoted() {
        assertThat(SloParser.parse("max(all) <= 1 s").subject()).isEqualTo(new Expression.Longest(ALL));
        assertThat(SloParser.parse("error ratio of all <= 1 %").subject()).isEqualTo(new Expression.ErrorRatio(ALL));
        assertThat(SloParser.parse("max(\"all\") <= 1 s").subject())
                .isEqualTo(new Expression.Longest(Requests.named("all")));
    }

    @Test
    void aCatalogueNameIsAMetricAndAQuotedOneARequest() {
        assertThat(SloParser.parse("max(evictions) <= 0").subject()).isInstanceOf(Expression.Metric.class);
        assertThat(SloParser.parse("max(\"evictions\") <= 1 s").subject()).isInstanceOf(Expression.Longest.class);
        assertThat(SloParser.parse("mean(read) <= 1 s").subject()).isEqualTo(new Expression.MeanTime(READ));
    }

    @Test
    void productsBindTighterThanSumsAndBothToTheLeft() {
        MetricDefinition hits = MetricCatalogue.named("cache hits").orElseThrow();
        Expression h = new Expression.Metric(Expression.Aggregate.SUM, hits, Optional.empty());

        assertThat(SloParser.parse("sum(cache hits) - sum(cache hits) - sum(cache hits) * sum(cache hits) <= 0")
                        .subject())
                .isEqualTo(new Expression.Arithmetic(
                        new Expression.Arithmetic(h, '-', h), '-', new Expression.Arithmetic(h, '*', h)));
    }

    @ParameterizedTest
    @CsvSource({
        "max(replica lag) <= 5 s, TIME",
        "sum(cache hits) / sum(cache misses) <= 5 %, RATIO",
        "max(replica lag) / sum(evictions) <= 5, COUNT",
        "max(host cpu) * max(evictions) <= 5, COUNT",
        "max(host cpu) - min(host cpu) <= 5 %, RATIO",
        "rate(all) <= 5 /s, RATE"
    })
    void theSubjectDecidesTheUnit(String slo, Dimension dimension) {
        assertThat(SloParser.parse(slo).subject().dimension()).isEqualTo(dimension);
    }

    @ParameterizedTest
    @CsvSource({"250 us, 0.00025", "500 ms, 0.5", "1.5 s, 1.5", "7 min, 420", "2 h, 7200"})
    void timesAreSeconds(String limit, double seconds) {
        assertThat(SloParser.parse("p95(read) <= " + limit).limit().bounds())
                .singleElement()
                .satisfies(bound -> assertThat(((Bound.Absolute) bound).amount().canonical())
                        .isEqualTo(seconds));
    }

    @Test
    void sizesAreBytes() {
        assertThat(List.of(Amount.Unit.BYTES, Amount.Unit.KIBIBYTES, Amount.Unit.MEBIBYTES))
                .extracting(unit -> new Amount(BigDecimal.valueOf(3), unit).canonical())
                .containsExactly(3.0, 3_072.0, 3_145_728.0);
        assertThat(new Amount(BigDecimal.ONE, Amount.Unit.GIBIBYTES).canonical())
                .isEqualTo(1_073_741_824.0);
    }

    @Test
    void aCommentCannotHideInAName() {
        fails("p95(read) <= 500 ms # fast", """
                unexpected character '#'
                    p95(read) <= 500 ms # fast
                                        ^""");
    }

    @Test
    void aMisspeltMetricSuggestsTheNearest() {
        fails(
                "max(replica lagg) <= 5 s",
                "unknown metric 'replica lagg'; did you mean 'replica lag'? Valid: " + METRICS
                        + "\n    max(replica lagg) <= 5 s\n        ^");
    }

    @Test
    void aMissingMetricIsSaid() {
        fails("sum() <= 5", """
                expected the name of a metric, found ')'
                    sum() <= 5
                        ^""");
        fails("sum(\"evictions\") <= 5", """
                expected the name of a metric, found 'evictions'
                    sum("evictions") <= 5
                        ^""");
    }

    @Test
    void aUnitThatDoesNotFitSaysWhichDo() {
        fails("p95(read) <= 500 %", """
                p95(read) is compared with a time such as 500 ms or 7 min, not with '%'
                    p95(read) <= 500 %
                                     ^""");
        fails("p95(read) <= 500 during steady", """
                p95(read) is compared with a time such as 500 ms or 7 min, not with a plain number
                    p95(read) <= 500 during steady
                                 ^""");
        fails("max(evictions) <= 5 s", """
                max(evictions) is compared with a plain number such as 4, not with 's'
                    max(evictions) <= 5 s
                                        ^""");
        fails("rate(read) >= 95 %", """
                rate(read) is compared with a rate such as 300 /s, not with '%'
                    rate(read) >= 95 %
                                     ^""");
    }

    @Test
    void anUnknownUnitListsAll() {
        fails("p95(read) <= 500 mz", """
                unknown unit 'mz'; did you mean 'ms'? Valid: %, /s, B, B/s, GiB, GiB/s, KiB, KiB/s, MiB, \
                MiB/s, h, min, ms, points, s, us
                    p95(read) <= 500 mz
                                     ^""");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.0,0.0", "100,100", "101,101"})
    void aPercentileOutOfRangeIsRefused(String percent, String printed) {
        fails(
                "p" + percent + "(read) <= 1 s",
                "a percentile must be in (0, 100), was " + printed + "\n    p" + percent + "(read) <= 1 s\n    ^");
    }

    @Test
    void aMissingComparisonListsAll() {
        fails("p95(read) 500 ms", """
                expected a comparison, one of <= >= < >, found '500'
                    p95(read) 500 ms
                              ^""");
        fails("p95(read)", """
                expected a comparison, one of <= >= < >, found the end
                    p95(read)
                             ^""");
    }

    @Test
    void aMissingLimitSaysWhatItWouldBe() {
        fails("error ratio <= -1 %", """
                expected a limit: error ratio is a share such as 95 %, found '-'
                    error ratio <= -1 %
                                   ^""");
        fails("p95(read) <= 1e3 ms", """
                expected a limit: p95(read) is a time such as 500 ms or 7 min, found '1e3'
                    p95(read) <= 1e3 ms
                                 ^""");
    }

    @Test
    void trailingWordsAreRefused() {
        fails("p95(read) <= 500 ms during steady always", """
                expected 'for each', 'during', 'after', 'before', 'from', ',' or the end, found 'always'
                    p95(read) <= 500 ms during steady always
                                                      ^""");
        fails("p95(read) <= 500 ms during steady for each instance", """
                expected 'for each', 'during', 'after', 'before', 'from', ',' or the end, found 'for'
                    p95(read) <= 500 ms during steady for each instance
                                                      ^""");
        fails("p95(read) <= 500 ms of offered", """
                expected 'for each', 'during', 'after', 'before', 'from', ',' or the end, found 'of'
                    p95(read) <= 500 ms of offered
                                        ^""");
    }

    @Test
    void forEachOfTheWrongKindNamesTheRightOne() {
        fails("max(replica lag) <= 5 s for each instance", """
                replica lag is measured of each replica, not of each instance
                    max(replica lag) <= 5 s for each instance
                    ^""");
        fails("p95(read) <= 5 s for each instance", """
                'for each' takes a metric, not p95(read)
                    p95(read) <= 5 s for each instance
                                     ^""");
        fails(
                "max(replica lag) <= 5 s for each replicas",
                "unknown resource 'replicas'; did you mean 'replica'? Valid: "
                        + String.join(
                                ", ",
                                Arrays.stream(ResourceKind.values())
                                        .map(ResourceKind::word)
                                        .sorted()
                                        .toList())
                        + "\n    max(replica lag) <= 5 s for each replicas\n"
                        + "                                     ^");
        assertThat(SloParser.parse("max(replica lag) <= 5 s for each replica").forEach())
                .contains(ResourceKind.REPLICA);
    }

    @Test
    void anUnclosedQuoteIsSaid() {
        fails("p95(\"GET /items) <= 5 s", """
                a quoted name must end with '"'
                    p95("GET /items) <= 5 s
                        ^""");
        fails("p95(\"\") <= 5 s", """
                expected a request name, quoted if it is more than one word, found ''
                    p95("") <= 5 s
                        ^""");
        fails("p95(get items) <= 5 s", """
                expected ')', found 'items'
                    p95(get items) <= 5 s
                            ^""");
    }

    @Test
    void aTimeBetweenMarksHasNoPhase() {
        fails("time from load-step to healthy <= 7 min during steady", """
                a time between marks has no 'during': it starts at its mark
                    time from load-step to healthy <= 7 min during steady
                                                            ^""");
    }

    @Test
    void whatRecoversHasANumberForALimitAndNothingElse() {
        fails("time from load-step to recovered(p95(read) <= 110 % of steady) <= 7 min", """
                recovered(...) takes an SLO about the client or about metrics, with a limit that is a number
                    time from load-step to recovered(p95(read) <= 110 % of steady) <= 7 min
                                                     ^""");
        fails("time from load-step to reached(time from alarm to healthy <= 1 s) <= 7 min", """
                reached(...) takes an SLO about the client or about metrics, with a limit that is a number
                    time from load-step to reached(time from alarm to healthy <= 1 s) <= 7 min
                                                   ^""");
        fails("time from load-step to recovered(p95(read) <= 1 s during steady) <= 7 min", """
                expected ')': what is in recovered(...) has no 'during', no 'in' and no options, found 'during'
                    time from load-step to recovered(p95(read) <= 1 s during steady) <= 7 min
                                                                      ^""");
    }

    @Test
    void secondsAndCountsDoNotAdd() {
        fails("max(replica lag) + sum(evictions) <= 7 s", """
                cannot add sum(evictions) and max(replica lag): their units differ
                    max(replica lag) + sum(evictions) <= 7 s
                                     ^""");
        fails("sum(cache hits) - max(host cpu) <= 7", """
                cannot subtract max(host cpu) and sum(cache hits): their units differ
                    sum(cache hits) - max(host cpu) <= 7
                                    ^""");
    }

    @Test
    void theAchievedRateIsOfWhatWasOffered() {
        fails("achieved rate >= 95 %", """
                expected 'of', found the end
                    achieved rate >= 95 %
                                         ^""");
    }

    @Test
    void anUnknownMeasureListsAll() {
        fails(
                "latency(read) <= 5 s",
                "unknown measure 'latency'. Valid: achieved rate, coolest(...), count(...), coverage(...), error count,"
                        + " error ratio, hottest(...), last(...), max(...), mean(...), min(...), offered, p50(...),"
                        + " p90(...), p95(...), p99(...), p99.9(...), rate(...), skew(...), spread(...), sum(...),"
                        + " time from ... to ...\n    latency(read) <= 5 s\n    ^");
        fails("<= 5 s", """
                expected what is measured, one of p50(...), p90(...), p95(...), p99(...), p99.9(...), max(...), \
                min(...), mean(...), sum(...), last(...), rate(...), count(...), coverage(...), skew(...), \
                spread(...), hottest(...), coolest(...), error ratio, error count, achieved rate, offered, time from \
                ... to ..., found '<='
                    <= 5 s
                    ^""");
    }

    @Test
    void theCaretStandsRightWhateverTheBlanks() {
        fails("p95(read)\t<=\n5 %", """
                p95(read) is compared with a time such as 500 ms or 7 min, not with '%'
                    p95(read) <= 5 %
                                   ^""");
    }

    private static void fails(String slo, String message) {
        assertThatExceptionOfType(SloSyntaxException.class)
                .isThrownBy(() -> SloParser.parse(slo))
                .withMessage(message)
                .satisfies(e -> assertThat(message).startsWith(e.problem()));
    }
}
