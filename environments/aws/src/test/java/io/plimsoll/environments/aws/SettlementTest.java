package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Series.Completeness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;

class SettlementTest extends SettlementCase {
    @Test
    void whatDoesNotChangeSettlesAfterTheQuietTimeInTwoPulls() {
        aws.metricData = request -> all(request, id -> complete(id, 1, 2));
        Settlement.Result result = settle(1);
        Series series = result.series().get(0);
        assertThat(series.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(series.note()).isEmpty();
        assertThat(series.samples()).containsExactly(new Sample(FROM, 1), new Sample(FROM.plusSeconds(1), 2));
        assertThat(result.settled()).isTrue();
        assertThat(result.problems()).isEmpty();
        assertThat(secondsPassed()).isEqualTo(2);
        assertThat(aws.metricRequests).hasSize(2);
    }

    @Test
    void aLateDatapointAndARevisedOneAreWaitedFor() {
        aws.metricData = request -> all(request, id -> switch (secondsPassed()) {
            case 0 -> complete(id, 1);
            case 2 -> complete(id, 1, 7);
            default -> complete(id, 1.5, 7);
        });
        Settlement.Result result = settle(1);
        assertThat(values(result.series().get(0))).containsExactly(1.5, 7.0);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(secondsPassed()).isEqualTo(6);
    }

    @Test
    void whatStillChangesAtTheDeadlineIsPartial() {
        aws.metricData = request -> all(request, id -> complete(id, secondsPassed()));
        Settlement.Result result = settle(1);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(result.series().get(0).note()).isEqualTo(GAVE_UP);
        assertThat(values(result.series().get(0))).containsExactly(14.0);
        assertThat(result.settled()).isFalse();
        assertThat(result.problems())
                .containsExactly("1 of 1 metric series, such as 'host cpu' of i-00000000, are PARTIAL: " + GAVE_UP);
        assertThat(time.instant()).isBeforeOrEqualTo(DEADLINE);
    }

    @Test
    void onlyWhatHasNotSettledIsAskedAgain() {
        aws.metricData = request -> GetMetricDataResponse.builder()
                .metricDataResults(request.metricDataQueries().stream()
                        .map(query -> complete(query.id(), instance(query) == 1 ? Math.min(secondsPassed(), 2) : 0))
                        .toList())
                .build();
        settle(3);
        assertThat(aws.metricRequests)
                .extracting(request -> request.metricDataQueries().size())
                .containsExactly(3, 3, 1);
        assertThat(aws.ledger().metricsRequested()).isEqualTo(7);
    }

    @Test
    void throttlingIsWaitedOut() {
        aws.metricData = request -> {
            if (secondsPassed() < 4) {
                throw AwsErrors.throttled();
            }
            return all(request, id -> complete(id, 5));
        };
        Settlement.Result result = settle(1);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(result.problems()).isEmpty();
        assertThat(secondsPassed()).isEqualTo(6);
    }

    @Test
    void throttlingToTheEndIsAFailure() {
        aws.metricData = request -> {
            throw AwsErrors.throttled();
        };
        Settlement.Result result = settle(1);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.FAILED);
        assertThat(result.series().get(0).note())
                .isEqualTo("cloudwatch:GetMetricData was throttled (Throttling: Rate exceeded)");
        assertThat(result.settled()).isFalse();
        assertThat(time.instant()).isBeforeOrEqualTo(DEADLINE);
    }

