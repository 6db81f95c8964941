package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.scaling.AutoScaling;
import io.plimsoll.environments.local.scaling.Cron;
import io.plimsoll.environments.local.scaling.GroupStatus;
import io.plimsoll.environments.local.scaling.ScheduledActionSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.DeleteScheduledActionRequest;
import software.amazon.awssdk.services.autoscaling.model.DeleteScheduledActionResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScheduledActionsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScheduledActionsResponse;
import software.amazon.awssdk.services.autoscaling.model.PutScheduledUpdateGroupActionRequest;
import software.amazon.awssdk.services.autoscaling.model.PutScheduledUpdateGroupActionResponse;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupAction;

/** Auto Scaling: scheduled actions. */
final class ScheduleOperations {
    private static final int OF_A_PAGE = 100;

    private final AutoScaling scaling;
    private final Arns arns;

    ScheduleOperations(AutoScaling scaling, Arns arns) {
        this.scaling = scaling;
        this.arns = arns;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("DescribeScheduledActions", DescribeScheduledActionsRequest::builder, this::describe),
                Operation.of("PutScheduledUpdateGroupAction", PutScheduledUpdateGroupActionRequest::builder, this::put),
                Operation.of("DeleteScheduledAction", DeleteScheduledActionRequest::builder, this::delete));
    }

    private DescribeScheduledActionsResponse describe(DescribeScheduledActionsRequest request) {
        List<ScheduledUpdateGroupAction> all = new ArrayList<>();
        List<GroupStatus> groups = request.autoScalingGroupName() == null
                ? scaling.groups()
                : List.of(scaling.group(request.autoScalingGroupName()).status());
        for (GroupStatus group : groups) {
            group.schedule().forEach((action, next) -> {
                if (request.scheduledActionNames().isEmpty()
                        || request.scheduledActionNames().contains(action.name())) {
                    all.add(action(group.name(), action, next));
                }
            });
        }
        all.removeIf(action -> request.startTime() != null && action.startTime().isBefore(request.startTime()));
        all.removeIf(action -> request.endTime() != null && action.startTime().isAfter(request.endTime()));
        Page<ScheduledUpdateGroupAction> page =
                Page.of(all, request.nextToken(), request.maxRecords(), OF_A_PAGE, "InvalidNextToken");
        return DescribeScheduledActionsResponse.builder()
                .scheduledUpdateGroupActions(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private ScheduledUpdateGroupAction action(String group, ScheduledActionSpec action, Instant next) {
        ScheduledUpdateGroupAction.Builder builder = ScheduledUpdateGroupAction.builder()
                .autoScalingGroupName(group)
                .scheduledActionName(action.name())
                .scheduledActionARN(arns.scheduledAction(group, action.name()))
                .time(next)
                .startTime(next);
        action.end().ifPresent(builder::endTime);
        action.recurrence().map(Cron::toString).ifPresent(builder::recurrence);
        action.min().ifPresent(builder::minSize);
        action.max().ifPresent(builder::maxSize);
        action.desired().ifPresent(builder::desiredCapacity);
        return builder.build();
    }

    private PutScheduledUpdateGroupActionResponse put(PutScheduledUpdateGroupActionRequest request) {
        String name = GroupOperations.required(request.scheduledActionName(), "ScheduledActionName");
        if (request.timeZone() != null && !List.of("UTC", "Etc/UTC").contains(request.timeZone())) {
            throw AwsFault.badRequest("ValidationError", "Only the time zone UTC is offered here");
        }
        try {
            Instant start = request.startTime() == null ? request.time() : request.startTime();
            scaling.group(GroupOperations.name(request.autoScalingGroupName()))
                    .put(new ScheduledActionSpec(
                            name,
                            Optional.ofNullable(start),
                            Optional.ofNullable(request.endTime()),
                            Optional.ofNullable(request.recurrence()).map(Cron::parse),
                            GroupOperations.optional(request.minSize()),
                            GroupOperations.optional(request.maxSize()),
                            GroupOperations.optional(request.desiredCapacity())));
        } catch (IllegalArgumentException e) {
            throw AwsFault.badRequest("ValidationError", String.valueOf(e.getMessage()));
        }
        return PutScheduledUpdateGroupActionResponse.builder().build();
    }

    private DeleteScheduledActionResponse delete(DeleteScheduledActionRequest request) {
        scaling.group(GroupOperations.name(request.autoScalingGroupName()))
                .removeScheduledAction(GroupOperations.required(request.scheduledActionName(), "ScheduledActionName"));
        return DeleteScheduledActionResponse.builder().build();
    }
}
