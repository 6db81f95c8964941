package io.plimsoll.environments.local.estate;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A record set of a hosted zone.
 *
 * @param name absolute name, ending in a dot
 * @param type DNS type, such as {@code A}
 * @param ttl how long a resolver may keep it, whole seconds
 * @param values in presentation format, at least one
 * @param failover set identifier and role, if there are two of the name and type
 * @param healthCheckId the health check it depends on
 */
public record RecordSetView(
        String name,
        String type,
        Duration ttl,
        List<String> values,
        Optional<Failover> failover,
        Optional<String> healthCheckId) {
    /**
     * One of two record sets.
     *
     * @param setIdentifier tells it from the other
     * @param role which it is
     */
    public record Failover(String setIdentifier, Role role) {}

    /** Role of a record set. */
    public enum Role {
        /** Answered while its health check is well. */
        PRIMARY,
        /** Answered while the primary's is not. */
        SECONDARY
    }

    public RecordSetView {
        values = List.copyOf(values);
        if (!name.endsWith(".")) {
            throw new IllegalArgumentException("name must end in a dot, was '" + name + "'");
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " " + type + ": needs at least one value");
        }
        if (ttl.isNegative() || !ttl.equals(ttl.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException(name + " " + type + ": TTL must be whole seconds, was " + ttl);
        }
    }

    /** A record set that is always answered. */
    public static RecordSetView simple(String name, String type, Duration ttl, List<String> values) {
        return new RecordSetView(name, type, ttl, values, Optional.empty(), Optional.empty());
    }
}
