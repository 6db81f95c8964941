package io.plimsoll.environments.local.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.environments.local.metrics.Statistic;
import io.plimsoll.environments.local.scaling.AlarmActions;
import io.plimsoll.environments.local.scaling.AlarmEvent;
import io.plimsoll.environments.local.scaling.AlarmSpec;
import io.plimsoll.environments.local.scaling.AlarmState;
import io.plimsoll.environments.local.scaling.AlarmStatus;
import io.plimsoll.environments.local.scaling.Alarms;
import io.plimsoll.environments.local.scaling.Comparison;
import io.plimsoll.environments.local.scaling.MissingData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;

/** CloudWatch's metric alarms and their history. */
final class AlarmOperations {
    private static final int OF_A_PAGE = 100;
    private static final String BAD_TOKEN = "InvalidNextToken";
    private static final Set<Integer> HIGH_RESOLUTION_PERIODS = Set.of(1, 5, 10, 20, 30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Alarms alarms;
    private final Arns arns;

    AlarmOperations(Alarms alarms, Arns arns) {
        this.alarms = alarms;
        this.arns = arns;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("DescribeAlarms", DescribeAlarmsRequest::builder, this::describe),
                Operation.of("DescribeAlarmHistory", DescribeAlarmHistoryRequest::builder, this::history),
                Operation.of("DescribeAlarmsForMetric", DescribeAlarmsForMetricRequest::builder, this::forMetric),
                Operation.of("PutMetricAlarm", PutMetricAlarmRequest::builder, this::put),
                Operation.of("SetAlarmState", SetAlarmStateRequest::builder, this::set),
                Operation.of("DeleteAlarms", DeleteAlarmsRequest::builder, this::delete),
                Operation.of("EnableAlarmActions", EnableAlarmActionsRequest::builder, request -> {
                    alarms.enableActions(request.alarmNames(), true);
                    return EnableAlarmActionsResponse.builder().build();
                }),
                Operation.of("DisableAlarmActions", DisableAlarmActionsRequest::builder, request -> {
                    alarms.enableActions(request.alarmNames(), false);
                    return DisableAlarmActionsResponse.builder().build();
                }));
    }

    private DescribeAlarmsResponse describe(DescribeAlarmsRequest request) {
        List<MetricAlarm> found = alarms.all().stream()
                .filter(alarm -> request.alarmNames().isEmpty()
                        || request.alarmNames().contains(alarm.spec().name()))
                .filter(alarm ->
                        request.alarmNamePrefix() == null || alarm.spec().name().startsWith(request.alarmNamePrefix()))
                .filter(alarm -> request.stateValueAsString() == null
                        || request.stateValueAsString().equals(alarm.state().name()))
                .filter(alarm -> request.actionPrefix() == null
                        || alarm.spec().actions().alarm().stream()
                                .anyMatch(action -> action.startsWith(request.actionPrefix())))
                .map(this::alarm)
                .toList();
        Page<MetricAlarm> page = Page.of(found, request.nextToken(), request.maxRecords(), OF_A_PAGE, BAD_TOKEN);
        return DescribeAlarmsResponse.builder()
                .metricAlarms(page.items())
                .compositeAlarms(List.of())
                .nextToken(page.nextOrNull())
                .build();
    }

    private DescribeAlarmsForMetricResponse forMetric(DescribeAlarmsForMetricRequest request) {
        var key = Metrics.key(request.namespace(), request.metricName(), request.dimensions());
        return DescribeAlarmsForMetricResponse.builder()
                .metricAlarms(alarms.all().stream()
                        .filter(alarm -> alarm.spec().metric().equals(key))
                        .map(this::alarm)
                        .toList())
                .build();
    }

    private MetricAlarm alarm(AlarmStatus status) {
        AlarmSpec spec = status.spec();
        MetricAlarm.Builder alarm = MetricAlarm.builder()
                .alarmName(spec.name())
                .alarmArn(arns.alarm(spec.name()))
                .alarmDescription(spec.description().orElse(null))
                .alarmConfigurationUpdatedTimestamp(status.configured())
                .actionsEnabled(spec.actions().enabled())
                .alarmActions(spec.actions().alarm())
                .okActions(spec.actions().ok())
                .insufficientDataActions(spec.actions().insufficientData())
                .stateValue(status.state().name())
                .stateReason(status.reason())
                .stateUpdatedTimestamp(status.updated())
                .stateTransitionedTimestamp(status.updated())
                .namespace(spec.metric().namespace())
                .metricName(spec.metric().name())
                .dimensions(Metrics.dimensions(spec.metric()))
                .period(Math.toIntExact(spec.period().toSeconds()))
                .evaluationPeriods(spec.evaluationPeriods())
                .datapointsToAlarm(spec.datapointsToAlarm())
                .threshold(spec.threshold())
                .comparisonOperator(spec.comparison().operator())
                .treatMissingData(spec.missingData().value());
        String statistic = spec.statistic().name();
        return (statistic.startsWith("p") ? alarm.extendedStatistic(statistic) : alarm.statistic(statistic)).build();
    }