    @Test
    void whatWasAnsweredBeforeThrottlingIsKeptAsPartial() {
        aws.metricData = request -> {
            if (secondsPassed() > 0) {
                throw AwsErrors.throttled();
            }
            return all(request, id -> complete(id, 5));
        };
        Series series = settle(1).series().get(0);
        assertThat(series.completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(series.note()).isEqualTo("cloudwatch:GetMetricData was throttled (Throttling: Rate exceeded)");
        assertThat(values(series)).containsExactly(5.0);
    }

    @Test
    void aRefusedCallIsNotRepeated() {
        aws.metricData = request -> {
            throw AwsErrors.denied("cloudwatch:GetMetricData");
        };
        String note =
                "permission cloudwatch:GetMetricData is missing (AccessDenied: User: load-test is not authorized to"
                        + " perform: cloudwatch:GetMetricData)";
        Settlement.Result result = settle(2);
        assertThat(result.series()).extracting(Series::completeness).containsOnly(Completeness.REFUSED);
        assertThat(result.series()).extracting(Series::note).containsOnly(note);
        assertThat(result.problems())
                .containsExactly("2 of 2 metric series, such as 'host cpu' of i-00000000, are REFUSED: " + note);
        assertThat(aws.metricRequests).hasSize(1);
    }

    @Test
    void anInternalErrorOfOneMetricDoesNotSpoilAnother() {
        aws.metricData = request -> GetMetricDataResponse.builder()
                .metricDataResults(request.metricDataQueries().stream()
                        .map(query -> FakeStack.result(
                                query.id(), instance(query) == 0 ? "InternalError" : "Complete", FROM, 1))
                        .toList())
                .build();
        List<Series> series = settle(2).series();
        assertThat(series.get(0).completeness()).isEqualTo(Completeness.FAILED);
        assertThat(series.get(0).note()).isEqualTo("CloudWatch failed on this metric (InternalError)");
        assertThat(series.get(1).completeness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void aForbiddenMetricIsRefusedAndPartialDataIsPartial() {
        aws.metricData = request -> GetMetricDataResponse.builder()
                .metricDataResults(request.metricDataQueries().stream()
                        .map(query -> FakeStack.result(
                                query.id(), instance(query) == 0 ? "Forbidden" : "PartialData", FROM, 1))
                        .toList())
                .build();
        List<Series> series = settle(2).series();
        assertThat(series.get(0).completeness()).isEqualTo(Completeness.REFUSED);
        assertThat(series.get(0).note())
                .isEqualTo("permission cloudwatch:GetMetricData is missing for this metric (Forbidden)");
        assertThat(series.get(1).completeness()).isEqualTo(Completeness.PARTIAL);
    }

    @Test
    void partialDataToTheEndIsPartialThoughItDoesNotChange() {
        aws.metricData = request -> all(request, id -> FakeStack.result(id, "PartialData", FROM, 1));
        Settlement.Result result = settle(1);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(result.series().get(0).note()).isEqualTo("CloudWatch answered only a part (PartialData)");
        assertThat(result.settled()).isFalse();
    }

    @Test
    void aMetricLeftOutOfTheAnswerFailed() {
        aws.metricData = request -> page(null, complete("m1", 2));
        List<Series> series = settle(2).series();
        assertThat(series.get(0).completeness()).isEqualTo(Completeness.FAILED);
        assertThat(series.get(0).note()).isEqualTo("CloudWatch left it out of its answer");
        assertThat(series.get(1).completeness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void aMetricWithoutDatapointsIsCompleteAndEmpty() {
        aws.metricData = request -> all(request, id -> complete(id));
        Series series = settle(1).series().get(0);
        assertThat(series.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(series.samples()).isEmpty();
    }

    @Test
    void slowAnswersCannotCarryItPastTheDeadlineByMoreThanOneCall() {
        aws.metricData = request -> {
            time.sleep(AwsClients.CALL_TIMEOUT.minusSeconds(7));
            return all(request, id -> complete(id, 1));
        };
        List<Series> series = settle(1200).series();
        assertThat(secondsPassed()).isEqualTo(26);
        assertThat(series.get(0).completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(series.get(1199).completeness()).isEqualTo(Completeness.FAILED);
        assertThat(series.get(1199).note())
                .isEqualTo("cloudwatch:GetMetricData was not asked: the settle deadline had passed");
    }

    @Test
    void anInterruptionIsHonoured() {
        AwsCalls calls = AwsCalls.until(DEADLINE, time);
        MetricReader reader =
                new MetricReader(aws.cloudWatch(), aws.ledger(), calls, Duration.ofSeconds(1), Duration.ofSeconds(2));
        Settlement settlement = new Settlement(reader, calls, Descriptors.OBSERVING, "us-east-1", duration -> {
            throw new InterruptedException("asleep");
        });
        assertThatThrownBy(() -> settlement.settle(hostCpu(1), WINDOW, DEADLINE))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("asleep");
    }
}
