package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.estate.BalancerView.Rule;
import java.util.List;

/**
 * A load balancer.
 *
 * @param name its name
 * @param internal whether it is for the stack itself, and not for its clients
 * @param rules where requests go, in the order they are tried, at least one; what none takes is answered 404
 * @param checks how its target groups check their targets
 */
public record BalancerSettings(String name, boolean internal, List<Rule> rules, HealthChecks checks) {
    public BalancerSettings {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("load balancer " + name + ": it needs at least one rule");
        }
    }
}
