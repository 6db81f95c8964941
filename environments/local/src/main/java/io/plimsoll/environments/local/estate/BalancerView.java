package io.plimsoll.environments.local.estate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A load balancer.
 *
 * @param name its name
 * @param internal whether it is for the stack itself, and not for its clients
 * @param address loopback address it listens on
 * @param listeners its listeners, at least one
 * @param created when it started
 * @param zones its availability zones
 */
public record BalancerView(
        String name, boolean internal, String address, List<Listener> listeners, Instant created, List<String> zones) {
    /** Protocol of a network load balancer's listener. */
    public static final String TCP = "TCP";

    public BalancerView {
        listeners = List.copyOf(listeners);
        zones = List.copyOf(zones);
    }

    /** Whether it is a network load balancer, which passes on bytes, and not an application load balancer. */
    public boolean isNetwork() {
        return listeners.stream().anyMatch(listener -> listener.protocol().equals(TCP));
    }

    /**
     * A listener.
     *
     * @param protocol ELBv2 protocol, such as {@code HTTP}
     * @param port TCP port
     * @param certificate id of its certificate; empty for a protocol without one
     * @param rules where requests go, in the order they are tried; what none takes is answered 404
     */
    public record Listener(String protocol, int port, Optional<String> certificate, List<Rule> rules) {
        public Listener {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A rule of a listener.
     *
     * @param methods HTTP methods it takes; empty for all
     * @param paths path patterns it takes, with {@code *} for any text; empty for all
     * @param targetGroup name of the target group it sends to
     */
    public record Rule(List<String> methods, List<String> paths, String targetGroup) {
        public Rule {
            methods = List.copyOf(methods);
            paths = List.copyOf(paths);
        }

        /** Whether it takes every request, as only a last rule should. */
        public boolean takesAll() {
            return methods.isEmpty() && paths.isEmpty();
        }
    }
}
