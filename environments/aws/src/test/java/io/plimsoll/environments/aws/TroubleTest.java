package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Series.Completeness;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/** What goes wrong between a collector and AWS: each ends in an outcome that says so, and none hangs. */
class TroubleTest extends SettlementCase {
    @Test
    void credentialsThatExpireInMidRunKeepWhatWasSeenAndEndTheWaiting() {
        aws.metricData = request -> {
            if (aws.metricRequests.size() > 1) {
                throw AwsErrors.of(403, "ExpiredToken", "The security token included in the request is expired");
            }
            return all(request, id -> complete(id, 4, 5));
        };
        Settlement.Result result = settle(1);
        Series series = result.series().get(0);
        assertThat(series.completeness()).isEqualTo(Completeness.REFUSED);
        assertThat(series.note())
                .isEqualTo("the credentials are not accepted for cloudwatch:GetMetricData (ExpiredToken: The security"
                        + " token included in the request is expired)");
        assertThat(values(series)).containsExactly(4.0, 5.0);
        assertThat(aws.metricRequests).hasSize(2);
    }

    @Test
    void aPageThatIsLostForGoodMakesTheSeriesFailed() {
        aws.metricData = request -> {
            if (request.nextToken() != null) {
                throw AwsErrors.of(500, "InternalFailure", "lost");
            }
            return page("second", complete("m0", 1));
        };
        Settlement.Result result = settle(2);
        assertThat(result.series()).extracting(Series::completeness).containsOnly(Completeness.FAILED);
        assertThat(result.series().get(0).note()).isEqualTo("cloudwatch:GetMetricData failed (InternalFailure: lost)");
        assertThat(result.settled()).isFalse();
        assertThat(time.instant()).isBeforeOrEqualTo(DEADLINE);
    }

    @Test
    void aPageThatComesAgainIsCountedOnce() {
        aws.metricData = request ->
                request.nextToken() == null ? page("second", complete("m0", 1, 2)) : page(null, complete("m0", 1, 2));
        assertThat(values(settle(1).series().get(0))).containsExactly(1.0, 2.0);
    }

    @Test
    void pagesAndDatapointsOutOfOrderAreSorted() {
        MetricDataResult late = MetricDataResult.builder()
                .id("m0")
                .statusCode("Complete")
                .timestamps(FROM.plusSeconds(3), FROM.plusSeconds(2))
                .values(30.0, 20.0)
                .build();
        aws.metricData =
                request -> request.nextToken() == null ? page("second", late) : page(null, complete("m0", 0, 10));
        assertThat(values(settle(1).series().get(0))).containsExactly(0.0, 10.0, 20.0, 30.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {-90, 90})
    void aClockThatIsApartIsMeasuredAndNotTrusted(int seconds) {
        ClockReadings readings = new ClockReadings();
        readings.add("cloudwatch", FakeTime.START, FakeTime.START.plusMillis(40), FakeTime.START.plusSeconds(seconds));
        assertThat(readings.offset()).hasValueSatisfying(offset -> {
            assertThat(Math.abs(offset.millis() - seconds * 1000L)).isLessThanOrEqualTo(offset.errorMillis());
            assertThat(offset.errorMillis()).isLessThan(1_100);
        });
    }

    @Test
    void twelveHundredSeriesAreThreeCallsAndASharePerSource() {
        aws.metricData =
                request -> all(request, id -> FakeStack.result(id, "Complete", FROM, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        List<Series> series = settle(1200).series();
        assertThat(series).hasSize(1200).extracting(Series::completeness).containsOnly(Completeness.COMPLETE);
        assertThat(aws.metricRequests)
                .extracting(request -> request.metricDataQueries().size())
                .containsExactly(500, 500, 200, 300);
    }
}
