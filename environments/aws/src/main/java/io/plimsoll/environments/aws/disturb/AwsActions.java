package io.plimsoll.environments.aws.disturb;

import io.plimsoll.environments.aws.ActingClients;
import io.plimsoll.results.document.Durations;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.PutScheduledUpdateGroupActionRequest;
import software.amazon.awssdk.services.autoscaling.model.RefreshPreferences;

/** The disturbances that AWS has calls for, by name. */
final class AwsActions {
    /** What was done, and to what. */
    record Done(String resource, String sentence) {}

    /** Carries out one disturbance. */
    @FunctionalInterface
    interface Action {
        Done on(Disturbance disturbance, Targets targets) throws InterruptedException;
    }

    private final ActingClients clients;
    private final Waiting waiting;
    private final Moments moments;
    private final Optional<String> experiment;
    private final SortedMap<String, Action> actions = new TreeMap<>();

    AwsActions(ActingClients clients, Waiting waiting, Moments moments, Optional<String> experiment) {
        this.clients = clients;
        this.waiting = waiting;
        this.moments = moments;
        this.experiment = experiment;
        actions.put("terminate-instance", this::terminateInstance);
        actions.put("terminate-zone", this::terminateZone);
        actions.put("reboot-instance", this::rebootInstance);
        actions.put("stop-start-instance", this::stopAndStart);
        actions.put("resize-instance", this::resizeInstance);
        actions.put("fail-over-database", this::failOver);
        actions.put("refresh-instances", this::refresh);
        actions.put("execute-policy", this::executePolicy);
        actions.put("set-desired-capacity", this::setDesiredCapacity);
        actions.put("schedule-capacity", this::schedule);
        actions.put("suspend-processes", this::suspend);
        actions.put("resume-processes", this::resume);
        actions.put("run-experiment", this::experiment);
    }

