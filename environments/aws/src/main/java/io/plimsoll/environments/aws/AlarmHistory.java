package io.plimsoll.environments.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.TimeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** Reads when alarms changed their state. */
record AlarmHistory(CloudWatchClient client, AwsCalls calls) {
    private static final String DESCRIBE = "cloudwatch:DescribeAlarmHistory";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SUMMARY = Pattern.compile("Alarm updated from (\\S+) to (\\S+)");

    /**
     * State changes of one alarm within a window, by time.
     *
     * @param alarm name of the alarm
     * @param resource id of the resource that the alarm acts on
     */
    List<Event> read(String alarm, String resource, TimeWindow window) throws InterruptedException {
        List<DescribeAlarmHistoryResponse> pages = calls.pages(
                DESCRIBE,
                token -> client.describeAlarmHistory(request -> request.alarmName(alarm)
                        .historyItemType(HistoryItemType.STATE_UPDATE)
                        .startDate(window.start())
                        .endDate(window.end())
                        .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                        .nextToken(token)),
                DescribeAlarmHistoryResponse::nextToken);
        List<Event> events = new ArrayList<>();
        for (DescribeAlarmHistoryResponse page : pages) {
            for (AlarmHistoryItem item : page.alarmHistoryItems()) {
                if (item.historyItemType() == HistoryItemType.STATE_UPDATE && window.contains(item.timestamp())) {
                    events.add(event(item, resource));
                }
            }
        }
        return events;
    }

    /**
     * An item as an event. The states are those of HistoryData ({@code oldState.stateValue}, {@code
     * newState.stateValue}, {@code newState.stateReason}), or, where that is not readable, of HistorySummary.
     */
    private static Event event(AlarmHistoryItem item, String resource) {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("alarm", item.alarmName());
        Optional<JsonNode> data = json(item.historyData());
        Matcher summary = SUMMARY.matcher(String.valueOf(item.historySummary()));
        boolean summarised = summary.find();
        details.put("from", state(data, "oldState").orElse(summarised ? summary.group(1) : "unknown"));
        details.put("to", state(data, "newState").orElse(summarised ? summary.group(2) : "unknown"));
        details.put(
                "reason",
                data.map(json -> json.path("newState").path("stateReason").asText(""))
                        .filter(reason -> !reason.isEmpty())
                        .orElse("none given"));
        return new Event(
                item.timestamp(),
                Event.Kind.ALARM,
                resource,
                item.alarmName() + ": " + details.get("from") + " to " + details.get("to"),
                details);
    }

    private static Optional<String> state(Optional<JsonNode> data, String which) {
        return data.map(json -> json.path(which).path("stateValue").asText("")).filter(state -> !state.isEmpty());
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text == null ? "" : text));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // the summary says the states as well
        }
    }
}
