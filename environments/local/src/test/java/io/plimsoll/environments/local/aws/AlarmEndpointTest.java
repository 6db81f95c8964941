package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.EndpointFixture.HIGH;
import static io.plimsoll.environments.local.aws.EndpointFixture.LOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

@SuppressWarnings("unchecked") // the SDK's builders take several consumers of generic types
class AlarmEndpointTest {
    private final EndpointFixture fixture = new EndpointFixture();
    private final CloudWatchClient cloudWatch = fixture.client(CloudWatchClient.builder());

    @AfterEach
    void close() {
        cloudWatch.close();
        fixture.close();
    }

    @Test
    void alarmsAreDescribedWithTheirStateAndPolicy() {
        fixture.scaledOut();

        MetricAlarm high = cloudWatch
                .describeAlarms(r -> r.stateValue(StateValue.ALARM).alarmNamePrefix("TargetTracking-plimsoll-app-"))
                .metricAlarms()
                .get(0);

        assertThat(high.alarmName()).isEqualTo(HIGH);
        assertThat(high.statistic()).isEqualTo(Statistic.AVERAGE);
        assertThat(high.comparisonOperator()).isEqualTo(ComparisonOperator.GREATER_THAN_THRESHOLD);
        assertThat(high.threshold()).isEqualTo(50);
        assertThat(high.evaluationPeriods()).isEqualTo(3);
        assertThat(high.alarmActions().get(0))
                .contains("scalingPolicy")
                .endsWith("policyName/plimsoll-app-cpu-target-tracking");
        assertThat(cloudWatch.describeAlarms(r -> r.alarmNames(LOW)).metricAlarms())
                .extracting(MetricAlarm::stateValue)
                .containsExactly(StateValue.OK);
        assertThat(cloudWatch.describeAlarmsPaginator(r -> r.maxRecords(1)).metricAlarms())
                .hasSize(2);
        assertThat(cloudWatch
                        .describeAlarmsForMetric(r -> r.namespace("AWS/EC2")
                                .metricName("CPUUtilization")
                                .dimensions(d -> d.name("AutoScalingGroupName").value("plimsoll-app")))
                        .metricAlarms())
                .hasSize(2);
    }

    @Test
    void alarmHistoryCarriesTheStatesAsJson() {
        fixture.scaledOut();

        List<AlarmHistoryItem> items = cloudWatch
                .describeAlarmHistory(r -> r.alarmName(HIGH)
                        .historyItemType(HistoryItemType.STATE_UPDATE)
                        .scanBy(ScanBy.TIMESTAMP_ASCENDING))
                .alarmHistoryItems();

        assertThat(items)
                .extracting(AlarmHistoryItem::historySummary)
                .containsExactly("Alarm updated from INSUFFICIENT_DATA to OK", "Alarm updated from OK to ALARM");
        assertThat(items.get(1).historyData())
                .startsWith("{\"version\":\"1.0\",\"oldState\":{\"stateValue\":\"OK\"")
                .contains("\"newState\":{\"stateValue\":\"ALARM\",\"stateReason\":\"Threshold Crossed: ");
        assertThat(cloudWatch
                        .describeAlarmHistoryPaginator(r -> r.alarmName(HIGH).maxRecords(1))
                        .alarmHistoryItems())
                .extracting(AlarmHistoryItem::historyItemType)
                .containsExactly(
                        HistoryItemType.ACTION,
                        HistoryItemType.STATE_UPDATE,
                        HistoryItemType.STATE_UPDATE,
                        HistoryItemType.CONFIGURATION_UPDATE);
        assertThat(cloudWatch
                        .describeAlarmHistory(r -> r.startDate(items.get(1).timestamp()))
                        .alarmHistoryItems())
                .extracting(AlarmHistoryItem::historySummary)
                .contains("Alarm updated from OK to ALARM")
                .doesNotContain("Alarm updated from INSUFFICIENT_DATA to OK");
    }

    @Test
    void anAlarmOnAPercentileIsPutSetAndDeleted() {
        cloudWatch.putMetricAlarm(r -> r.alarmName("slow <&> \"late\"")
                .namespace("AWS/ApplicationELB")
                .metricName("TargetResponseTime")
                .dimensions(d -> d.name("LoadBalancer").value("app/plimsoll-lb/0"))
                .extendedStatistic("p95")
                .period(1)
                .evaluationPeriods(3)
                .datapointsToAlarm(2)
                .threshold(0.3)
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .treatMissingData("notBreaching"));

        MetricAlarm alarm = cloudWatch.describeAlarms().metricAlarms().get(0);
        assertThat(alarm.alarmName()).isEqualTo("slow <&> \"late\"");
        assertThat(alarm.extendedStatistic()).isEqualTo("p95");
        assertThat(alarm.statistic()).isNull();
        assertThat(alarm.datapointsToAlarm()).isEqualTo(2);
        assertThat(alarm.treatMissingData()).isEqualTo("notBreaching");
        assertThat(alarm.stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);

        cloudWatch.setAlarmState(
                r -> r.alarmName(alarm.alarmName()).stateValue(StateValue.ALARM).stateReason("a <drill> & more"));
        assertThat(cloudWatch.describeAlarms().metricAlarms().get(0).stateReason())
                .isEqualTo("a <drill> & more");
        cloudWatch.disableAlarmActions(r -> r.alarmNames(alarm.alarmName()));
        assertThat(cloudWatch.describeAlarms().metricAlarms().get(0).actionsEnabled())
                .isFalse();
        cloudWatch.deleteAlarms(r -> r.alarmNames(alarm.alarmName()));
        assertThat(cloudWatch.describeAlarms().metricAlarms()).isEmpty();
        assertThatThrownBy(() -> cloudWatch.setAlarmState(
                        r -> r.alarmName("other").stateValue(StateValue.OK).stateReason("x")))
                .isInstanceOfSatisfying(CloudWatchException.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(404);
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ResourceNotFound");
                    assertThat(error.awsErrorDetails().errorMessage()).isEqualTo("Could not find alarm other");
                });
    }

    @Test
    void whatIsNoAlarmIsRefused() {
        assertThatThrownBy(() -> cloudWatch.putMetricAlarm(r -> r.alarmName("x")
                        .namespace("N")
                        .metricName("M")
                        .period(7)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator("GreaterThanThreshold")
                        .statistic("Average")))
                .hasMessageContaining("Period must be 1, 5, 10, 20, 30 or a multiple of 60, was 7");
        assertThatThrownBy(() -> cloudWatch.putMetricAlarm(r -> r.alarmName("x")
                        .namespace("N")
                        .metricName("M")
                        .period(60)
                        .evaluationPeriods(1)
                        .datapointsToAlarm(2)
                        .threshold(1.0)
                        .comparisonOperator("GreaterThanThreshold")
                        .statistic("Average")))
                .hasMessageContaining("alarm x: datapoints to alarm must be in [1, 1], was 2");
    }
}
