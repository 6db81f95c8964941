package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.InstanceActs;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.InstanceView.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** EC2: ends, stops, starts and reboots instances. Each call returns at once and goes on with what it began. */
final class InstanceLifecycle {
    private final Estate estate;

    InstanceLifecycle(Estate estate) {
        this.estate = estate;
    }

    TerminateInstancesResponse terminate(TerminateInstancesRequest request) {
        return TerminateInstancesResponse.builder()
                .terminatingInstances(change(request.instanceIds(), Set.of(State.values()), InstanceActs::terminate))
                .build();
    }

    RebootInstancesResponse reboot(RebootInstancesRequest request) {
        change(request.instanceIds(), Set.of(State.RUNNING), InstanceActs::reboot);
        return RebootInstancesResponse.builder().build();
    }

    StopInstancesResponse stop(StopInstancesRequest request) {
        return StopInstancesResponse.builder()
                .stoppingInstances(change(
                        request.instanceIds(),
                        Set.of(State.RUNNING, State.STOPPING, State.STOPPED),
                        InstanceActs::stop))
                .build();
    }

    StartInstancesResponse start(StartInstancesRequest request) {
        return StartInstancesResponse.builder()
                .startingInstances(change(
                        request.instanceIds(),
                        Set.of(State.PENDING, State.RUNNING, State.STOPPED),
                        InstanceActs::start))
                .build();
    }

    /** Of the attributes, the instance type alone can be changed here. */
    ModifyInstanceAttributeResponse modify(ModifyInstanceAttributeRequest request) {
        if (request.instanceType() == null || request.instanceType().value() == null) {
            throw AwsFault.badRequest("InvalidParameterValue", "Only the attribute instanceType can be changed here");
        }
        String type = request.instanceType().value();
        State before = state(request.instanceId());
        boolean changed = estate.all(InstanceActs.class).stream()
                .filter(fleet -> fleet.instanceIds().contains(request.instanceId()))
                .anyMatch(fleet -> fleet.resize(request.instanceId(), type));
        if (!changed) {
            throw before == State.STOPPED
                    ? AwsFault.badRequest(
                            "InvalidInstanceAttributeValue", "The instance type '" + type + "' is not known")
                    : AwsFault.badRequest(
                            "IncorrectInstanceState",
                            "The instance '" + request.instanceId() + "' is not in the 'stopped' state.");
        }
        return ModifyInstanceAttributeResponse.builder().build();
    }

    /** Acts on all of the named instances, or on none if one of them is unknown or in another state. */
    private List<InstanceStateChange> change(List<String> ids, Set<State> from, BiConsumer<InstanceActs, String> act) {
        if (ids.isEmpty()) {
            throw AwsFault.badRequest("MissingParameter", "The request must contain the parameter InstanceId");
        }
        List<State> before = ids.stream().map(this::state).toList();
        for (int i = 0; i < ids.size(); i++) {
            if (!from.contains(before.get(i))) {
                throw AwsFault.badRequest(
                        "IncorrectInstanceState",
                        "The instance '" + ids.get(i) + "' is not in a state from which this is possible, but "
                                + ComputeOperations.state(before.get(i)).nameAsString());
            }
        }
        List<InstanceActs> fleets = estate.all(InstanceActs.class);
        for (String id : ids) {
            fleets.stream().filter(fleet -> fleet.instanceIds().contains(id)).forEach(fleet -> act.accept(fleet, id));
        }
        List<InstanceStateChange> changes = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            changes.add(InstanceStateChange.builder()
                    .instanceId(ids.get(i))
                    .previousState(ComputeOperations.state(before.get(i)))
                    .currentState(ComputeOperations.state(state(ids.get(i))))
                    .build());
        }
        return changes;
    }

    private State state(String id) {
        return estate.instances().stream()
                .filter(instance -> instance.id().equals(id))
                .map(InstanceView::state)
                .findFirst()
                .orElseThrow(() -> AwsFault.badRequest(
                        "InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist"));
    }
}
