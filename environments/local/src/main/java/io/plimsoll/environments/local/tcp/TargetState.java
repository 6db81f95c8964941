package io.plimsoll.environments.local.tcp;

import io.plimsoll.environments.local.balancer.HealthState;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.TargetView.Health;
import java.util.HashSet;
import java.util.Set;

/** A registered target: its health, and its flows, which only the balancer's thread touches. */
final class TargetState {
    private final TcpTarget target;
    private final Set<Flow> flows = new HashSet<>();
    private HealthState state = HealthState.REGISTERED;
    private volatile int active;

    TargetState(TcpTarget target) {
        this.target = target;
    }

    TcpTarget target() {
        return target;
    }

    void opened(Flow flow) {
        flows.add(flow);
        active = flows.size();
    }

    void ended(Flow flow) {
        flows.remove(flow);
        active = flows.size();
    }

    Set<Flow> flows() {
        return flows;
    }

    /** Open flows; may be read by any thread. */
    int active() {
        return active;
    }

    synchronized Health health() {
        return state.health();
    }

    synchronized void checked(HealthState.Check check, TcpBalancerSettings settings) {
        state = state.after(check, settings.healthyThreshold(), settings.unhealthyThreshold());
    }

    synchronized void drain() {
        state = HealthState.DRAINING;
    }

    synchronized TargetView view(String targetGroup) {
        return new TargetView(
                targetGroup,
                target.id(),
                target.port(),
                target.zone(),
                state.health(),
                state.reason(),
                state.description());
    }
}
