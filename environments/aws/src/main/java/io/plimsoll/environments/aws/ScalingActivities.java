package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;

/** Reads what auto-scaling groups did, in whatever state it is by now. */
record ScalingActivities(AutoScalingClient client, AwsCalls calls) {
    private static final String DESCRIBE = "autoscaling:DescribeScalingActivities";
    private static final Pattern INSTANCE = Pattern.compile("\\bi-[0-9a-f]{8,17}\\b");

    /** Activities of a group that began within a window, by start. */
    List<Activity> read(String group, TimeWindow window) throws InterruptedException {
        List<Activity> activities = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<String> token = Optional.empty();
        do {
            Optional<String> asked = token;
            DescribeScalingActivitiesResponse page = calls.call(
                    DESCRIBE,
                    () -> client.describeScalingActivities(
                            request -> request.autoScalingGroupName(group).nextToken(asked.orElse(null))));
            page.activities().stream()
                    .filter(activity -> window.contains(activity.startTime()))
                    .filter(activity -> seen.add("activity " + activity.activityId()))
                    .forEach(activities::add);
            token = Optional.ofNullable(page.nextToken()).filter(next -> !next.isEmpty() && !past(page, window));
            AwsCalls.refuseRepeated(DESCRIBE, token.map(next -> "token " + next).orElse(null), seen);
        } while (token.isPresent());
        activities.sort(Comparator.comparing(Activity::startTime));
        return activities;
    }

    /**
     * Whether later pages can only hold activities before the window. AWS gives those in progress first and then the
     * rest, latest first, six weeks back.
     */
    private static boolean past(DescribeScalingActivitiesResponse page, TimeWindow window) {
        return page.activities().stream()
                .anyMatch(activity -> activity.endTime() != null
                        && activity.startTime().isBefore(window.start())
                        && activity.endTime().isBefore(window.start()));
    }

    /** The instance an activity's description names, as in {@code Launching a new EC2 instance: i-0123456789abcdef0}. */
    static Optional<String> instance(Activity activity) {
        Matcher matcher = INSTANCE.matcher(String.valueOf(activity.description()));
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    static boolean terminates(Activity activity) {
        return String.valueOf(activity.description()).startsWith("Terminating");
    }

    static boolean successful(Activity activity) {
        return "Successful".equals(activity.statusCodeAsString());
    }

    static Optional<Instant> end(Activity activity) {
        return Optional.ofNullable(activity.endTime());
    }

    static Event event(Activity activity) {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("activity", text(activity.description()));
        details.put("id", text(activity.activityId()));
        details.put("status", text(activity.statusCodeAsString()));
        details.put("cause", text(activity.cause()));
        Optional.ofNullable(activity.statusMessage())
                .filter(message -> !message.isBlank())
                .ifPresent(message -> details.put("status-message", text(message)));
        end(activity).ifPresent(end -> details.put("end", end.toString()));
        instance(activity).ifPresent(id -> details.put("instance", id));
        return new Event(
                activity.startTime(),
                Event.Kind.SCALING_ACTIVITY,
                activity.autoScalingGroupName(),
                details.get("activity") + " (" + details.get("status") + ")",
                details);
    }

    private static String text(@Nullable String said) {
        return said == null ? "" : said.strip().replaceAll("\\s+", " ");
    }
}
