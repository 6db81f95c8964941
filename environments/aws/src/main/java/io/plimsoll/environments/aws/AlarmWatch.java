package io.plimsoll.environments.aws;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
        List<DescribeAlarmsResponse> pages = calls.pages(
                "cloudwatch:DescribeAlarms",
                token -> clients.services()
                        .cloudWatch()
                        .describeAlarms(request -> request.alarmNames(names).nextToken(token)),
                DescribeAlarmsResponse::nextToken);
        Set<String> ringing = new TreeSet<>();
        for (DescribeAlarmsResponse page : pages) {
            page.metricAlarms().stream()
                    .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                    .forEach(alarm -> ringing.add(alarm.alarmName()));
            page.compositeAlarms().stream()
                    .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                    .forEach(alarm -> ringing.add(alarm.alarmName()));
        }
        return List.copyOf(ringing);
    }
}
