package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.DatabaseServer;
import io.plimsoll.environments.local.database.DatabaseSetup;
import io.plimsoll.environments.local.database.ServerHost;
import io.plimsoll.environments.local.database.ServerRole;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.fleet.Companion;
import io.plimsoll.environments.local.measure.DiskUse;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.environments.local.tcp.SwitchedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A database on the instance of the service that uses it; it is no RDS instance. */
final class HostedDatabase implements Companion {
    private final String name;
    private final Credentials credentials;
    private final DatabaseServer server;
    private final Optional<SwitchedPort> published;

    private HostedDatabase(
            String name, Credentials credentials, DatabaseServer server, Optional<SwitchedPort> published) {
        this.name = name;
        this.credentials = credentials;
        this.server = server;
        this.published = published;
    }

    /**
     * Starts one.
     *
     * @param fleet name of the fleet of the instance
     */
    static HostedDatabase start(String fleet, Common common, Site site) {
        String name = Common.resourceName(fleet) + "-db";
        Credentials credentials = Credentials.random();
        ServerHost host = ServerHost.of(
                site.guardian(),
                site.binaries().mariadb(common.binaries().mariadbd()),
                site.userCache(),
                DatabaseSetup.Rows.unsharded(common.service().items()),
                credentials,
                DatabaseSetup.BUFFER_POOL_BYTES);
        DatabaseServer server = DatabaseServer.start(host, name, Optional.empty(), 1, ServerRole.PRIMARY);
        site.tell("database " + name + ": MariaDB " + server.version() + ", on the instance of its service");
        return new HostedDatabase(
                name,
                credentials,
                server,
                common.faults().databasePortOpen()
                        ? Optional.of(SwitchedPort.publish(name, server.port()))
                        : Optional.empty());
    }

    @Override
    public Map<String, String> boot() {
        if (!server.process().isAlive()) {
            server.restart(ServerRole.PRIMARY);
        }
        return settings();
    }

    int port() {
        return server.port();
    }

    boolean isPublished() {
        return published.isPresent();
    }

    void close() {
        published.ifPresent(SwitchedPort::close);
    }

    Map<String, String> settings() {
        return Map.of(
                "primary-port",
                Integer.toString(server.port()),
                "database-ports",
                name + "=" + server.port(),
                "database-password",
                credentials.service());
    }

    @Override
    public Map<String, ChildProcess> processes() {
        return Map.of(name, server.process());
    }

    @Override
    public void stop(Duration grace) {
        server.process().stop(grace);
    }

    /** What it did on its disk since its process was started; empty if it does not answer. */
    Optional<DiskUse> diskUse() {
        try {
            Map<String, Long> counts = server.globalStatus();
            return Optional.of(new DiskUse(
                    counts.getOrDefault("Innodb_data_reads", 0L),
                    counts.getOrDefault("Innodb_data_writes", 0L),
                    counts.getOrDefault("Innodb_data_read", 0L),
                    counts.getOrDefault("Innodb_data_written", 0L),
                    counts.getOrDefault("Innodb_data_pending_reads", 0L)
                            + counts.getOrDefault("Innodb_data_pending_writes", 0L)
                            + counts.getOrDefault("Innodb_data_pending_fsyncs", 0L),
                    bytesStored()));
        } catch (SQLException | IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private long bytesStored() throws IOException {
        try (Stream<Path> files = Files.walk(server.data())) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }
}
