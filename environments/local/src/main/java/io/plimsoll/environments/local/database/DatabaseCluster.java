package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.binaries.UserCache;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.StackDescriptor;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.ProcessException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The primary and its replicas.
 *
 * @param primary takes the writes
 * @param replicas serve reads; at least one
 */
public record DatabaseCluster(DatabaseServer primary, List<DatabaseServer> replicas) {
    public DatabaseCluster {
        replicas = List.copyOf(replicas);
    }

    /** All servers, the primary first. */
    public List<DatabaseServer> servers() {
        return Stream.concat(Stream.of(primary), replicas.stream()).toList();
    }

    /**
     * Starts all servers at once, joins them and breaks what is to be broken.
     *
     * @param id identifier of the primary; replicas are {@code <id>-replica-1} and on
     * @param replicas number of read replicas
     * @throws ProcessException if one does not come up or does not replicate
     */
    public static DatabaseCluster start(
            Guardian guardian,
            ServerBinaries.MariaDb binary,
            UserCache cache,
            String id,
            int replicas,
            Common common,
            Credentials credentials,
            Executor executor) {
        DataTemplate template = DataTemplate.of(cache, binary, common.service().items());
        List<CompletableFuture<DatabaseServer>> starting = new ArrayList<>();
        for (int i = 0; i <= replicas; i++) {
            int number = i;
            Optional<String> source = number == 0 ? Optional.empty() : Optional.of(id);
            String name = number == 0 ? id : id + "-replica-" + number;
            starting.add(CompletableFuture.supplyAsync(
                    () -> DatabaseServer.start(guardian, binary, template, name, source, number + 1, credentials),
                    executor));
        }
        List<DatabaseServer> servers =
                starting.stream().map(CompletableFuture::join).toList();
        DatabaseCluster cluster = new DatabaseCluster(servers.get(0), servers.subList(1, servers.size()));
        cluster.join(common.faults());
        return cluster;
    }

    private void join(StackDescriptor.Faults faults) {
        try {
            for (DatabaseServer replica : replicas) {
                replica.replicate(primary, faults.replicaDelay());
            }
            for (DatabaseServer replica : replicas) {
                if (!Await.until(replica::replicates, Duration.ofSeconds(10))) {
                    throw replica.process().failure("did not begin to replicate within 10 s");
                }
                if (faults.replicaStopped()) {
                    replica.stopReplication();
                }
            }
        } catch (SQLException e) {
            throw new ProcessException("replication cannot be set up: " + e.getMessage(), e);
        }
    }
}
