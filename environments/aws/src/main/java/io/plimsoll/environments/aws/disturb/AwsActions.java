package io.plimsoll.environments.aws.disturb;

import io.plimsoll.environments.aws.ActingClients;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
    private final Optional<String> experiment;
    private final SortedMap<String, Action> actions = new TreeMap<>();

    AwsActions(ActingClients clients, Waiting waiting, Moments moments, Optional<String> experiment) {
        this.clients = clients;
        this.waiting = waiting;
        this.experiment = experiment;
        actions.put("terminate-instance", this::terminateInstance);
        actions.put("terminate-zone", this::terminateZone);
        actions.put("reboot-instance", this::rebootInstance);
        actions.put("stop-start-instance", this::stopAndStart);
        actions.put("resize-instance", this::resizeInstance);
        actions.put("fail-over-database", this::failOver);
        GroupActions groups = new GroupActions(clients, waiting, moments);
        actions.put("refresh-instances", groups::refresh);
        actions.put("execute-policy", groups::executePolicy);
        actions.put("set-desired-capacity", groups::setDesiredCapacity);
        actions.put("schedule-capacity", groups::schedule);
        actions.put("suspend-processes", groups::suspend);
        actions.put("resume-processes", groups::resume);
        actions.put("run-experiment", this::experiment);
    }

    /** The action of that name; empty if AWS has no call for it. */
    Optional<Action> named(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    private Done terminateInstance(Disturbance asked, Targets targets) throws InterruptedException {
        int count = asked.number("count", 1, value -> value >= 1);
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
        String type = asked.text("type");
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
}
