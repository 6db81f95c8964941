package io.plimsoll.environments.local;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.scaling.AlarmStatus;
import io.plimsoll.environments.local.scaling.AlarmTransition;
import io.plimsoll.environments.local.scaling.ControlPlaneView;
import io.plimsoll.environments.local.scaling.GroupStatus;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What all the stack's scaling groups have decided, as one. */
record ControlPlane(Estate estate) implements ControlPlaneView {
    private Stream<ControlPlaneView> each() {
        return estate.all(ControlPlaneView.class).stream();
    }

    @Override
    public List<GroupStatus> groups() {
        return each().flatMap(group -> group.groups().stream()).toList();
    }

    @Override
    public List<AlarmStatus> alarms() {
        return each().flatMap(group -> group.alarms().stream()).toList();
    }

    @Override
    public List<AlarmTransition> alarmHistory() {
        return each().flatMap(group -> group.alarmHistory().stream())
                .sorted(Comparator.comparing(AlarmTransition::at))
                .toList();
    }
}
