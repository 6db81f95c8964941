package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.List;

/**
 * A group as it is now.
 *
 * @param spec as it was configured
 * @param created when it was started
 * @param desired capacity it wants now
 * @param policy name of its target-tracking policy
 * @param alarms the policy's alarms by name, the high one first
 * @param instances its instances, those being launched without an id excepted
 * @param activities its activities, the newest first
 */
public record GroupStatus(
        ScalingGroupSpec spec,
        Instant created,
        int desired,
        String policy,
        List<String> alarms,
        List<GroupInstance> instances,
        List<ScalingActivity> activities) {
    public GroupStatus {
        alarms = List.copyOf(alarms);
        instances = List.copyOf(instances);
        activities = List.copyOf(activities);
    }
}
