package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.TargetView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one step of a group sees of the world, read once.
 *
 * @param instances by id
 * @param targets by instance id, those of the group's target groups alone
 */
record Observed(Map<String, InstanceView> instances, Map<String, TargetView> targets) {
    static Observed of(Estate estate, List<String> targetGroups) {
        return new Observed(
                estate.instances().stream().collect(Collectors.toMap(InstanceView::id, Function.identity())),
                estate.targets().stream()
                        .filter(target -> targetGroups.contains(target.targetGroup()))
                        .collect(Collectors.toMap(
                                TargetView::instanceId, Function.identity(), (earlier, later) -> later)));
    }

    boolean hasEnded(String id) {
        InstanceView instance = instances.get(id);
        return instance == null || instance.state() == InstanceView.State.TERMINATED;
    }

    /** Whether it does not run, though it may be started again. */
    boolean isStopped(String id) {
        InstanceView instance = instances.get(id);
        return instance != null
                && (instance.state() == InstanceView.State.STOPPING || instance.state() == InstanceView.State.STOPPED);
    }

    boolean isTarget(String id) {
        return targets.containsKey(id);
    }

    boolean is(String id, TargetView.Health health) {
        TargetView target = targets.get(id);
        return target != null && target.health() == health;
    }
}
