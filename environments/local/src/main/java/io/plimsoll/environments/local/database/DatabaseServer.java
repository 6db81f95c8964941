package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.ProcessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** One running MariaDB server. Safe for several threads; statements run one after the other. */
public final class DatabaseServer {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final String id;
    private final Optional<String> source;
    private final int port;
    private final ChildProcess process;
    private final Credentials credentials;
    private final Instant started = Instant.now();
    private String version = "";
    private @Nullable Connection connection;

    private DatabaseServer(
            String id, Optional<String> source, int port, ChildProcess process, Credentials credentials) {
        this.id = id;
        this.source = source;
        this.port = port;
        this.process = process;
        this.credentials = credentials;
    }

    /** Starts a server on a copy of the template and returns once it answers a statement. */
    static DatabaseServer start(
            Guardian guardian,
            ServerBinaries.MariaDb binary,
            DataTemplate template,
            String id,
            Optional<String> source,
            int serverId,
            Credentials credentials) {
        Path accounts = accounts(guardian, id, credentials);
        return LoopbackPorts.startOnFreePort(port -> {
            Path data = guardian.directory().resolve(id + "-" + port);
            try {
                template.copyTo(data);
            } catch (IOException e) {
                throw new ProcessException(id + ": its data directory cannot be made: " + e.getMessage(), e);
            }
            ChildProcess process = ChildProcess.start(
                    guardian, id, ServerCommand.serve(binary, data, accounts, port, serverId), ChildProcess.Output.LOG);
            DatabaseServer server = new DatabaseServer(id, source, port, process, credentials);
            server.awaitAnswer();
            return server;
        });
    }

    private static Path accounts(Guardian guardian, String id, Credentials credentials) {
        try {
            Path file = Files.createFile(
                    guardian.directory().resolve(id + "-accounts.sql"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, credentials.sql(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new ProcessException(id + ": its accounts file cannot be written: " + e.getMessage(), e);
        }
    }

    private void awaitAnswer() {
        boolean answers = Await.until(() -> !process.isAlive() || answers(), START_LIMIT);
        if (!answers || !process.isAlive()) {
            ProcessException failure = process.failure("did not come up within " + START_LIMIT.toSeconds() + " s");
            process.kill();
            throw failure;
        }
    }

    private boolean answers() {
        try {
            version = text("SELECT VERSION()").replaceFirst("-MariaDB.*", "");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** DB instance identifier. */
    public String id() {
        return id;
    }

    /** Identifier of the primary it replicates; empty for the primary. */
    public Optional<String> source() {
        return source;
    }

    public int port() {
        return port;
    }

    /** Version as the server says it, such as {@code 11.4.5}. */
    public String version() {
        return version;
    }

    public Instant started() {
        return started;
    }

    public ChildProcess process() {
        return process;
    }

    /** Holds this replica back by a real {@code MASTER_DELAY}; zero lets it run freely. */
    public void delayReplication(Duration delay) throws SQLException {
        execute("STOP SLAVE");
        execute("CHANGE MASTER TO MASTER_DELAY = " + delay.toSeconds());
        execute("START SLAVE");
    }

    /** Stops this replica from applying what it receives. */
    public void stopReplication() throws SQLException {
        execute("STOP SLAVE SQL_THREAD");
    }

    /** Makes this server a replica of another and starts replication. */
    void replicate(DatabaseServer primary, Duration delay) throws SQLException {
        execute("CHANGE MASTER TO MASTER_HOST = '" + LoopbackPorts.ADDRESS + "', MASTER_PORT = " + primary.port
                + ", MASTER_USER = '" + Credentials.REPLICATION + "', MASTER_PASSWORD = '" + credentials.replication()
                + "', MASTER_SSL = 0, MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1, MASTER_DELAY = "
                + delay.toSeconds());
        execute("START SLAVE");
    }

    /**
     * How far this replica is behind, in whole seconds, as the server says.
     *
     * @return empty when replication is stopped or broken
     */
    public OptionalDouble replicationLagSeconds() throws SQLException {
        Map<String, String> status = row("SHOW SLAVE STATUS");
        String seconds = status.getOrDefault("Seconds_Behind_Master", "");
        return seconds.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(seconds));
    }

    /** Whether both of this replica's threads run. */
    boolean replicates() {
        try {
            Map<String, String> status = row("SHOW SLAVE STATUS");
            return "Yes".equals(status.get("Slave_IO_Running")) && "Yes".equals(status.get("Slave_SQL_Running"));
        } catch (SQLException e) {
            return false;
        }
    }

    /** The server's counters and gauges by name, those named alone. */
    public Map<String, Long> globalStatus(String... names) throws SQLException {
        Map<String, Long> values = new HashMap<>();
        synchronized (this) {
            try (Statement statement = connection().createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SHOW GLOBAL STATUS WHERE Variable_name IN ('" + String.join("','", names) + "')")) {
                while (rows.next()) {
                    values.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return values;
    }

    /** The first column of a query's first row. */
    synchronized String text(String sql) throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)).orElse("") : "";
        }
    }

    private synchronized void execute(String sql) throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.execute(sql);
        }
    }

    /** A query's first row by column name, without its NULLs; empty if there is no row. */
    private synchronized Map<String, String> row(String sql) throws SQLException {
        Map<String, String> row = new HashMap<>();
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (rows.next()) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    String value = rows.getString(column);
                    if (value != null) {
                        row.put(rows.getMetaData().getColumnLabel(column), value);
                    }
                }
            }
        }
        return row;
    }

    /** The stack's own connection, made anew if the last one broke. Called under this object's lock. */
    private Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null || current.isClosed()) {
            Properties login = new Properties();
            login.setProperty("user", Credentials.CONTROL);
            login.setProperty("password", credentials.control());
            login.setProperty("connectTimeout", "1000");
            login.setProperty("socketTimeout", "3000");
            current = DriverManager.getConnection("jdbc:mariadb://" + LoopbackPorts.ADDRESS + ":" + port + "/", login);
            connection = current;
        }
        return current;
    }
}
