package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Durations;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where load may go and how much; section {@code load} of a descriptor. A value exactly at a bound is allowed.
 *
 * @param allowedHosts hosts that load may be sent to, compared exactly but for case; at least one
 * @param maxRequestsPerSecond highest rate at any moment of a plan, &gt; 0
 * @param maxRequests most requests of a whole plan, &gt; 0
 * @param maxDuration longest plan, &gt; 0
 * @param loopbackOnly whether nothing but loopback is allowed, whatever {@code allowedHosts} says
 * @param hours when load may be sent; empty for any hour of any day
 */
public record LoadPermission(
        List<String> allowedHosts,
        double maxRequestsPerSecond,
        long maxRequests,
        Duration maxDuration,
        boolean loopbackOnly,
        Optional<LoadHours> hours) {
    /** A plan exactly at a bound must not be beyond it for having been divided. */
    private static final double ROUNDING = 1e-12;

    /** A permission for any hour of the day. */
    public LoadPermission(
            List<String> allowedHosts,
            double maxRequestsPerSecond,
            long maxRequests,
            Duration maxDuration,
            boolean loopbackOnly) {
        this(allowedHosts, maxRequestsPerSecond, maxRequests, maxDuration, loopbackOnly, Optional.empty());
    }

    public LoadPermission {
        allowedHosts = allowedHosts.stream().map(Hosts::plain).toList();
        if (allowedHosts.isEmpty()) {
            throw new IllegalArgumentException("load: must allow a host");
        }
        if (!(maxRequestsPerSecond > 0 && maxRequests > 0 && maxDuration.compareTo(Duration.ZERO) > 0)) {
            throw new IllegalArgumentException("load: bounds must be > 0, were " + maxRequestsPerSecond
                    + " requests/s, " + maxRequests + " requests, " + maxDuration);
        }
    }

    /**
     * The part of each of several load generators that share this permission: rate and requests divided, and one
     * request more for rounding; hosts, time and hours as they are.
     */
    public LoadPermission sharedBy(int count) {
        return new LoadPermission(
                allowedHosts,
                maxRequestsPerSecond / count * (1 + ROUNDING),
                maxRequests / count + 1,
                maxDuration,
                loopbackOnly,
                hours);
    }

    /** What of a plan is not allowed: one sentence each with key, rule and value; empty if all is allowed. */
    public List<String> check(URI baseUrl, LoadPlan plan) {
        List<String> violations = new ArrayList<>();
        checkHost(baseUrl, violations);
        double peak = plan.phases().stream()
                .mapToDouble(LoadPermission::highestRate)
                .max()
                .orElse(0);
        if (!(peak <= maxRequestsPerSecond)) {
            violations.add("load.max-requests-per-second: must be at most " + print(maxRequestsPerSecond)
                    + " requests/s, profile '" + plan.profile() + "' peaks at " + print(peak) + " requests/s");
        }
        double requests =
                plan.phases().stream().mapToDouble(Phase::offeredRequests).sum();
        if (!(requests <= maxRequests)) {
            violations.add("load.max-requests: must be at most " + maxRequests + " requests, profile '" + plan.profile()
                    + "' offers " + print(requests));
        }
        Duration length = plan.whole().length();
        if (length.compareTo(maxDuration) > 0) {
            violations.add("load.max-duration: must be at most " + Durations.print(maxDuration) + ", profile '"
                    + plan.profile() + "' lasts " + Durations.print(length));
        }
        hours.flatMap(allowed -> allowed.violation(plan.whole())).ifPresent(violations::add);
        return List.copyOf(violations);
    }

    private void checkHost(URI baseUrl, List<String> violations) {
        String host = Hosts.of(baseUrl);
        if (loopbackOnly && !Hosts.isLoopback(host)) {
            violations.add(
                    "load.allowed-hosts: an embedded environment takes load on loopback only, was '" + host + "'");
        } else if (!allowedHosts.contains(host)) {
            violations.add("load.allowed-hosts: must contain the host load is sent to, was '" + host + "'; allowed: "
                    + String.join(", ", allowedHosts));
        }
    }

    private static double highestRate(Phase phase) {
        return Math.max(phase.fromRequestsPerSecond(), phase.toRequestsPerSecond());
    }

    /** Rounded up, so that a value beyond a bound never prints as the bound. */
    private static String print(double value) {
        return new BigDecimal(value)
                .setScale(3, RoundingMode.CEILING)
                .stripTrailingZeros()
                .toPlainString();
    }
}
