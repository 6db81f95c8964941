package io.plimsoll.environments.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.Statistic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmEvaluationTest {
    private static final Instant T0 = Instant.parse("2026-11-24T04:00:00Z");
    private static final MetricKey METRIC = new MetricKey("Plimsoll/Test", "Load", new TreeMap<>());

    private static AlarmSpec alarm(int datapointsToAlarm, int periods, MissingData missing) {
        return new AlarmSpec(
                "load-high",
                Optional.empty(),
                METRIC,
                Statistic.AVERAGE,
                Duration.ofSeconds(1),
                periods,
                datapointsToAlarm,
                Comparison.GREATER_THAN,
                50,
                missing,
                AlarmActions.NONE);
    }

    /** X breaches, 0 does not, - is missing; a period each, the oldest first. */
    private static List<Optional<Datapoint>> range(String picture) {
        List<Optional<Datapoint>> range = new ArrayList<>();
        for (char each : picture.replace(" ", "").toCharArray()) {
            Instant at = T0.plusSeconds(range.size());
            range.add(each == '-' ? Optional.empty() : Optional.of(new Datapoint(at, each == 'X' ? 50.5 : 50)));
        }
        return range;
    }

    private static AlarmState state(AlarmSpec alarm, String picture, AlarmState current) {
        return AlarmEvaluation.of(alarm, range(picture), current).state();
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 X X X, ALARM",
        "0 0 0 X X, OK",
        "X X X X 0, OK",
        "0 0 X 0 X, OK",
        "X X X X X, ALARM",
        "0 0 0 0 0, OK"
    })
    void threeOfThreeNeedsExactlyThreeBreachingDatapoints(String picture, AlarmState expected) {
        assertThat(state(alarm(3, 3, MissingData.MISSING), picture, AlarmState.OK))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0 0 X 0 X, ALARM", "0 0 X 0 0, OK", "X X 0 0 X, OK", "0 0 X X 0, ALARM"})
    void twoOfThreeNeedTwoAnywhereInTheLastThree(String picture, AlarmState expected) {
        assertThat(state(alarm(2, 3, MissingData.MISSING), picture, AlarmState.OK))
                .isEqualTo(expected);
    }

    /** The table of CloudWatch's user guide for 3 of 3 and an evaluation range of 5; IGNORE keeps the current state. */
    @ParameterizedTest
    @CsvSource({
        "0 - X - X, OK, OK, OK, OK",
        "0 - - - -, OK, OK, OK, OK",
        "- - - - -, INSUFFICIENT_DATA, OK, ALARM, OK",
        "0 X X - X, ALARM, ALARM, ALARM, ALARM",
        "- - X - -, ALARM, OK, ALARM, OK"
    })
    void missingDatapointsAreTreatedAsCloudWatchDocumentsIt(
            String picture, AlarmState missing, AlarmState ignore, AlarmState breaching, AlarmState notBreaching) {
        assertThat(state(alarm(3, 3, MissingData.MISSING), picture, AlarmState.OK))
                .isEqualTo(missing);
        assertThat(state(alarm(3, 3, MissingData.IGNORE), picture, AlarmState.OK))
                .isEqualTo(ignore);
        assertThat(state(alarm(3, 3, MissingData.BREACHING), picture, AlarmState.OK))
                .isEqualTo(breaching);
        assertThat(state(alarm(3, 3, MissingData.NOT_BREACHING), picture, AlarmState.OK))
                .isEqualTo(notBreaching);
    }

    @Test
    void aFreshBreachAloneRaisesNoAlarmBeforeItIsOldEnough() {
        AlarmSpec alarm = alarm(3, 3, MissingData.MISSING);

        assertThat(state(alarm, "- - - - X", AlarmState.INSUFFICIENT_DATA)).isEqualTo(AlarmState.INSUFFICIENT_DATA);
        assertThat(state(alarm, "- - - X X", AlarmState.INSUFFICIENT_DATA)).isEqualTo(AlarmState.INSUFFICIENT_DATA);
        assertThat(state(alarm, "- - X X X", AlarmState.INSUFFICIENT_DATA)).isEqualTo(AlarmState.ALARM);
    }

    @Test
    void theReasonNamesTheDatapointsAndTheThreshold() {
        AlarmSpec alarm = alarm(3, 3, MissingData.MISSING);

        assertThat(AlarmEvaluation.of(alarm, range("0 0 X X X"), AlarmState.OK).reason())
                .isEqualTo("Threshold Crossed: 3 out of the last 3 datapoints [50.5 (24/11/26 04:00:02), 50.5"
                        + " (24/11/26 04:00:03), 50.5 (24/11/26 04:00:04)] were greater than the threshold (50.0)"
                        + " (minimum 3 datapoints for OK -> ALARM transition).");
        assertThat(AlarmEvaluation.of(alarm, range("0 X X X 0"), AlarmState.ALARM)
                        .reason())
                .isEqualTo("Threshold Crossed: 1 out of the last 3 datapoints [50.0 (24/11/26 04:00:04)] was not"
                        + " greater than the threshold (50.0) (minimum 1 datapoint for ALARM -> OK transition).");
        assertThat(AlarmEvaluation.of(alarm, range("- - - - -"), AlarmState.OK).reason())
                .isEqualTo("Insufficient Data: 3 datapoints were unknown.");
    }

    @ParameterizedTest
    @CsvSource({
        "GREATER_THAN, false, true",
        "GREATER_THAN_OR_EQUAL, true, true",
        "LESS_THAN, false, false",
        "LESS_THAN_OR_EQUAL, true, false"
    })
    void aDatapointAtTheThresholdBreachesOnlyIfEqualityDoes(Comparison comparison, boolean at, boolean above) {
        assertThat(comparison.breaches(50, 50)).isEqualTo(at);
        assertThat(comparison.breaches(50.001, 50)).isEqualTo(above);
    }

    @Test
    void moreDatapointsToAlarmThanPeriodsAreRefused() {
        assertThatThrownBy(() -> alarm(4, 3, MissingData.MISSING))
                .hasMessage("alarm load-high: datapoints to alarm must be in [1, 3], was 4");
    }
}
