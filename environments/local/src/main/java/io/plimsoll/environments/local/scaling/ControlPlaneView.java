package io.plimsoll.environments.local.scaling;

import java.util.List;

/** What the control plane has decided and why, to be read by many threads. */
public interface ControlPlaneView {
    List<GroupStatus> groups();

    List<AlarmStatus> alarms();

    /** History of all alarms, the oldest item first. */
    List<AlarmEvent> alarmHistory();
}
