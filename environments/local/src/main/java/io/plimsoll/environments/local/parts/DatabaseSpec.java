package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.DatabaseServer;
import io.plimsoll.environments.local.database.DatabaseSetup;
import io.plimsoll.environments.local.database.FailoverPolicy;
import io.plimsoll.environments.local.database.ReadReplica;
import io.plimsoll.environments.local.database.ReplicatedDatabase;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.measure.DatabaseMetrics;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.environments.local.tcp.SwitchedPort;
import io.plimsoll.results.document.Document.Node;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A MariaDB primary, with a standby in another zone if it is Multi-AZ, and read replicas.
 *
 * @param name name of the part
 * @param id DB instance identifier of the primary
 * @param multiAz whether it has a standby
 * @param replicas number of read replicas
 * @param bufferPoolBytes what each server may cache of its tables
 * @param failoverProbes probes in a row that must fail until a server is taken for lost
 * @param common what the parts share
 */
record DatabaseSpec(
        String name, String id, boolean multiAz, int replicas, long bufferPoolBytes, int failoverProbes, Common common)
        implements PartSpec {
    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "id", "multi-az", "replicas", "buffer-pool", "failover-probes");
        return new DatabaseSpec(
                name,
                node.optional("id").map(Node::text).orElse(Common.resourceName(name)),
                node.optional("multi-az").map(Node::flag).orElse(false),
                node.optional("replicas").map(value -> value.integer(0, 4)).orElse(0),
                node.optional("buffer-pool")
                        .map(value -> Values.size(value, 5L << 20, 4L << 30))
                        .orElse(DatabaseSetup.BUFFER_POOL_BYTES),
                node.optional("failover-probes")
                        .map(value -> value.integer(1, 1_000))
                        .orElse(FailoverPolicy.DEFAULT.strikes()),
                common);
    }

    @Override
    public List<String> uses() {
        return List.of();
    }

    @Override
    public Part start(Site site) {
        ServerBinaries.MariaDb binary =
                site.binaries().mariadb(common.binaries().mariadbd());
        site.tell("database: MariaDB binaries " + binary.version());
        Credentials credentials = Credentials.random();
        DatabaseSetup setup = DatabaseSetup.of(
                        id,
                        replicas,
                        common.zones(),
                        DatabaseSetup.Rows.unsharded(common.service().items()))
                .withReplicaDelay(common.faults().replicaDelay())
                .withBufferPool(bufferPoolBytes)
                .withPolicy(FailoverPolicy.DEFAULT.withStrikes(failoverProbes));
        ReplicatedDatabase database = ReplicatedDatabase.start(
                site.guardian(),
                binary,
                site.userCache(),
                multiAz ? setup.withStandby() : setup,
                credentials,
                site.executor());
        breakWhatIsToBeBroken(database);
        measure(site, database);
        site.announce("database", database.primary().id());
        new DatabaseDisturbances(database).register(site.disturbances());
        return new RunningDatabase(
                name,
                database,
                credentials,
                common.faults().databasePortOpen()
                        ? Optional.of(
                                SwitchedPort.publish(id, database.primary().port()))
                        : Optional.empty());
    }

    private void breakWhatIsToBeBroken(ReplicatedDatabase database) {
        if (common.faults().replicaStopped()) {
            try {
                for (ReadReplica replica : database.replicas()) {
                    replica.server().stopReplication();
                }
            } catch (SQLException e) {
                throw new ProcessException("replication cannot be stopped: " + e.getMessage(), e);
            }
        }
    }

    private static void measure(Site site, ReplicatedDatabase database) {
        String id = database.primary().id();
        site.everySecond(id, new DatabaseMetrics(site.metrics(), id, database.primary()::active)::publish);
        tell(site, database.primary().active(), "primary");
        database.primary().standby().ifPresent(standby -> tell(site, standby, "standby of " + id));
        for (ReadReplica replica : database.replicas()) {
            site.everySecond(replica.id(), new DatabaseMetrics(site.metrics(), replica.id(), replica::server)::publish);
            tell(site, replica.server(), "replica of " + id);
        }
    }

    private static void tell(Site site, DatabaseServer server, String what) {
        site.tell("database " + server.id() + ": MariaDB " + server.version() + ", " + what);
    }
}