    private PutMetricAlarmResponse put(PutMetricAlarmRequest request) {
        if (!request.metrics().isEmpty()) {
            throw invalid("Alarms on metric math are not offered here");
        }
        require(request.alarmName(), "AlarmName");
        require(request.namespace(), "Namespace");
        require(request.metricName(), "MetricName");
        require(request.evaluationPeriods(), "EvaluationPeriods");
        require(request.threshold(), "Threshold");
        require(request.comparisonOperatorAsString(), "ComparisonOperator");
        Integer period = request.period();
        require(period, "Period");
        if (!HIGH_RESOLUTION_PERIODS.contains(period) && (period <= 0 || period % 60 != 0)) {
            throw invalid("Period must be 1, 5, 10, 20, 30 or a multiple of 60, was " + period);
        }
        if ((request.statisticAsString() == null) == (request.extendedStatistic() == null)) {
            throw AwsFault.badRequest(
                    "InvalidParameterCombination", "Exactly one of Statistic and ExtendedStatistic must be specified");
        }
        try {
            alarms.put(new AlarmSpec(
                    request.alarmName(),
                    Optional.ofNullable(request.alarmDescription()),
                    Metrics.key(request.namespace(), request.metricName(), request.dimensions()),
                    Statistic.named(
                            request.extendedStatistic() == null
                                    ? request.statisticAsString()
                                    : request.extendedStatistic()),
                    Duration.ofSeconds(period),
                    request.evaluationPeriods(),
                    request.datapointsToAlarm() == null ? request.evaluationPeriods() : request.datapointsToAlarm(),
                    comparison(request.comparisonOperatorAsString()),
                    request.threshold(),
                    missing(request.treatMissingData()),
                    new AlarmActions(
                            !Boolean.FALSE.equals(request.actionsEnabled()),
                            request.alarmActions(),
                            request.okActions(),
                            request.insufficientDataActions())));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        return PutMetricAlarmResponse.builder().build();
    }

    private static Comparison comparison(String operator) {
        return Arrays.stream(Comparison.values())
                .filter(each -> each.operator().equals(operator))
                .findFirst()
                .orElseThrow(() -> invalid("ComparisonOperator '" + operator + "' is not one of "
                        + Arrays.stream(Comparison.values())
                                .map(Comparison::operator)
                                .collect(Collectors.joining(", "))));
    }

    private static MissingData missing(String word) {
        return word == null
                ? MissingData.MISSING
                : Arrays.stream(MissingData.values())
                        .filter(each -> each.value().equals(word))
                        .findFirst()
                        .orElseThrow(() -> invalid("TreatMissingData '" + word + "' is not one of "
                                + Arrays.stream(MissingData.values())
                                        .map(MissingData::value)
                                        .collect(Collectors.joining(", "))));
    }

    private SetAlarmStateResponse set(SetAlarmStateRequest request) {
        require(request.alarmName(), "AlarmName");
        require(request.stateReason(), "StateReason");
        String state = String.valueOf(request.stateValueAsString());
        AlarmState wanted = Arrays.stream(AlarmState.values())
                .filter(each -> each.name().equals(state))
                .findFirst()
                .orElseThrow(() -> AwsFault.badRequest(
                        "ValidationError", "StateValue '" + state + "' is not one of OK, ALARM, INSUFFICIENT_DATA"));
        alarms.set(request.alarmName(), wanted, request.stateReason());
        return SetAlarmStateResponse.builder().build();
    }

    private DeleteAlarmsResponse delete(DeleteAlarmsRequest request) {
        alarms.delete(request.alarmNames());
        return DeleteAlarmsResponse.builder().build();
    }

    private static void require(Object value, String name) {
        if (value == null) {
            throw AwsFault.badRequest("MissingParameter", "The parameter " + name + " is required.");
        }
    }

    private static AwsFault invalid(String message) {
        return AwsFault.badRequest("ValidationError", message);
    }

    private DescribeAlarmHistoryResponse history(DescribeAlarmHistoryRequest request) {
        List<AlarmHistoryItem> items = new ArrayList<>(alarms.history().stream()
                .filter(event ->
                        request.alarmName() == null || request.alarmName().equals(event.alarm()))
                .filter(event -> request.historyItemTypeAsString() == null
                        || request.historyItemTypeAsString().equals(event.kind().word()))
                .filter(event -> request.startDate() == null || !event.at().isBefore(request.startDate()))
                .filter(event -> request.endDate() == null || !event.at().isAfter(request.endDate()))
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

    private static AlarmHistoryItem item(AlarmEvent event) {
        ObjectNode data = JSON.createObjectNode().put("version", "1.0");
        event.transition().ifPresent(change -> {
            data.putObject("oldState").put("stateValue", change.from().name()).put("stateReason", change.fromReason());
            data.putObject("newState").put("stateValue", change.to().name()).put("stateReason", change.toReason());
        });
        event.resource().ifPresent(arn -> data.put("actionState", "Succeeded").put("notificationResource", arn));
        return AlarmHistoryItem.builder()
                .alarmName(event.alarm())
                .alarmType(AlarmType.METRIC_ALARM)
                .timestamp(event.at())
                .historyItemType(event.kind().word())
                .historySummary(event.summary())
                .historyData(data.toString())
                .build();
    }
}
