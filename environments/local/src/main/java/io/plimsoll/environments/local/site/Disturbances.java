package io.plimsoll.environments.local.site;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be done to the stack that AWS has no call for, by name. A part registers its own when it starts. Each that is
 * done leaves an entry in the audit trail. Safe for several threads.
 */
public final class Disturbances {
    /** Source of the audit trail's entries. */
    public static final String EVENT_SOURCE = "disturb.plimsoll.local";

    private final SortedMap<String, Disturbance> byName = new TreeMap<>();
    private final AuditTrail audit;

    Disturbances(AuditTrail audit) {
        this.audit = audit;
    }

    /** Does it. */
    @FunctionalInterface
    public interface Disturbance {
        /**
         * Does it and returns once it is done.
         *
         * @return one clause on what was done, such as {@code terminated i-0123456789abcdef0}
         * @throws Refused if it cannot be done
         */
        String apply(Parameters parameters) throws Refused;
    }

    /** A disturbance was not done. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        /**
         * Says why.
         *
         * @param status HTTP status: 400 a wrong parameter, 404 nothing of that name, 409 not possible now
         */
        public Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** Parameters of a disturbance by name. */
    public record Parameters(Map<String, String> values) {
        public Parameters {
            values = Map.copyOf(values);
        }

        /** A parameter that must be given. */
        public String text(String name) throws Refused {
            String value = values.getOrDefault(name, "");
            if (value.isBlank()) {
                throw new Refused(400, name + " is required");
            }
            return value;
        }

        /** A whole number that must be given, in [least, most]. */
        public int whole(String name, int least, int most) throws Refused {
            String text = values.getOrDefault(name, "");
            try {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw outside(name, least, most, text);
            }
            throw outside(name, least, most, text);
        }

        private static Refused outside(String name, int least, int most, String was) {
            return new Refused(
                    400, name + " must be a whole number in [" + least + ", " + most + "], was '" + was + "'");
        }
    }

    /** Adds one; the name must be new. */
    public synchronized void register(String name, Disturbance disturbance) {
        if (byName.putIfAbsent(name, disturbance) != null) {
            throw new IllegalStateException("disturbance " + name + " is registered twice");
        }
    }

    /**
     * Does one.
     *
     * @return what was done
     */
    public String apply(String name, Parameters parameters) throws Refused {
        Disturbance disturbance;
        synchronized (this) {
            disturbance = byName.get(name);
            if (disturbance == null) {
                throw new Refused(
                        404, "unknown disturbance '" + name + "'; valid: " + String.join(", ", byName.keySet()));
            }
        }
        String done = disturbance.apply(parameters);
        audit.record(EVENT_SOURCE, name, parameters.values());
        return done;
    }
}
