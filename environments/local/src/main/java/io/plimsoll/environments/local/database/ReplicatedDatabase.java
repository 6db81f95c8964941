package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.binaries.UserCache;
import io.plimsoll.environments.local.estate.DatabaseActs;
import io.plimsoll.environments.local.estate.DatabaseEvent;
import io.plimsoll.environments.local.estate.DatabaseView;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.tcp.SwitchedPort;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/** A primary, its standby if it has one, and its read replicas. Safe for several threads. */
public final class ReplicatedDatabase implements DatabaseActs, AutoCloseable {
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);
    /** Instance class: processes that share this machine. */
    private static final String CLASS = "db.local";

    private final DatabaseInstance primary;
    private final List<ReadReplica> replicas;
    private final DatabaseEvents events;

    private ReplicatedDatabase(DatabaseInstance primary, List<ReadReplica> replicas, DatabaseEvents events) {
        this.primary = primary;
        this.replicas = List.copyOf(replicas);
        this.events = events;
    }

    /**
     * Starts all servers at once, joins them, and returns once the replicas replicate and the standby is in sync.
     *
     * @param executor runs what waits for a process; must not queue
     * @throws ProcessException if one does not come up, or does not join within 30 s
     */
    public static ReplicatedDatabase start(
            Guardian guardian,
            ServerBinaries.MariaDb binary,
            UserCache cache,
            DatabaseSetup setup,
            Credentials credentials,
            ExecutorService executor) {
        ServerHost host = ServerHost.of(guardian, binary, cache, setup.rows(), credentials, setup.bufferPoolBytes());
        DatabaseEvents events = new DatabaseEvents(Clock.systemUTC());
        List<String> zones = setup.zones();
        CompletableFuture<DatabaseServer> active =
                starting(host, setup.id(), Optional.empty(), 1, ServerRole.PRIMARY, executor);
        Optional<CompletableFuture<DatabaseServer>> standby = setup.multiAz()
                ? Optional.of(
                        starting(host, setup.id() + "-standby", Optional.empty(), 2, ServerRole.STANDBY, executor))
                : Optional.empty();
        List<CompletableFuture<DatabaseServer>> followers = new ArrayList<>();
        for (int number = 1; number <= setup.replicas(); number++) {
            String id = setup.id() + "-replica-" + number;
            followers.add(starting(host, id, Optional.of(setup.id()), 2 + number, ServerRole.REPLICA, executor));
        }
        SwitchedPort endpoint = SwitchedPort.open("the endpoint of " + setup.id());
        DatabaseServer first = active.join();
        endpoint.pointTo(first.port());
        DatabaseInstance primary = new DatabaseInstance(
                setup.id(),
                first,
                standby.map(CompletableFuture::join),
                setup.multiAz() ? List.of(zones.get(0), zones.get(1 % zones.size())) : List.of(zones.get(0)),
                endpoint,
                setup.policy(),
                events);
        List<ReadReplica> replicas = new ArrayList<>();
        for (CompletableFuture<DatabaseServer> follower : followers) {
            String zone = zones.get((replicas.size() + 1) % zones.size());
            replicas.add(new ReadReplica(follower.join(), primary, zone, setup.replicaDelay(), setup.policy(), events));
        }
        ReplicatedDatabase database = new ReplicatedDatabase(primary, replicas, events);
        database.join();
        return database;
    }

    private static CompletableFuture<DatabaseServer> starting(
            ServerHost host,
            String id,
            Optional<String> source,
            int serverId,
            ServerRole role,
            ExecutorService executor) {
        return CompletableFuture.supplyAsync(() -> DatabaseServer.start(host, id, source, serverId, role), executor);
    }

    private void join() {
        try {
            primary.start();
            for (ReadReplica replica : replicas) {
                replica.start();
            }
        } catch (SQLException e) {
            throw new ProcessException("replication cannot be set up: " + e.getMessage(), e);
        }
        for (ReadReplica replica : replicas) {
            if (!Await.until(replica.server()::replicates, JOIN_LIMIT)) {
                throw replica.server()
                        .process()
                        .failure("did not begin to replicate within " + JOIN_LIMIT.toSeconds() + " s");
            }
        }
        if (primary.standby().isPresent() && !Await.until(primary::isInSync, JOIN_LIMIT)) {
            throw primary.standby()
                    .orElseThrow()
                    .process()
                    .failure("was not in sync within " + JOIN_LIMIT.toSeconds() + " s");
        }
        Stream.concat(Stream.of(primary.id()), replicas.stream().map(ReadReplica::id))
                .forEach(id -> events.add(id, DatabaseEvents.Kind.CREATED));
    }

    public DatabaseInstance primary() {
        return primary;
    }

    public List<ReadReplica> replicas() {
        return replicas;
    }

    /** All servers: the active one, the standby, the replicas. */
    public List<DatabaseServer> servers() {
        return Stream.concat(primary.servers().stream(), replicas.stream().map(ReadReplica::server))
                .toList();
    }

    /** DB instances as RDS shows them; a standby is not one of them. */
    public List<DatabaseView> views() {
        DatabaseServer active = primary.active();
        List<String> zones = primary.zones();
        DatabaseView first = new DatabaseView(
                primary.id(),
                Optional.empty(),
                "mariadb",
                active.version(),
                CLASS,
                zones.get(0),
                zones.stream().skip(1).findFirst(),
                primary.status().word(),
                LoopbackPorts.PRIVATE_ADDRESS,
                primary.port(),
                primary.created());
        return Stream.concat(Stream.of(first), replicas.stream().map(ReplicatedDatabase::view))
                .toList();
    }

    private static DatabaseView view(ReadReplica replica) {
        return new DatabaseView(
                replica.id(),
                Optional.of(replica.source().id()),
                "mariadb",
                replica.server().version(),
                CLASS,
                replica.zone(),
                Optional.empty(),
                replica.status().word(),
                LoopbackPorts.PRIVATE_ADDRESS,
                replica.server().port(),
                replica.created());
    }

    /** Takes the key of the items away from every plan, on the primary and so on all: a read of one item scans all. */
    public void dropPrimaryKey() throws SQLException {
        alter("DROP PRIMARY KEY, ADD KEY by_id (id) IGNORED");
    }

    /** Gives the items their primary key back. */
    public void restorePrimaryKey() throws SQLException {
        alter("DROP KEY by_id, ADD PRIMARY KEY (id)");
    }

    private void alter(String changes) throws SQLException {
        try (SqlSession session = primary.active().newSession(Duration.ofSeconds(60))) {
            session.execute("ALTER TABLE plimsoll.items " + changes);
        }
    }

    @Override
    public List<String> ids() {
        return views().stream().map(DatabaseView::id).toList();
    }

    @Override
    public Optional<Refusal> reboot(String id, boolean forceFailover) {
        if (id.equals(primary.id())) {
            return primary.reboot(forceFailover);
        }
        return replicas.stream()
                .filter(replica -> replica.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no DB instance '" + id + "'"))
                .reboot(forceFailover);
    }

    @Override
    public List<DatabaseEvent> events() {
        return events.all();
    }

    /** Stops probing and closes the endpoint. The servers end with their guardian. */
    @Override
    public void close() {
        replicas.forEach(ReadReplica::close);
        primary.close();
    }
}
