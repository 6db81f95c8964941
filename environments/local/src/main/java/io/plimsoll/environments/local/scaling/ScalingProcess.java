package io.plimsoll.environments.local.scaling;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a group does by itself, and can be told not to do.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html">Suspend and resume
 *     processes</a>
 */
public enum ScalingProcess {
    LAUNCH("Launch"),
    TERMINATE("Terminate"),
    ADD_TO_LOAD_BALANCER("AddToLoadBalancer"),
    ALARM_NOTIFICATION("AlarmNotification"),
    AZ_REBALANCE("AZRebalance"),
    HEALTH_CHECK("HealthCheck"),
    INSTANCE_REFRESH("InstanceRefresh"),
    REPLACE_UNHEALTHY("ReplaceUnhealthy"),
    SCHEDULED_ACTIONS("ScheduledActions");

    private final String word;

    ScalingProcess(String word) {
        this.word = word;
    }

    /** Auto Scaling's word. */
    public String word() {
        return word;
    }

    /**
     * A process by Auto Scaling's word.
     *
     * @throws Refusal if there is none
     */
    public static ScalingProcess named(String word) {
        return Arrays.stream(values())
                .filter(process -> process.word.equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("'" + word + "' is not one of "
                        + Arrays.stream(values()).map(ScalingProcess::word).collect(Collectors.joining(", "))));
    }
}
