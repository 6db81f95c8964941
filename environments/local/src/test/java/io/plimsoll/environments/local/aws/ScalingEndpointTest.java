package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.EndpointFixture.GROUP;
import static io.plimsoll.environments.local.aws.EndpointFixture.HIGH;
import static io.plimsoll.environments.local.aws.EndpointFixture.LOW;
import static io.plimsoll.environments.local.aws.EndpointFixture.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshInProgressException;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefreshStatus;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.MetricType;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.ScheduledUpdateGroupAction;

@SuppressWarnings("unchecked") // the SDK's builders take several consumers of generic types
class ScalingEndpointTest {
    private final EndpointFixture fixture = new EndpointFixture();
    private final AutoScalingClient scaling = fixture.client(AutoScalingClient.builder());

    @AfterEach
    void close() {
        scaling.close();
        fixture.close();
    }

    private AutoScalingGroup group() {
        return scaling.describeAutoScalingGroups(r -> r.autoScalingGroupNames(GROUP))
                .autoScalingGroups()
                .get(0);
    }

    @Test
    void theGroupItsInstancesAndPolicyAreDescribed() {
        fixture.scaledOut();

        AutoScalingGroup group = group();
        assertThat(List.of(group.minSize(), group.desiredCapacity(), group.maxSize()))
                .containsExactly(1, 2, 4);
        assertThat(group.defaultInstanceWarmup()).isEqualTo(3);
        assertThat(group.defaultCooldown()).isEqualTo(10);
        assertThat(group.instances().get(0).lifecycleState()).isEqualTo(LifecycleState.IN_SERVICE);
        assertThat(group.enabledMetrics())
                .extracting(EnabledMetric::metric)
                .contains("GroupDesiredCapacity", "GroupInServiceInstances", "GroupPendingInstances");
        assertThat(group.targetGroupARNs()).hasSize(1);
        assertThat(group.tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .contains("tier=app");
        assertThat(scaling.describeAutoScalingGroups(r -> r.autoScalingGroupNames("other"))
                        .autoScalingGroups())
                .isEmpty();
        assertThat(scaling.describeAutoScalingGroups(
                                r -> r.filters(f -> f.name("tag:tier").values("app")))
                        .autoScalingGroups())
                .hasSize(1);

        ScalingPolicy policy = scaling.describePolicies(r -> r.autoScalingGroupName(GROUP))
                .scalingPolicies()
                .get(0);
        assertThat(policy.targetTrackingConfiguration().targetValue()).isEqualTo(50);
        assertThat(policy.targetTrackingConfiguration()
                        .predefinedMetricSpecification()
                        .predefinedMetricType())
                .isEqualTo(MetricType.ASG_AVERAGE_CPU_UTILIZATION);
        assertThat(policy.alarms()).extracting(alarm -> alarm.alarmName()).containsExactly(HIGH, LOW);
        assertThat(scaling.describeAutoScalingInstancesPaginator(r -> r.maxRecords(1))
                        .autoScalingInstances())
                .extracting(AutoScalingInstanceDetails::lifecycleState)
                .containsExactly("InService", "InService");
    }

    @Test
    void activitiesComeNewestFirstInPages() {
        fixture.scaledOut();
        fixture.rig.seconds(4, 60);

        List<Activity> all = scaling
                .describeScalingActivitiesPaginator(
                        r -> r.autoScalingGroupName(GROUP).maxRecords(1))
                .activities()
                .stream()
                .toList();

        assertThat(all).extracting(Activity::statusCode).containsOnly(ScalingActivityStatusCode.SUCCESSFUL);
        assertThat(all.size()).isGreaterThanOrEqualTo(2);
        assertThat(all).isSortedAccordingTo((one, other) -> other.startTime().compareTo(one.startTime()));
        assertThat(all.get(all.size() - 2).cause()).contains(" a monitor alarm " + HIGH + " in state ALARM triggered");
        assertThat(all.get(all.size() - 1).endTime()).isAfter(T0);
        assertThatThrownBy(() -> scaling.describeScalingActivities(r -> r.autoScalingGroupName("other")))
                .isInstanceOf(AutoScalingException.class)
                .hasMessageContaining("AutoScalingGroup name not found - AutoScalingGroup 'other' not found");
    }

    @Test
    void policiesOfEveryKindArePutDescribedExecutedAndDeleted() {
        fixture.scaledOut();
        String step = scaling.putScalingPolicy(r -> r.autoScalingGroupName(GROUP)
                        .policyName("steps")
                        .policyType("StepScaling")
                        .adjustmentType("PercentChangeInCapacity")
                        .minAdjustmentMagnitude(2)
                        .estimatedInstanceWarmup(7)
                        .stepAdjustments(
                                s -> s.metricIntervalLowerBound(0.0)
                                        .metricIntervalUpperBound(10.0)
                                        .scalingAdjustment(50),
                                s -> s.metricIntervalLowerBound(10.0).scalingAdjustment(100)))
                .policyARN();
        scaling.putScalingPolicy(r -> r.autoScalingGroupName(GROUP)
                .policyName("simple")
                .adjustmentType("ExactCapacity")
                .scalingAdjustment(3)
                .cooldown(60));
        var tracking = scaling.putScalingPolicy(r -> r.autoScalingGroupName(GROUP)
                .policyName("requests")
                .policyType("TargetTrackingScaling")
                .targetTrackingConfiguration(t -> t.targetValue(100.0)
                        .disableScaleIn(true)
                        .customizedMetricSpecification(m -> m.namespace("Plimsoll/Test")
                                .metricName("Backlog")
                                .statistic("Average"))));
        assertThat(tracking.alarms()).hasSize(1);

        List<ScalingPolicy> policies =
                scaling
                        .describePoliciesPaginator(
                                r -> r.autoScalingGroupName(GROUP).maxRecords(1))
                        .scalingPolicies()
                        .stream()
                        .toList();
        assertThat(policies)
                .extracting(ScalingPolicy::policyType)
                .containsExactly("TargetTrackingScaling", "StepScaling", "SimpleScaling", "TargetTrackingScaling");
        assertThat(policies.get(1).stepAdjustments())
                .extracting(each -> each.scalingAdjustment())
                .containsExactly(50, 100);
        assertThat(policies.get(1).estimatedInstanceWarmup()).isEqualTo(7);
        assertThat(policies.get(1).minAdjustmentMagnitude()).isEqualTo(2);
        assertThat(policies.get(2).cooldown()).isEqualTo(60);
        assertThat(policies.get(3).targetTrackingConfiguration().disableScaleIn())
                .isTrue();

        fixture.rig.seconds(8, 48);
        scaling.executePolicy(r -> r.policyName(step).metricValue(65.0).breachThreshold(50.0));
        assertThat(group().desiredCapacity()).isEqualTo(4);
        assertThatThrownBy(() ->
                        scaling.executePolicy(r -> r.autoScalingGroupName(GROUP).policyName("steps")))
                .hasMessageContaining("MetricValue and BreachThreshold must be specified for StepScaling policies");
        scaling.deletePolicy(r -> r.autoScalingGroupName(GROUP).policyName("requests"));
        assertThat(scaling.describePolicies(r -> r.policyNames("requests")).scalingPolicies())
                .isEmpty();
        assertThatThrownBy(() -> scaling.putScalingPolicy(
                        r -> r.autoScalingGroupName(GROUP).policyName("x").policyType("PredictiveScaling")))
                .hasMessageContaining("PolicyType 'PredictiveScaling' is not one of SimpleScaling, StepScaling,"
                        + " TargetTrackingScaling");
    }

    @Test
    void scheduledActionsArePutDescribedAndDeleted() {
        fixture.scaledOut();
        scaling.putScheduledUpdateGroupAction(r -> r.autoScalingGroupName(GROUP)
                .scheduledActionName("morning")
                .recurrence("30 8 * * 1-5")
                .minSize(2)
                .desiredCapacity(3));

        ScheduledUpdateGroupAction action = scaling.describeScheduledActions(r -> r.autoScalingGroupName(GROUP))
                .scheduledUpdateGroupActions()
                .get(0);
        assertThat(action.recurrence()).isEqualTo("30 8 * * 1-5");
        assertThat(action.startTime()).isEqualTo("2026-11-24T08:30:00Z");
        assertThat(action.maxSize()).isNull();
        assertThatThrownBy(() -> scaling.putScheduledUpdateGroupAction(r -> r.autoScalingGroupName(GROUP)
                        .scheduledActionName("x")
                        .recurrence("x")
                        .minSize(1)))
                .hasMessageContaining("recurrence 'x' must have five fields");
        scaling.deleteScheduledAction(r -> r.autoScalingGroupName(GROUP).scheduledActionName("morning"));
        assertThat(scaling.describeScheduledActions().scheduledUpdateGroupActions())
                .isEmpty();
    }

    @Test
    void anInstanceRefreshIsStartedDescribedAndCancelled() {
        fixture.scaledOut();
        String id = scaling.startInstanceRefresh(r -> r.autoScalingGroupName(GROUP)
                        .preferences(p -> p.minHealthyPercentage(50).instanceWarmup(1)))
                .instanceRefreshId();
        fixture.rig.seconds(1, 48);

        InstanceRefresh refresh = scaling.describeInstanceRefreshes(r -> r.autoScalingGroupName(GROUP))
                .instanceRefreshes()
                .get(0);
        assertThat(refresh.instanceRefreshId()).isEqualTo(id);
        assertThat(refresh.status()).isEqualTo(InstanceRefreshStatus.IN_PROGRESS);
        assertThat(refresh.percentageComplete()).isEqualTo(0);
        assertThat(refresh.instancesToUpdate()).isEqualTo(2);
        assertThat(refresh.preferences().minHealthyPercentage()).isEqualTo(50);
        assertThatThrownBy(() -> scaling.startInstanceRefresh(r -> r.autoScalingGroupName(GROUP)))
                .isInstanceOf(InstanceRefreshInProgressException.class);
        scaling.cancelInstanceRefresh(r -> r.autoScalingGroupName(GROUP));
        fixture.rig.seconds(1, 48);
        assertThat(scaling.describeInstanceRefreshes(r -> r.autoScalingGroupName(GROUP))
                        .instanceRefreshes()
                        .get(0)
                        .status())
                .isEqualTo(InstanceRefreshStatus.CANCELLED);
    }

    @Test
    void requestsChangeTheGroupAndWhatCannotBeIsRefused() {
        fixture.scaledOut();
        scaling.updateAutoScalingGroup(
                r -> r.autoScalingGroupName(GROUP).maxSize(5).defaultCooldown(20));
        scaling.setDesiredCapacity(r -> r.autoScalingGroupName(GROUP).desiredCapacity(3));
        scaling.suspendProcesses(
                r -> r.autoScalingGroupName(GROUP).scalingProcesses("AlarmNotification", "AZRebalance"));
        scaling.disableMetricsCollection(r -> r.autoScalingGroupName(GROUP));

        assertThat(group().maxSize()).isEqualTo(5);
        assertThat(group().defaultCooldown()).isEqualTo(20);
        assertThat(group().desiredCapacity()).isEqualTo(3);
        assertThat(group().suspendedProcesses())
                .extracting(each -> each.processName())
                .containsExactly("AlarmNotification", "AZRebalance");
        assertThat(group().enabledMetrics()).isEmpty();
        String first = group().instances().get(0).instanceId();
        assertThat(scaling.terminateInstanceInAutoScalingGroup(
                                r -> r.instanceId(first).shouldDecrementDesiredCapacity(true))
                        .activity()
                        .description())
                .isEqualTo("Terminating EC2 instance: " + first);
        assertThat(group().desiredCapacity()).isEqualTo(2);
        assertThatThrownBy(() -> scaling.setDesiredCapacity(
                        r -> r.autoScalingGroupName(GROUP).desiredCapacity(9)))
                .isInstanceOf(AutoScalingException.class)
                .hasMessageContaining("New SetDesiredCapacity value 9 is above max value 5 for the AutoScalingGroup.");
        assertThatThrownBy(
                        () -> scaling.setInstanceHealth(r -> r.instanceId(first).healthStatus("Sick")))
                .hasMessageContaining("Invalid health status: Sick");
    }
}