    /** The action of that name; empty if AWS has no call for it. */
    Optional<Action> named(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    private Done terminateInstance(Disturbance asked, Targets targets) throws InterruptedException {
        int count = number(asked, "count", 1, value -> value >= 1);
        return terminate(targets.some(targets.of(ResourceKind.INSTANCE, asked.of()), count));
    }

    /** Every instance of a tier in one zone, as if the zone had gone. */
    private Done terminateZone(Disturbance asked, Targets targets) throws InterruptedException {
        List<Resource> instances = targets.of(ResourceKind.INSTANCE, asked.of());
        String zone = Optional.ofNullable(asked.with().get("zone"))
                .orElseGet(() -> targets.one(instances).facts().getOrDefault("zone", ""));
        List<Resource> there = instances.stream()
                .filter(instance -> zone.equals(instance.facts().get("zone")))
                .toList();
        if (there.isEmpty()) {
            throw new DisturbanceException("no instance runs in zone '" + zone + "'");
        }
        Done done = terminate(there);
        return new Done(done.resource(), done.sentence() + ", all of " + zone);
    }

    private Done terminate(List<Resource> instances) throws InterruptedException {
        List<String> ids = instances.stream().map(Resource::id).toList();
        clients.call(
                "ec2:TerminateInstances", () -> clients.ec2().terminateInstances(request -> request.instanceIds(ids)));
        return new Done(String.join(",", ids), "terminated " + String.join(", ", ids));
    }

    private Done rebootInstance(Disturbance asked, Targets targets) throws InterruptedException {
        String id = targets.one(targets.of(ResourceKind.INSTANCE, asked.of())).id();
        clients.call("ec2:RebootInstances", () -> clients.ec2().rebootInstances(request -> request.instanceIds(id)));
        return new Done(id, "rebooted " + id);
    }

    /** What changes an address that is not the instance's own: it is on another host afterwards. */
    private Done stopAndStart(Disturbance asked, Targets targets) throws InterruptedException {
        String id = targets.one(targets.of(ResourceKind.INSTANCE, asked.of())).id();
        stop(id);
        start(id);
        return new Done(id, "stopped and started " + id);
    }

    private void stop(String id) throws InterruptedException {
        clients.call("ec2:StopInstances", () -> clients.ec2().stopInstances(request -> request.instanceIds(id)));
        state(id, "stopped");
    }

    private void start(String id) throws InterruptedException {
        clients.call("ec2:StartInstances", () -> clients.ec2().startInstances(request -> request.instanceIds(id)));
        state(id, "running");
    }

    /** Stops an instance, gives it another type, and starts it again: what growing upwards is on AWS. */
    private Done resizeInstance(Disturbance asked, Targets targets) throws InterruptedException {
        String type = text(asked, "type");
        String id = targets.one(targets.of(ResourceKind.INSTANCE, asked.of())).id();
        stop(id);
        clients.call(
                "ec2:ModifyInstanceAttribute",
                () -> clients.ec2()
                        .modifyInstanceAttribute(
                                request -> request.instanceId(id).instanceType(value -> value.value(type))));
        start(id);
        return new Done(id, "resized " + id + " to " + type);
    }

    private void state(String id, String wanted) throws InterruptedException {
        String state = waiting.until(
                () -> clients
                        .call(
                                "ec2:DescribeInstances",
                                () -> clients.ec2().describeInstances(request -> request.instanceIds(id)))
                        .reservations()
                        .stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .findFirst()
                        .map(instance -> instance.state().nameAsString())
                        .orElse("terminated"),
                List.of(wanted, "terminated"));
        if (!state.equals(wanted)) {
            throw new DisturbanceException("instance " + id + " was to be " + wanted + ", and is " + state);
        }
    }

    /** An Aurora cluster fails over to a reader, a multi-zone instance to its standby. */
    private Done failOver(Disturbance asked, Targets targets) throws InterruptedException {
        List<Resource> clusters = targets.topology().of(ResourceKind.DATABASE_CLUSTER);
        if (!clusters.isEmpty() && asked.of().isEmpty()) {
            String id = targets.one(clusters).id();
            clients.call(
                    "rds:FailoverDBCluster",
                    () -> clients.rds().failoverDBCluster(request -> request.dbClusterIdentifier(id)));
            return new Done(id, "failed over cluster " + id);
        }
        String id = targets.one(targets.of(ResourceKind.DATABASE, asked.of())).id();
        clients.call(
                "rds:RebootDBInstance",
                () -> clients.rds()
                        .rebootDBInstance(
                                request -> request.dbInstanceIdentifier(id).forceFailover(true)));
        return new Done(id, "rebooted " + id + " with failover");
    }

    private Done refresh(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        int healthy = number(asked, "min-healthy-percentage", 90, value -> value >= 0 && value <= 100);
        int warmUp = number(asked, "instance-warm-up-seconds", -1, value -> value >= 0);
        int most = number(asked, "max-healthy-percentage", -1, value -> value >= 100 && value <= 200);
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

    private Done executePolicy(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        String policy = text(asked, "policy");
        clients.call(
                "autoscaling:ExecutePolicy",
                () -> clients.autoScaling()
                        .executePolicy(
                                request -> request.autoScalingGroupName(group).policyName(policy)));
        return new Done(group, "executed policy " + policy + " of " + group);
    }

    private Done setDesiredCapacity(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        int capacity = needed(asked, "capacity");
        clients.call(
                "autoscaling:SetDesiredCapacity",
                () -> clients.autoScaling()
                        .setDesiredCapacity(
                                request -> request.autoScalingGroupName(group).desiredCapacity(capacity)));
        return new Done(group, "set the desired capacity of " + group + " to " + capacity);
    }

    /** A scheduled action of one time, some while ahead of its moment; it is AWS that acts then. */
    private Done schedule(Disturbance asked, Targets targets) throws InterruptedException {
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
        String in = text(asked, "in");
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
        return asked.with().containsKey(key) ? needed(asked, key) : null;
    }

    private Done suspend(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        List<String> processes = List.of(text(asked, "processes").split(",", -1));
        clients.call(
                "autoscaling:SuspendProcesses",
                () -> clients.autoScaling()
                        .suspendProcesses(
                                request -> request.autoScalingGroupName(group).scalingProcesses(processes)));
        return new Done(group, "suspended " + String.join(", ", processes) + " of " + group);
    }

    private Done resume(Disturbance asked, Targets targets) throws InterruptedException {
        String group = group(asked, targets);
        List<String> processes = List.of(text(asked, "processes").split(",", -1));
        clients.call(
                "autoscaling:ResumeProcesses",
                () -> clients.autoScaling()
                        .resumeProcesses(
                                request -> request.autoScalingGroupName(group).scalingProcesses(processes)));
        return new Done(group, "resumed " + String.join(", ", processes) + " of " + group);
    }

    private Done experiment(Disturbance asked, Targets targets) throws InterruptedException {
        String template = experiment.orElseThrow(
                () -> new DisturbanceException("the environment names no disturb.experiment-template"));
        String id = clients.call(
                        "fis:StartExperiment",
                        () -> clients.fis().startExperiment(request -> request.experimentTemplateId(template)))
                .experiment()
                .id();
        String status = waiting.until(
                () -> clients.call("fis:GetExperiment", () -> clients.fis().getExperiment(request -> request.id(id)))
                        .experiment()
                        .state()
                        .statusAsString(),
                List.of("completed", "stopped", "failed", "cancelled"));
        if (!status.equals("completed")) {
            throw new DisturbanceException("experiment " + id + " of template " + template + " ended as " + status);
        }
        return new Done(id, "ran experiment " + id + " of template " + template);
    }

    private static String group(Disturbance asked, Targets targets) {
        return targets.one(targets.of(ResourceKind.SCALING_GROUP, asked.of())).id();
    }

    private static String text(Disturbance asked, String key) {
        String value = asked.with().get(key);
        if (value == null) {
            throw new DisturbanceException(asked.name() + " needs '" + key + "'");
        }
        return value;
    }

    private static int needed(Disturbance asked, String key) {
        text(asked, key);
        return number(asked, key, 0, value -> value >= 0);
    }

    private static int number(Disturbance asked, String key, int otherwise, IntPredicate valid) {
        String value = asked.with().get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("\\d{1,9}") || !valid.test(Integer.parseInt(value))) {
            throw new DisturbanceException(asked.name() + ": '" + key + "' is no valid number, was '" + value + "'");
        }
        return Integer.parseInt(value);
    }
}
