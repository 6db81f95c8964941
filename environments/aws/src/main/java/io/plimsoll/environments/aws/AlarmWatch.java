package io.plimsoll.environments.aws;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Asks which of some alarms are in state ALARM, for stop conditions. */
public final class AlarmWatch {
    private final AwsClients clients;
    private final AwsCalls calls;

    /** Nothing is asked yet. */
    public AlarmWatch(AwsClients clients, Clock clock) {
        this.clients = clients;
        this.calls = AwsCalls.unbounded(clock);
    }

    /**
     * Those of the alarms that are in state ALARM now, sorted; nothing is asked if none is given.
     *
     * @throws ObservationException if they cannot be asked
     * @throws InterruptedException if the thread is interrupted
     */
    public List<String> ringing(Collection<String> names) throws InterruptedException {
        if (names.isEmpty()) {
            return List.of();
        }
        Set<String> ringing = new TreeSet<>();
        for (DescribeAlarmsResponse page : pages(names)) {
            page.metricAlarms().stream()
                    .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                    .forEach(alarm -> ringing.add(alarm.alarmName()));
            page.compositeAlarms().stream()
                    .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                    .forEach(alarm -> ringing.add(alarm.alarmName()));
        }
        return List.copyOf(ringing);
    }

    /**
     * Those of the alarms that do not exist, sorted.
     *
     * @throws ObservationException if they cannot be asked
     * @throws InterruptedException if the thread is interrupted
     */
    List<String> missing(Collection<String> names) throws InterruptedException {
        Set<String> missing = new TreeSet<>(names);
        for (DescribeAlarmsResponse page : pages(names)) {
            page.metricAlarms().forEach(alarm -> missing.remove(alarm.alarmName()));
            page.compositeAlarms().forEach(alarm -> missing.remove(alarm.alarmName()));
        }
        return List.copyOf(missing);
    }

    /** Left out, the types are those of metrics alone (API reference, DescribeAlarms). */
    private List<DescribeAlarmsResponse> pages(Collection<String> names) throws InterruptedException {
        return calls.pages(
                "cloudwatch:DescribeAlarms",
                token -> clients.services()
                        .cloudWatch()
                        .describeAlarms(request -> request.alarmNames(names)
                                .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                                .nextToken(token)),
                DescribeAlarmsResponse::nextToken);
    }
}
