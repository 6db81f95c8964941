package io.plimsoll.environments.local.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.environments.local.scaling.AlarmSpec;
import io.plimsoll.environments.local.scaling.AlarmStatus;
import io.plimsoll.environments.local.scaling.AlarmTransition;
import io.plimsoll.environments.local.scaling.ControlPlaneView;
import io.plimsoll.environments.local.scaling.GroupStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** CloudWatch's alarms and their history. */
final class AlarmOperations {
    private static final int OF_A_PAGE = 100;
    private static final String BAD_TOKEN = "InvalidNextToken";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ControlPlaneView controlPlane;
    private final Arns arns;

    AlarmOperations(ControlPlaneView controlPlane, Arns arns) {
        this.controlPlane = controlPlane;
        this.arns = arns;
    }

    DescribeAlarmsResponse describe(DescribeAlarmsRequest request) {
        List<MetricAlarm> alarms = controlPlane.alarms().stream()
                .filter(alarm -> request.alarmNames().isEmpty()
                        || request.alarmNames().contains(alarm.spec().name()))
                .filter(alarm ->
                        request.alarmNamePrefix() == null || alarm.spec().name().startsWith(request.alarmNamePrefix()))
                .filter(alarm -> request.stateValueAsString() == null
                        || request.stateValueAsString().equals(alarm.state().name()))
                .map(this::alarm)
                .toList();
        Page<MetricAlarm> page = Page.of(alarms, request.nextToken(), request.maxRecords(), OF_A_PAGE, BAD_TOKEN);
        return DescribeAlarmsResponse.builder()
                .metricAlarms(page.items())
                .compositeAlarms(List.of())
                .nextToken(page.nextOrNull())
                .build();
    }

    private MetricAlarm alarm(AlarmStatus status) {
        AlarmSpec spec = status.spec();
        return MetricAlarm.builder()
                .alarmName(spec.name())
                .alarmArn(arns.alarm(spec.name()))
                .alarmConfigurationUpdatedTimestamp(status.configured())
                .actionsEnabled(true)
                .alarmActions(actions(spec.name()))
                .okActions(List.of())
                .insufficientDataActions(List.of())
                .stateValue(status.state().name())
                .stateReason(status.reason())
                .stateUpdatedTimestamp(status.updated())
                .stateTransitionedTimestamp(status.updated())
                .namespace(spec.metric().namespace())
                .metricName(spec.metric().name())
                .dimensions(Metrics.dimensions(spec.metric()))
                .statistic(spec.statistic().name())
                .period(Math.toIntExact(spec.period().toSeconds()))
                .evaluationPeriods(spec.evaluationPeriods())
                .datapointsToAlarm(spec.datapointsToAlarm())
                .threshold(spec.threshold())
                .comparisonOperator(spec.comparison().operator())
                .treatMissingData(spec.missingData().value())
                .build();
    }

    private List<String> actions(String alarm) {
        return controlPlane.groups().stream()
                .filter(group -> group.alarms().contains(alarm))
                .map((GroupStatus group) -> arns.policy(group.spec().name(), group.policy()))
                .toList();
    }

    DescribeAlarmHistoryResponse history(DescribeAlarmHistoryRequest request) {
        List<AlarmHistoryItem> items = new ArrayList<>(controlPlane.alarmHistory().stream()
                .filter(change ->
                        request.alarmName() == null || request.alarmName().equals(change.alarm()))
                .filter(change ->
                        request.historyItemType() == null || request.historyItemType() == HistoryItemType.STATE_UPDATE)
                .filter(change -> request.startDate() == null || !change.at().isBefore(request.startDate()))
                .filter(change -> request.endDate() == null || !change.at().isAfter(request.endDate()))
                .map(AlarmOperations::item)
                .toList());
        if (request.scanBy() != ScanBy.TIMESTAMP_ASCENDING) {
            Collections.reverse(items);
        }
        Page<AlarmHistoryItem> page = Page.of(items, request.nextToken(), request.maxRecords(), OF_A_PAGE, BAD_TOKEN);
        return DescribeAlarmHistoryResponse.builder()
                .alarmHistoryItems(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static AlarmHistoryItem item(AlarmTransition change) {
        ObjectNode data = JSON.createObjectNode().put("version", "1.0");
        data.putObject("oldState").put("stateValue", change.from().name()).put("stateReason", change.fromReason());
        data.putObject("newState").put("stateValue", change.to().name()).put("stateReason", change.toReason());
        return AlarmHistoryItem.builder()
                .alarmName(change.alarm())
                .alarmType(AlarmType.METRIC_ALARM)
                .timestamp(change.at())
                .historyItemType(HistoryItemType.STATE_UPDATE)
                .historySummary("Alarm updated from " + change.from() + " to " + change.to())
                .historyData(data.toString())
                .build();
    }
}
