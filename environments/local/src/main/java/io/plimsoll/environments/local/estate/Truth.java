package io.plimsoll.environments.local.estate;

import java.time.Instant;

/**
 * What became so, as the part itself knows it, and at which moment: what a test holds the findings of a run against. No AWS
 * call tells it, and nothing that observes a run reads it.
 *
 * @param at the moment, by the machine's clock
 * @param what {@code healthy}: a target is given requests from then on; {@code down}: the server that took a database's
 *     writes has ended; {@code writable}: its endpoint leads to a server that takes them
 * @param of id of the instance or database
 */
public record Truth(Instant at, String what, String of) {
    /** A target is given requests. */
    public static Truth healthy(String instanceId) {
        return new Truth(Instant.now(), "healthy", instanceId);
    }

    /** The server that took the writes has ended. */
    public static Truth down(String database) {
        return new Truth(Instant.now(), "down", database);
    }

    /** Writes are taken again. */
    public static Truth writable(String database) {
        return new Truth(Instant.now(), "writable", database);
    }
}
