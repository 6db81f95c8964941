package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A group as it is now.
 *
 * @param spec its sizes and times now
 * @param created when it was started
 * @param policies its policies, each with the names of the alarms that trigger it
 * @param schedule its scheduled actions, each with the next time it acts
 * @param suspended what it does not do
 * @param enabledMetrics names of the sizes that it publishes
 * @param instances its instances, those being launched without an id excepted
 * @param activities its activities, the newest first
 * @param refreshes its instance refreshes, the newest first
 */
public record GroupStatus(
        ScalingGroupSpec spec,
        Instant created,
        Map<PolicySpec, List<String>> policies,
        Map<ScheduledActionSpec, Instant> schedule,
        Set<ScalingProcess> suspended,
        List<String> enabledMetrics,
        List<GroupInstance> instances,
        List<ScalingActivity> activities,
        List<RefreshStatus> refreshes) {
    public GroupStatus {
        policies = new LinkedHashMap<>(policies);
        schedule = new LinkedHashMap<>(schedule);
        suspended = new TreeSet<>(suspended);
        enabledMetrics = List.copyOf(enabledMetrics);
        instances = List.copyOf(instances);
        activities = List.copyOf(activities);
        refreshes = List.copyOf(refreshes);
    }

    public String name() {
        return spec.name();
    }

    /** Capacity it wants now. */
    public int desired() {
        return spec.desired();
    }
}
