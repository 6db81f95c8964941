package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.DatabaseCluster;
import io.plimsoll.environments.local.database.DatabaseServer;
import io.plimsoll.environments.local.estate.DatabaseView;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.site.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Primary and replicas at work.
 *
 * @param zones availability zones; the primary is in the first, replicas in the others in turn
 */
record RunningDatabase(DatabaseCluster cluster, Credentials credentials, List<String> zones) implements Part {
    /** Instance class of a server that shares this machine. */
    private static final String INSTANCE_CLASS = "db.local";

    RunningDatabase {
        zones = List.copyOf(zones);
    }

    @Override
    public Stream<?> offers() {
        return cluster.servers().stream().map(this::view);
    }

    private DatabaseView view(DatabaseServer server) {
        return new DatabaseView(
                server.id(),
                server.source(),
                "mariadb",
                server.version(),
                INSTANCE_CLASS,
                zones.get(cluster.servers().indexOf(server) % zones.size()),
                server.process().isAlive() ? "available" : "failed",
                LoopbackPorts.ADDRESS,
                server.port(),
                server.started());
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "primary-port",
                Integer.toString(cluster.primary().port()),
                "replica-ports",
                cluster.replicas().stream()
                        .map(replica -> Integer.toString(replica.port()))
                        .collect(Collectors.joining(",")),
                "database-ports",
                cluster.servers().stream()
                        .map(server -> server.id() + "=" + server.port())
                        .collect(Collectors.joining(",")),
                "database-password",
                credentials.service());
    }

    @Override
    public Map<String, ChildProcess> processes() {
        Map<String, ChildProcess> processes = new LinkedHashMap<>();
        cluster.servers().forEach(server -> processes.put(server.id(), server.process()));
        return processes;
    }
}
