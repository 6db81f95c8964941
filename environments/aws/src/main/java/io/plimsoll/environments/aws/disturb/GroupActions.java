package io.plimsoll.environments.aws.disturb;

import io.plimsoll.environments.aws.ActingClients;
import io.plimsoll.environments.aws.disturb.AwsActions.Done;
import io.plimsoll.results.document.Durations;
import io.plimsoll.results.observation.ResourceKind;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.PutScheduledUpdateGroupActionRequest;
import software.amazon.awssdk.services.autoscaling.model.RefreshPreferences;

/** The disturbances of scaling groups. */
final class GroupActions {
    private final ActingClients clients;
    private final Waiting waiting;
    private final Moments moments;
    private final GroupCalls calls;

    GroupActions(ActingClients clients, Waiting waiting, Moments moments) {
        this.clients = clients;
        this.waiting = waiting;
        this.moments = moments;
        this.calls = new GroupCalls(clients);
    }

    Done refresh(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        int healthy = asked.number("min-healthy-percentage", 90, value -> value >= 0 && value <= 100);
        int warmUp = asked.number("instance-warm-up-seconds", -1, value -> value >= 0);
        int most = asked.number("max-healthy-percentage", -1, value -> value >= 100 && value <= 200);
        RefreshPreferences.Builder preferences = RefreshPreferences.builder().minHealthyPercentage(healthy);
        if (most >= 0) {
            preferences.maxHealthyPercentage(most);
        }
        if (warmUp >= 0) {
            preferences.instanceWarmup(warmUp);
        }
        String id = clients.call(
                        "autoscaling:StartInstanceRefresh",
                        () -> clients.autoScaling()
                                .startInstanceRefresh(request ->
                                        request.autoScalingGroupName(group).preferences(preferences.build())))
                .instanceRefreshId();
        String status = waiting.until(
                () -> clients
                        .call(
                                "autoscaling:DescribeInstanceRefreshes",
                                () -> clients.autoScaling()
                                        .describeInstanceRefreshes(request -> request.autoScalingGroupName(group)
                                                .instanceRefreshIds(id)))
                        .instanceRefreshes()
                        .stream()
                        .findFirst()
                        .map(refresh -> refresh.statusAsString())
                        .orElse("Pending"),
                List.of("Successful", "Failed", "Cancelled", "RollbackFailed", "RollbackSuccessful"));
        if (!status.equals("Successful")) {
            throw new DisturbanceException("instance refresh " + id + " of " + group + " ended as " + status);
        }
        return new Done(group, "replaced every instance of " + group + " (refresh " + id + ")");
    }

    Done executePolicy(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        String policy = asked.text("policy");
        clients.call(
                "autoscaling:ExecutePolicy",
                () -> clients.autoScaling()
                        .executePolicy(
                                request -> request.autoScalingGroupName(group).policyName(policy)));
        return new Done(group, "executed policy " + policy + " of " + group);
    }

    Done setDesiredCapacity(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        int capacity = asked.count("capacity");
        calls.desire(group, capacity);
        return new Done(group, "set the desired capacity of " + group + " to " + capacity);
    }

    /** A scheduled action of one time, some while ahead of its moment; it is AWS that acts then. */
    Done schedule(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        SortedMap<String, String> sizes = new TreeMap<>(asked.with());
        sizes.keySet().retainAll(List.of("min", "max", "desired"));
        if (sizes.isEmpty()) {
            throw new DisturbanceException(asked.name() + " needs 'min', 'max' or 'desired'");
        }
        PutScheduledUpdateGroupActionRequest.Builder action = PutScheduledUpdateGroupActionRequest.builder()
                .autoScalingGroupName(group)
                .minSize(size(asked, "min"))
                .maxSize(size(asked, "max"))
                .desiredCapacity(size(asked, "desired"));
        String said = sizes.toString().replaceAll("[{}]", "");
        action.scheduledActionName("plimsoll-" + said.replaceAll("[^a-z0-9]+", "-"));
        String in = asked.text("in");
        Instant at = moments.after(Durations.parse(in)
                .orElseThrow(() -> new DisturbanceException(
                        asked.name() + ": 'in' must be a time such as '3 min', was '" + in + "'")));
        action.startTime(at);
        clients.call(
                "autoscaling:PutScheduledUpdateGroupAction",
                () -> clients.autoScaling().putScheduledUpdateGroupAction(action.build()));
        return new Done(group, "scheduled " + said + " of " + group + " for " + at);
    }

    private static @Nullable Integer size(Disturbance asked, String key) {
        return asked.with().containsKey(key) ? asked.count(key) : null;
    }

    Done suspend(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        List<String> processes = processes(asked);
        calls.suspend(group, processes);
        return new Done(group, "suspended " + String.join(", ", processes) + " of " + group);
    }

    Done resume(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        List<String> processes = processes(asked);
        calls.resume(group, processes);
        return new Done(group, "resumed " + String.join(", ", processes) + " of " + group);
    }

    private static String group(Disturbance asked, Targets targets) {
        return targets.one(targets.of(ResourceKind.SCALING_GROUP, asked.of())).id();
    }

    private static List<String> processes(Disturbance asked) {
        return List.of(asked.text("processes").split(",", -1));
    }
}
