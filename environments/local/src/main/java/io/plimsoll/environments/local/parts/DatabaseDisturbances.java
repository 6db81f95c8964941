package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.database.ReadReplica;
import io.plimsoll.environments.local.database.ReplicatedDatabase;
import io.plimsoll.environments.local.site.Disturbances;
import io.plimsoll.environments.local.site.Disturbances.Parameters;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What can be done to a database that RDS has no call for. A parameter {@code id} names a replica; without it every
 * replica is meant.
 */
final class DatabaseDisturbances {
    private static final int LONGEST_DELAY_SECONDS = 3_600;

    private final ReplicatedDatabase database;

    DatabaseDisturbances(ReplicatedDatabase database) {
        this.database = database;
    }

    void register(Disturbances disturbances) {
        disturbances.register("kill-primary", parameters -> killPrimary());
        disturbances.register("delay-replica", parameters -> {
            int seconds = parameters.whole("seconds", 0, LONGEST_DELAY_SECONDS);
            return each(
                    parameters, "delayed by " + seconds + " s", replica -> replica.delay(Duration.ofSeconds(seconds)));
        });
        disturbances.register(
                "stop-replica",
                parameters ->
                        each(parameters, "stopped", replica -> replica.server().stopReplication()));
        disturbances.register(
                "start-replica",
                parameters ->
                        each(parameters, "started", replica -> replica.server().startReplication()));
        disturbances.register("lock-replica", parameters -> each(parameters, "locked", ReadReplica::lock));
        disturbances.register("unlock-replica", parameters -> each(parameters, "unlocked", ReadReplica::unlock));
        disturbances.register(
                "drop-primary-key",
                parameters -> onPrimary("items have no usable key: every read scans", database::dropPrimaryKey));
        disturbances.register(
                "restore-primary-key",
                parameters -> onPrimary("items have a primary key", database::restorePrimaryKey));
    }

    private String killPrimary() {
        String server = database.primary().active().id();
        database.primary().killActive();
        return "killed " + server;
    }

    private String each(Parameters parameters, String done, Act<ReadReplica> act) throws Refused {
        List<ReadReplica> chosen = replicas(parameters);
        try {
            for (ReadReplica replica : chosen) {
                act.on(replica);
            }
        } catch (SQLException e) {
            throw new Refused(409, "the replica refused: " + e.getMessage());
        }
        return done + ": " + chosen.stream().map(ReadReplica::id).collect(Collectors.joining(", "));
    }

    private List<ReadReplica> replicas(Parameters parameters) throws Refused {
        String id = parameters.values().getOrDefault("id", "");
        List<ReadReplica> chosen = database.replicas().stream()
                .filter(replica -> id.isEmpty() || replica.id().equals(id))
                .toList();
        if (chosen.isEmpty()) {
            throw new Refused(404, id.isEmpty() ? "the database has no replica" : "no replica '" + id + "'");
        }
        return chosen;
    }

    private static String onPrimary(String done, SqlAct act) throws Refused {
        try {
            act.run();
            return done;
        } catch (SQLException e) {
            throw new Refused(409, "the primary refused: " + e.getMessage());
        }
    }

    /** Something done to a part of a database. */
    @FunctionalInterface
    private interface Act<T> {
        void on(T part) throws SQLException;
    }

    /** Something done to a database. */
    @FunctionalInterface
    private interface SqlAct {
        void run() throws SQLException;
    }
}
