package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.scaling.AutoScaling;
import io.plimsoll.environments.local.scaling.RefreshPreferences;
import io.plimsoll.environments.local.scaling.RefreshStatus;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.CancelInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.CancelInstanceRefreshResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshResponse;

/** Auto Scaling: instance refresh. */
final class RefreshOperations {
    private static final int OF_A_PAGE = 100;
    private static final int MIN_HEALTHY = 90;
    private static final int MAX_HEALTHY = 100;

    private final AutoScaling scaling;

    RefreshOperations(AutoScaling scaling) {
        this.scaling = scaling;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("StartInstanceRefresh", StartInstanceRefreshRequest::builder, this::start),
                Operation.of("CancelInstanceRefresh", CancelInstanceRefreshRequest::builder, this::cancel),
                Operation.of("DescribeInstanceRefreshes", DescribeInstanceRefreshesRequest::builder, this::describe));
    }

    private StartInstanceRefreshResponse start(StartInstanceRefreshRequest request) {
        Optional<software.amazon.awssdk.services.autoscaling.model.RefreshPreferences> given =
                Optional.ofNullable(request.preferences());
        RefreshPreferences preferences = new RefreshPreferences(
                given.map(each -> each.minHealthyPercentage()).orElse(MIN_HEALTHY),
                given.map(each -> each.maxHealthyPercentage()).orElse(MAX_HEALTHY),
                given.flatMap(each -> GroupOperations.seconds(each.instanceWarmup())),
                given.map(each -> each.skipMatching()).orElse(false));
        return StartInstanceRefreshResponse.builder()
                .instanceRefreshId(scaling.group(GroupOperations.name(request.autoScalingGroupName()))
                        .refresh(preferences))
                .build();
    }

    private CancelInstanceRefreshResponse cancel(CancelInstanceRefreshRequest request) {
        return CancelInstanceRefreshResponse.builder()
                .instanceRefreshId(scaling.group(GroupOperations.name(request.autoScalingGroupName()))
                        .cancelRefresh())
                .build();
    }

    private DescribeInstanceRefreshesResponse describe(DescribeInstanceRefreshesRequest request) {
        String group = GroupOperations.name(request.autoScalingGroupName());
        List<InstanceRefresh> found = scaling.group(group).status().refreshes().stream()
                .filter(refresh -> request.instanceRefreshIds().isEmpty()
                        || request.instanceRefreshIds().contains(refresh.id()))
                .map(refresh -> refresh(group, refresh))
                .toList();
        Page<InstanceRefresh> page =
                Page.of(found, request.nextToken(), request.maxRecords(), OF_A_PAGE, "InvalidNextToken");
        return DescribeInstanceRefreshesResponse.builder()
                .instanceRefreshes(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static InstanceRefresh refresh(String group, RefreshStatus refresh) {
        InstanceRefresh.Builder builder = InstanceRefresh.builder()
                .instanceRefreshId(refresh.id())
                .autoScalingGroupName(group)
                .status(refresh.state().word())
                .startTime(refresh.start())
                .percentageComplete(refresh.percentComplete())
                .instancesToUpdate(refresh.instancesToUpdate())
                .preferences(preferences -> {
                    preferences
                            .minHealthyPercentage(refresh.preferences().minHealthyPercent())
                            .maxHealthyPercentage(refresh.preferences().maxHealthyPercent())
                            .skipMatching(refresh.preferences().skipMatching());
                    refresh.preferences()
                            .warmUp()
                            .ifPresent(warmUp -> preferences.instanceWarmup(Math.toIntExact(warmUp.toSeconds())));
                });
        refresh.reason().ifPresent(builder::statusReason);
        refresh.end().ifPresent(builder::endTime);
        return builder.build();
    }
}
