package io.plimsoll.assertions.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.observation.MetricVocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of the language beyond a subject, a limit and a phase: windows, references, shares and options. */
class SloFormsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "p95(read) <= 500 ms in 99 % of seconds",
                "error ratio <= 1 % in 99.5 % of minutes during steady",
                "mean(host cpu) <= 80 % in 95 % of periods for each instance during steady",
                "p95(read) <= 110 % of steady during surge",
                "p95(read) <= 110 % of 30 s before kill-primary during 60 s after kill-primary",
                "mean(database cpu) <= 10 points above steady during web-heavy",
                "mean(database cpu) <= 3 points off steady during web-heavy",
                "mean(host cpu of web) >= 30 % below steady during static",
                "p95(read) <= 120 % of baseline or 20 ms during steady",
                "p95(read) <= 120 % of baseline or 5 ms above baseline or no baseline",
                "rate(all) >= 95 % of offered",
                "count(all) >= 98 % of (sum(load balancer requests))",
                "skew(sum(requests per target)) <= 20 %",
                "skew(mean(host cpu) by zone) <= 20 % during steady",
                "hottest(mean(host cpu)) <= 80 %",
                "spread(last(healthy hosts) by zone) <= 1",
                "rate(cache hits) / mean(instances in service) >= 10",
                "error count of read <= 3 during whole",
                "min(read) <= 1 s",
                "1.5 * p50(read) <= 1 s",
                "offered - count(all) <= 10",
                "coverage(host cpu) >= 90 % for each instance",
                "max(evictions) <= 0 after terminate-instance",
                "max(evictions) <= 0 after 60 s after terminate-instance",
                "max(evictions) <= 0 before load-step",
                "max(evictions) <= 0 from start of surge to 2 min after end of surge",
                "max(evictions) <= 0 after \"Failover completed\"",
                "time from \"Failover started\" to end of surge <= 2 min",
                "time from flush-cache to recovered(sum(cache hits) / sum(cache misses) >= 90 %) <= 5 min",
                "time from load-step to reached(max(desired capacity) <= 2 for each scaling group) <= 30 min",
                "time from load-step to healthy <= 120 % of baseline or 1 min",
                "p95(read) <= 500 ms during steady, key",
                "p95(read) <= 500 ms, warn 400 ms",
                "max(host cpu) <= 90 %, key, warn 80 %, missing at most 5 %",
                "sum(cache hits) >= 0, missing zero with cache misses",
                "sum(load balancer 5xx) <= 0, missing unknown",
                "max(cloudwatch \"AWS/SQS\" \"ApproximateAgeOfOldestMessage\" Maximum in s of uploads) <= 60 s",
                "mean(cloudwatch \"My App\" \"Jobs\" p95) <= 60 for each metric",
            })
    void everyFormPrintsAsItWasWritten(String slo) {
        assertThat(SloParser.parse(slo)).hasToString(slo);
    }

    @Test
    void whatAnSloNeedsCanBeAsked() {
        Slo slo = SloParser.parse("p95(read) <= 110 % of calm or 90 % of (p95(write)) during 60 s after kill-primary");

        assertThat(slo.requestNames()).containsExactly("read", "write");
        assertThat(slo.phaseNames()).containsExactly("calm");
        assertThat(slo.markNames()).containsExactly("kill-primary");
        assertThat(SloParser.parse("time from start of surge to recovered(max(replica lag) <= 1 s) <= 1 min")
                        .metrics())
                .extracting(metric -> metric.name())
                .containsExactly("replica lag");
    }

    @Test
    void aMistakeInALimitIsPointedAt() {
        fails("p95(read) <= 110 % of steady or 5 %", """
                p95(read) is compared with a time such as 500 ms or 7 min, not with '%'
                    p95(read) <= 110 % of steady or 5 %
                                                      ^""");
        fails("p95(read) <= 5 points above steady", """
                a distance of p95(read) is in %, or a time such as 500 ms or 7 min
                    p95(read) <= 5 points above steady
                                   ^""");
        fails("mean(host cpu) <= 5 points", """
                points are a distance, such as '10 points above steady'
                    mean(host cpu) <= 5 points
                                        ^""");
        fails("mean(host cpu) >= 5 points off steady", """
                a distance to either side has an upper limit, with <= or <
                    mean(host cpu) >= 5 points off steady
                                        ^""");
        fails("p95(read) <= 5 ms or no baseline", """
                'no baseline' goes with a bound such as '120 % of baseline'
                    p95(read) <= 5 ms or no baseline
                                 ^""");
        fails("p95(read) <= 50 % of offered", """
                only a count or a rate is compared with what was offered
                    p95(read) <= 50 % of offered
                                         ^""");
        fails("p95(read) <= 50 % of (count(all))", """
                cannot compare p95(read) with count(all): their units differ
                    p95(read) <= 50 % of (count(all))
                                         ^""");
        fails("time from load-step to healthy <= 110 % of steady", """
                a time between marks is compared with a time, or with the baseline
                    time from load-step to healthy <= 110 % of steady
                                                               ^""");
    }

    @Test
    void aMistakeInAWindowIsPointedAt() {
        fails("max(evictions) <= 0 during 60 sec after x", """
                unknown unit of time 'sec'. Valid: h, min, ms, s, us
                    max(evictions) <= 0 during 60 sec after x
                                                  ^""");
        fails("max(evictions) <= 0 during 0 s after x", """
                a stretch must be longer than 0
                    max(evictions) <= 0 during 0 s after x
                                               ^""");
        fails("max(evictions) <= 0 during 60 s x", """
                expected 'after' or 'before' and a mark, found 'x'
                    max(evictions) <= 0 during 60 s x
                                                    ^""");
        fails("max(evictions) <= 0 from load-step", """
                expected 'to', found the end
                    max(evictions) <= 0 from load-step
                                                      ^""");
        fails("max(evictions) <= 0 after", """
                expected a mark such as load-step or healthy, found the end
                    max(evictions) <= 0 after
                                             ^""");
    }

    @Test
    void aMistakeInAShareIsPointedAt() {
        fails("p95(read) <= 500 ms in 99 % of periods", """
                periods are those of metrics; what the client saw is judged in seconds or minutes
                    p95(read) <= 500 ms in 99 % of periods
                                                   ^""");
        fails("max(evictions) <= 0 in 99 % of seconds", """
                seconds are those of the client; metrics are judged in periods
                    max(evictions) <= 0 in 99 % of seconds
                                                   ^""");
        fails("p95(read) <= 500 ms in 101 % of seconds", """
                a share of a window must be in (0, 100] %, was 101
                    p95(read) <= 500 ms in 101 % of seconds
                                        ^""");
        fails("p95(read) <= 110 % of steady in 99 % of seconds", """
                'in ... % of seconds' takes a limit that is a number
                    p95(read) <= 110 % of steady in 99 % of seconds
                                                 ^""");
    }

    @Test
    void aMistakeInAnOptionIsPointedAt() {
        fails("p95(read) <= 5 ms, missing unknown", """
                'missing' is about the datapoints of metrics, and p95(read) has none
                    p95(read) <= 5 ms, missing unknown
                                       ^""");
        fails("max(evictions) <= 0, missing zero", """
                expected 'with' and the metric that proves the source alive: a gap alone is never taken for zero, found the end
                    max(evictions) <= 0, missing zero
                                                     ^""");
        fails("max(evictions) <= 0, missing at most 60 %", """
                the share of datapoints that may be missing must be in (0, 50] %, was 60
                    max(evictions) <= 0, missing at most 60 %
                                                         ^""");
        fails("max(evictions) <= 0, important", """
                expected one of key, warn, missing, found 'important'
                    max(evictions) <= 0, important
                                         ^""");
    }

    @Test
    void onlyWhatIsCountedHasARateAndOnlyResourcesOfOneKindAreCompared() {
        fails("rate(host cpu) <= 5 /s", """
                rate(...) is of something counted, and host cpu is not
                    rate(host cpu) <= 5 /s
                    ^""");
        fails("skew(sum(cache hits) / sum(evictions) + 1 * max(host cpu)) <= 5 %", """
                skew(...) compares resources of one kind, so it takes metrics of one kind, such as skew(mean(host cpu))
                    skew(sum(cache hits) / sum(evictions) + 1 * max(host cpu)) <= 5 %
                    ^""");
        fails("skew(p95(read)) <= 5 %", """
                skew(...) compares resources of one kind, so it takes metrics of one kind, such as skew(mean(host cpu))
                    skew(p95(read)) <= 5 %
                    ^""");
    }

    @Test
    void aMistakeInAMetricOfCloudWatchIsPointedAt() {
        fails("max(cloudwatch AWS/SQS) <= 60", """
                expected a namespace in quotes, such as "AWS/SQS", found 'AWS'
                    max(cloudwatch AWS/SQS) <= 60
                                   ^""");
        fails("max(cloudwatch \"AWS/SQS\" \"Age\" Highest) <= 60", """
                Age: statistic must be one of CloudWatch's, such as Average, Sum, Minimum, Maximum, SampleCount or p95, was \
                'Highest'
                    max(cloudwatch "AWS/SQS" "Age" Highest) <= 60
                                                   ^""");
        fails("max(cloudwatch \"AWS/SQS\" \"Age\" Maximum in MiB/s) <= 60", """
                a metric is published in one of us, ms, s, min, h, %, /s, B, KiB, MiB, GiB
                    max(cloudwatch "AWS/SQS" "Age" Maximum in MiB/s) <= 60
                                                              ^""");
    }

    @Test
    void aMappingSaysTheSameAsTheLine() {
        assertThat(read("{slo: max(host cpu) <= 90 %, key: true, warn: 80 %, missing: at most 5 %}"))
                .isEqualTo(SloParser.parse("max(host cpu) <= 90 %, key, warn 80 %, missing at most 5 %"));
        assertThat(read("{slo: p95(read) <= 500 ms}")).hasToString("p95(read) <= 500 ms");
        assertThat(read("p95(read) <= 500 ms")).hasToString("p95(read) <= 500 ms");
    }

    @Test
    void aMistakeInAMappingNamesItsLine() {
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> read("{slo: p95(read) <= 500 ms, warn: 5 %}"))
                .withMessage("""
                        f.yaml:1: warn: p95(read) is compared with a time such as 500 ms or 7 min, not with '%'
                            5 %
                              ^""");
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> read("{slo: \"p95(read) <= 500 ms, warn 1 ms\", warn: 2 ms}"))
                .withMessage("f.yaml:1: warn: 'warn' is said at the end of the SLO already, was '2 ms'");
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> read("{slo: p95(read) <= 500 ms, keys: true}"))
                .withMessage("f.yaml:1: unknown key 'keys'; did you mean 'key'? Valid: key, missing, slo, warn");
    }

    private static Slo read(String yaml) {
        return SloYaml.read(Document.parse("f.yaml", yaml), MetricVocabulary.standard());
    }

    private static void fails(String slo, String message) {
        assertThatExceptionOfType(SloSyntaxException.class)
                .isThrownBy(() -> SloParser.parse(slo))
                .withMessage(message);
    }
}
