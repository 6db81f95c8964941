package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.DatabaseCluster;
import io.plimsoll.environments.local.database.DatabaseServer;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.measure.DatabaseMetrics;
import io.plimsoll.environments.local.site.Disturbances.Parameters;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A MariaDB primary with its replicas.
 *
 * @param name name of the part
 * @param id DB instance identifier of the primary
 * @param replicas number of read replicas
 * @param common what the parts share
 */
record DatabaseSpec(String name, String id, int replicas, Common common) implements PartSpec {
    private static final int LONGEST_DELAY_SECONDS = 3_600;

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "id", "replicas");
        return new DatabaseSpec(
                name,
                node.optional("id").map(Node::text).orElse(Common.resourceName(name)),
                node.required("replicas").integer(0, 4),
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
        DatabaseCluster cluster = DatabaseCluster.start(
                site.guardian(), binary, site.userCache(), id, replicas, common, credentials, site.executor());
        for (DatabaseServer server : cluster.servers()) {
            site.everySecond(server.id(), new DatabaseMetrics(site.metrics(), server)::publish);
            site.tell("database " + server.id() + ": MariaDB " + server.version()
                    + server.source().map(source -> ", replica of " + source).orElse(", primary"));
        }
        site.announce("database", cluster.primary().id());
        site.disturbances().register("replica-delay", parameters -> delay(cluster, parameters));
        site.disturbances().register("replica-stop", parameters -> stop(cluster));
        return new RunningDatabase(cluster, credentials, common.zones());
    }

    private static String delay(DatabaseCluster cluster, Parameters parameters) throws Refused {
        int seconds = parameters.whole("seconds", 0, LONGEST_DELAY_SECONDS);
        try {
            for (DatabaseServer replica : cluster.replicas()) {
                replica.delayReplication(Duration.ofSeconds(seconds));
            }
        } catch (SQLException e) {
            throw refused(e);
        }
        return "replication delayed by " + seconds + " s";
    }

    private static String stop(DatabaseCluster cluster) throws Refused {
        try {
            for (DatabaseServer replica : cluster.replicas()) {
                replica.stopReplication();
            }
        } catch (SQLException e) {
            throw refused(e);
        }
        return "replication stopped";
    }

    private static Refused refused(SQLException e) {
        return new Refused(409, "the replica refused: " + e.getMessage());
    }
}
