package io.plimsoll.environments.aws.disturb;

import io.plimsoll.environments.aws.ActingClients;
import java.util.List;

/** Calls that change a scaling group. */
final class GroupCalls {
    private final ActingClients clients;

    GroupCalls(ActingClients clients) {
        this.clients = clients;
    }

    void suspend(String group, List<String> processes) throws InterruptedException {
        clients.call(
                "autoscaling:SuspendProcesses",
                () -> clients.autoScaling()
                        .suspendProcesses(
                                request -> request.autoScalingGroupName(group).scalingProcesses(processes)));
    }

    void resume(String group, List<String> processes) throws InterruptedException {
        clients.call(
                "autoscaling:ResumeProcesses",
                () -> clients.autoScaling()
                        .resumeProcesses(
                                request -> request.autoScalingGroupName(group).scalingProcesses(processes)));
    }

    void desire(String group, int capacity) throws InterruptedException {
        clients.call(
                "autoscaling:SetDesiredCapacity",
                () -> clients.autoScaling()
                        .setDesiredCapacity(
                                request -> request.autoScalingGroupName(group).desiredCapacity(capacity)));
    }
}
