package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.scaling.AutoScaling;
import io.plimsoll.environments.local.scaling.GroupStatus;
import io.plimsoll.environments.local.scaling.ScalingActivity;
import io.plimsoll.environments.local.scaling.ScalingGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.EnterStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyRequest;
import software.amazon.awssdk.services.autoscaling.model.ExitStandbyResponse;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;

/** Auto Scaling: activities, and the requests that begin one. */
final class ActivityOperations {
    private static final int OF_A_PAGE = 100;

    private final AutoScaling scaling;
    private final Arns arns;

    ActivityOperations(AutoScaling scaling, Arns arns) {
        this.scaling = scaling;
        this.arns = arns;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("DescribeScalingActivities", DescribeScalingActivitiesRequest::builder, this::activities),
                Operation.of(
                        "TerminateInstanceInAutoScalingGroup",
                        TerminateInstanceInAutoScalingGroupRequest::builder,
                        this::terminate),
                Operation.of("EnterStandby", EnterStandbyRequest::builder, this::enterStandby),
                Operation.of("ExitStandby", ExitStandbyRequest::builder, this::exitStandby));
    }

    private DescribeScalingActivitiesResponse activities(DescribeScalingActivitiesRequest request) {
        List<Activity> all = new ArrayList<>();
        for (GroupStatus group : named(Optional.ofNullable(request.autoScalingGroupName()))) {
            group.activities().stream()
                    .filter(activity -> request.activityIds().isEmpty()
                            || request.activityIds().contains(activity.id()))
                    .map(activity -> activity(group.name(), activity))
                    .forEach(all::add);
        }
        all.sort((one, other) -> other.startTime().compareTo(one.startTime()));
        Page<Activity> page = Page.of(all, request.nextToken(), request.maxRecords(), OF_A_PAGE, "InvalidNextToken");
        return DescribeScalingActivitiesResponse.builder()
                .activities(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private List<GroupStatus> named(Optional<String> name) {
        return name.map(given -> List.of(scaling.group(given).status())).orElseGet(scaling::groups);
    }

    private Activity activity(String group, ScalingActivity activity) {
        Activity.Builder builder = Activity.builder()
                .activityId(activity.id())
                .autoScalingGroupName(group)
                .autoScalingGroupARN(arns.group(group))
                .description(activity.description())
                .cause(activity.cause())
                .startTime(activity.start())
                .statusCode(activity.status().code())
                .progress(activity.status().progressPercent())
                .details("{\"Availability Zone\":\"" + activity.zone() + "\"}");
        activity.end().ifPresent(builder::endTime);
        activity.statusMessage().ifPresent(builder::statusMessage);
        return builder.build();
    }

    private TerminateInstanceInAutoScalingGroupResponse terminate(TerminateInstanceInAutoScalingGroupRequest request) {
        String id = GroupOperations.required(request.instanceId(), "InstanceId");
        boolean decrement =
                GroupOperations.required(request.shouldDecrementDesiredCapacity(), "ShouldDecrementDesiredCapacity");
        ScalingGroup group = scaling.groupOf(id);
        ScalingActivity activity = group.terminate(id, decrement);
        return TerminateInstanceInAutoScalingGroupResponse.builder()
                .activity(activity(group.status().name(), activity))
                .build();
    }

    private EnterStandbyResponse enterStandby(EnterStandbyRequest request) {
        String group = GroupOperations.name(request.autoScalingGroupName());
        boolean decrement =
                GroupOperations.required(request.shouldDecrementDesiredCapacity(), "ShouldDecrementDesiredCapacity");
        return EnterStandbyResponse.builder()
                .activities(scaling.group(group).enterStandby(request.instanceIds(), decrement).stream()
                        .map(activity -> activity(group, activity))
                        .toList())
                .build();
    }

    private ExitStandbyResponse exitStandby(ExitStandbyRequest request) {
        String group = GroupOperations.name(request.autoScalingGroupName());
        return ExitStandbyResponse.builder()
                .activities(scaling.group(group).exitStandby(request.instanceIds()).stream()
                        .map(activity -> activity(group, activity))
                        .toList())
                .build();
    }
}
