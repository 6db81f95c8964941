package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;

class HistoryReaderTest {
    private static final Instant FROM = Instant.parse("2026-11-24T10:00:00Z");
    private static final TimeWindow WINDOW = new TimeWindow(FROM, FROM.plusSeconds(120));
    private static final String ALARM = "TargetTracking-shop-group-AlarmHigh";
    private static final Topology TOPOLOGY = new Topology(
            List.of(Resource.of(ResourceKind.SCALING_GROUP, "shop-group", Map.of("alarm " + ALARM, "keep-cpu"))));

    /** Texts of the Amazon EC2 Auto Scaling user guide, "Verify a scaling activity for an Auto Scaling group". */
    private static final String CAUSE =
            "At 2026-11-24T10:00:30Z a monitor alarm TargetTracking-shop-group-AlarmHigh in state ALARM triggered policy"
                    + " keep-cpu changing the desired capacity from 1 to 2.  At 2026-11-24T10:00:40Z an instance was"
                    + " started in response to a difference between desired and actual capacity, increasing the capacity"
                    + " from 1 to 2.";

    private final FakeTime time = new FakeTime();
    private final FakeAws aws = new FakeAws(time);

    private HistoryReader.History read() throws InterruptedException {
        return new HistoryReader(aws.services(), AwsCalls.unbounded(time), WINDOW).read(TOPOLOGY);
    }

    private static Activity.Builder activity(String id, Instant start, @Nullable Instant end) {
        return Activity.builder()
                .activityId(id)
                .autoScalingGroupName("shop-group")
                .description("Launching a new EC2 instance: i-0123456789abcdef0")
                .cause(CAUSE)
                .startTime(start)
                .endTime(end)
                .statusCode("Successful");
    }

    private void activities(Activity... activities) {
        aws.activities = request -> DescribeScalingActivitiesResponse.builder()
                .activities(activities)
                .build();
    }

    @Test
    void aLaunchIsAnEventWithItsCauseEndAndInstance() throws InterruptedException {
        activities(activity("a-1", FROM.plusSeconds(40), FROM.plusSeconds(75)).build());
        Event event = read().events().get(0);
        assertThat(event.at()).isEqualTo(FROM.plusSeconds(40));
        assertThat(event.kind()).isEqualTo(Event.Kind.SCALING_ACTIVITY);
        assertThat(event.resource()).isEqualTo("shop-group");
        assertThat(event.summary()).isEqualTo("Launching a new EC2 instance: i-0123456789abcdef0 (Successful)");
        assertThat(event.details())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "activity", "Launching a new EC2 instance: i-0123456789abcdef0",
                        "id", "a-1",
                        "status", "Successful",
                        "cause", CAUSE.replace("  ", " "),
                        "end", "2026-11-24T10:01:15Z",
                        "instance", "i-0123456789abcdef0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PendingSpotBidPlacement",
                "WaitingForInstanceId",
                "PreInService",
                "InProgress",
                "WaitingForELBConnectionDraining",
                "MidLifecycleAction",
                "WaitingForInstanceWarmup",
                "Failed",
                "Cancelled",
                "WaitingForConnectionDraining",
                "StatusOfTheFuture"
            })
    void everyStatusIsKept(String status) throws InterruptedException {
        activities(activity("a-1", FROM, null).statusCode(status).build());
        assertThat(read().events().get(0).details())
                .containsEntry("status", status)
                .doesNotContainKey("end");
    }

    @Test
    void aFailedLaunchSaysWhyAndNamesNoInstance() throws InterruptedException {
        activities(activity("a-1", FROM, FROM.plusSeconds(1))
                .description(
                        "Launching a new EC2 instance.  Status Reason: You have requested more vCPU capacity than your"
                                + " current vCPU limit of 1 allows. Launching EC2 instance failed.")
                .statusCode("Failed")
                .statusMessage("You have requested more vCPU capacity than your current vCPU limit of 1 allows.")
                .build());
        assertThat(read().events().get(0).details())
                .containsEntry("status", "Failed")
                .containsEntry(
                        "status-message",
                        "You have requested more vCPU capacity than your current vCPU limit of 1 allows.")
                .doesNotContainKey("instance");
    }

    @Test
    void onlyActivitiesThatBeganInTheWindowAreTakenByStart() throws InterruptedException {
        activities(
                activity("at the end", WINDOW.end(), null).build(),
                activity("last", WINDOW.end().minusNanos(1), null).build(),
                activity("first", FROM, null).build(),
                activity("before", FROM.minusNanos(1), null).build());
        assertThat(read().activities()).extracting(Activity::activityId).containsExactly("first", "last");
    }

    @Test
    void pagingEndsWhereActivitiesEndedBeforeTheWindow() throws InterruptedException {
        List<String> asked = new ArrayList<>();
        aws.activities = request -> {
            String token = String.valueOf(request.nextToken());
            asked.add(token);
            return switch (token) {
                case "null" ->
                    page(
                            "2",
                            activity("in progress since long", FROM.minusSeconds(600), null)
                                    .build());
                case "2" -> page("3", activity("ours", FROM, null).build());
                case "3" ->
                    page(
                            "4",
                            activity("ours", FROM, null).build(),
                            activity("older", FROM.minusSeconds(9), FROM.minusSeconds(1))
                                    .build());
                default -> throw new AssertionError("asked for page " + token);
            };
        };
        assertThat(read().activities()).extracting(Activity::activityId).containsExactly("ours");
        assertThat(asked).containsExactly("null", "2", "3");
    }

    private static DescribeScalingActivitiesResponse page(String next, Activity... activities) {
        return DescribeScalingActivitiesResponse.builder()
                .activities(activities)
                .nextToken(next)
                .build();
    }

    @Test
    void instancesLiveFromTheirLaunchToTheEndOfTheirTermination() {
        List<Activity> activities = List.of(
                activity("launch", FROM.plusSeconds(40), FROM.plusSeconds(75)).build(),
                activity("end", FROM.plusSeconds(90), FROM.plusSeconds(100))
                        .description("Terminating EC2 instance: i-0123456789abcdef0")
                        .build(),
                activity("going on", FROM.plusSeconds(90), null)
                        .description("Terminating EC2 instance: i-0123456789abcdef1")
                        .statusCode("InProgress")
                        .build());
        InstanceLives lives = new InstanceLives(activities);
        assertThat(lives.named()).containsExactlyInAnyOrder("i-0123456789abcdef0", "i-0123456789abcdef1");
        Resource unseen = Resource.of(ResourceKind.INSTANCE, "i-0123456789abcdef0", Map.of());
        Resource going = Resource.of(ResourceKind.INSTANCE, "i-0123456789abcdef1", Map.of());
        List<Resource> completed =
                lives.complete(new Topology(List.of(unseen, going))).resources();
        assertThat(completed.get(0).existedFrom()).contains(FROM.plusSeconds(40));
        assertThat(completed.get(0).existedUntil()).contains(FROM.plusSeconds(100));
        assertThat(completed.get(1).existedFrom()).isEqualTo(Optional.empty());
        assertThat(completed.get(1).existedUntil()).isEqualTo(Optional.empty());
    }

    /** The shape that the CloudWatch user guide shows for HistoryData of a StateUpdate. */
    private static String data(String from, String to) {
        return """
                {"version":"1.0","oldState":{"stateValue":"%s","stateReason":"Threshold Crossed: 1 datapoint was not\
                 greater than the threshold (50.0).","stateReasonData":{"version":"1.0","period":60}},\
                "newState":{"stateValue":"%s","stateReason":"Threshold Crossed: 3 datapoints were greater than the\
                 threshold (50.0).","stateReasonData":{"version":"1.0","recentDatapoints":[81.2,79.9,90.0]}}}""".formatted(from, to);
    }

    private static AlarmHistoryItem.Builder item(Instant at, @Nullable String data) {
        return AlarmHistoryItem.builder()
                .alarmName(ALARM)
                .timestamp(at)
                .historyItemType(HistoryItemType.STATE_UPDATE)
                .historySummary("Alarm updated from OK to ALARM")
                .historyData(data);
    }

    private void history(AlarmHistoryItem... items) {
        aws.alarmHistory = request ->
                DescribeAlarmHistoryResponse.builder().alarmHistoryItems(items).build();
    }

    @Test
    void anAlarmIsAnEventOfTheGroupItActsOn() throws InterruptedException {
        history(item(FROM.plusSeconds(30), data("INSUFFICIENT_DATA", "ALARM")).build());
        Event event = read().events().get(0);
        assertThat(event.at()).isEqualTo(FROM.plusSeconds(30));
        assertThat(event.kind()).isEqualTo(Event.Kind.ALARM);
        assertThat(event.resource()).isEqualTo("shop-group");
        assertThat(event.details())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "alarm", ALARM,
                        "from", "INSUFFICIENT_DATA",
                        "to", "ALARM",
                        "reason", "Threshold Crossed: 3 datapoints were greater than the threshold (50.0)."));
    }

    @Test
    void alarmHistoryIsAskedForThisAlarmThisWindowAndStatesOnly() throws InterruptedException {
        List<DescribeAlarmHistoryRequest> asked = new ArrayList<>();
        aws.alarmHistory = request -> {
            asked.add(request);
            return DescribeAlarmHistoryResponse.builder().build();
        };
        read();
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).alarmName()).isEqualTo(ALARM);
        assertThat(asked.get(0).historyItemType()).isEqualTo(HistoryItemType.STATE_UPDATE);
        assertThat(asked.get(0).startDate()).isEqualTo(WINDOW.start());
        assertThat(asked.get(0).endDate()).isEqualTo(WINDOW.end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "\"text\"", "null", "{\"newState\":{}}"})
    void statesAreReadFromTheSummaryWhereTheDataIsNotReadable(String data) throws InterruptedException {
        history(item(FROM, data).build());
        assertThat(read().events().get(0).details())
                .containsEntry("from", "OK")
                .containsEntry("to", "ALARM")
                .containsEntry("reason", "none given");
    }

    @Test
    void aStateThatNobodySaysIsUnknown() throws InterruptedException {
        history(item(FROM, null).historySummary("something else").build());
        assertThat(read().events().get(0).details())
                .containsEntry("from", "unknown")
                .containsEntry("to", "unknown");
    }

    @Test
    void itemsOutsideTheWindowAndOtherItemsAreLeftOutAndPagesAreFollowed() throws InterruptedException {
        aws.alarmHistory = request -> request.nextToken() == null
                ? DescribeAlarmHistoryResponse.builder()
                        .alarmHistoryItems(
                                item(FROM.minusNanos(1), data("OK", "ALARM")).build(),
                                item(FROM.plusSeconds(1), data("OK", "ALARM"))
                                        .historyItemType(HistoryItemType.ACTION)
                                        .build(),
                                item(FROM.plusSeconds(2), data("OK", "ALARM")).build())
                        .nextToken("2")
                        .build()
                : DescribeAlarmHistoryResponse.builder()
                        .alarmHistoryItems(
                                item(FROM.plusSeconds(3), data("ALARM", "OK")).build(),
                                item(WINDOW.end(), data("OK", "ALARM")).build())
                        .build();
        assertThat(read().events()).extracting(Event::at).containsExactly(FROM.plusSeconds(2), FROM.plusSeconds(3));
    }

    @Test
    void oneServiceThatRefusesDoesNotSpoilTheOther() throws InterruptedException {
        aws.activities = request -> {
            throw AwsErrors.denied("autoscaling:DescribeScalingActivities");
        };
        history(item(FROM, data("OK", "ALARM")).build());
        HistoryReader.History history = read();
        assertThat(history.events()).hasSize(1);
        assertThat(history.problems())
                .containsExactly("scaling activities: permission autoscaling:DescribeScalingActivities is missing"
                        + " (AccessDenied: User: load-test is not authorized to perform:"
                        + " autoscaling:DescribeScalingActivities)");
    }
}
