package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.ProcessException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A MariaDB server on a data directory and a port that stay the same when its process is started anew. Safe for several
 * threads, except that one thread alone may start it anew.
 */
public final class DatabaseServer {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(3);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(1);

    private final Optional<String> source;
    private final ServerHome home;
    private final SqlSession session;
    private final SqlSession probe;
    private volatile ChildProcess process;
    private volatile Instant started = Instant.now();
    private volatile String version = "";

    private DatabaseServer(Optional<String> source, ServerHome home, ChildProcess process) {
        this.source = source;
        this.home = home;
        this.process = process;
        this.session = newSession();
        this.probe = newSession(PROBE_LIMIT);
    }

    /** Starts a server on a copy of the template and returns once it answers a statement. */
    public static DatabaseServer start(
            ServerHost host, String id, Optional<String> source, int serverId, ServerRole role) {
        return LoopbackPorts.startOnFreePort(port -> {
            ServerHome home = new ServerHome(host, id, serverId, port);
            home.writeAccounts();
            home.fill();
            DatabaseServer server = new DatabaseServer(source, home, home.launch(role));
            server.process.awaitUp(server::answers, START_LIMIT);
            return server;
        });
    }

    private boolean answers() {
        try {
            version = variable("version").replaceFirst("-MariaDB.*", "");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * Starts its process anew, which has ended or is killed first, on the data it has; returns once it answers.
     *
     * @throws ProcessException if it does not come up
     */
    public void restart(ServerRole role) {
        kill();
        session.close();
        probe.close();
        process = home.launch(role);
        process.awaitUp(this::answers, START_LIMIT);
        started = Instant.now();
    }

    /** Makes it anew, as a follower: from the template's data and all that the binary log of its source has. */
    void remake(ServerRole role, int sourcePort, Duration delay) throws SQLException {
        kill();
        home.clear();
        home.fill();
        restart(role);
        follow(sourcePort, delay);
    }

    /** Kills its process (SIGKILL), as when its host is lost, and returns once it has ended. */
    public void kill() {
        ChildProcess current = process;
        current.kill();
        if (!Await.until(() -> !current.isAlive(), Duration.ofSeconds(10))) {
            throw current.failure("did not end within 10 s of SIGKILL");
        }
    }

    /** Ends its process as an operator would, or kills it after 10 s. */
    public void stop() {
        process.stop(STOP_GRACE);
    }

    /** Server id: of a DB instance that has a standby, the name of one of its two servers. */
    public String id() {
        return home.id();
    }

    /** Identifier of the DB instance it replicates; empty for a server that is or may become a primary. */
    public Optional<String> source() {
        return source;
    }

    public int port() {
        return home.port();
    }

    /** Version as the server says it, such as {@code 11.4.5}. */
    public String version() {
        return version;
    }

    /** When its process last came up. */
    public Instant started() {
        return started;
    }

    /** Its process of now. */
    public ChildProcess process() {
        return process;
    }

    /** Directory of its data. */
    public Path data() {
        return home.data();
    }

    ServerHost host() {
        return home.host();
    }

    /** Whether it answers a statement within 1 s. */
    boolean isResponding() {
        return process.isAlive() && probe.isAnswered();
    }

    /** Holds this replica back by a real {@code MASTER_DELAY}; zero lets it run freely. */
    public void delayReplication(Duration delay) throws SQLException {
        session.execute("STOP SLAVE");
        session.execute("CHANGE MASTER TO MASTER_DELAY = " + delay.toSeconds());
        session.execute("START SLAVE");
    }

    /** Stops this replica from applying what it receives. */
    public void stopReplication() throws SQLException {
        session.execute("STOP SLAVE SQL_THREAD");
    }

    /** Lets this replica apply what it receives again. */
    public void startReplication() throws SQLException {
        session.execute("START SLAVE");
    }

    /** Follows the server at a port from where its own binary log ends. */
    void follow(int sourcePort, Duration delay) throws SQLException {
        session.execute("STOP SLAVE");
        session.execute("RESET SLAVE ALL");
        String own = variable("gtid_binlog_pos");
        if (!own.isEmpty()) {
            session.execute("SET GLOBAL gtid_slave_pos = '" + own + "'");
        }
        session.execute(
                "CHANGE MASTER TO MASTER_HOST = '" + LoopbackPorts.PRIVATE_ADDRESS + "', MASTER_PORT = " + sourcePort
                        + ", MASTER_USER = '" + Credentials.REPLICATION + "', MASTER_PASSWORD = '"
                        + home.host().credentials().replication()
                        + "', MASTER_SSL = 0, MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1,"
                        + " MASTER_HEARTBEAT_PERIOD = 1, MASTER_DELAY = " + delay.toSeconds());
        session.execute("START SLAVE");
    }

    /**
     * How far this replica is behind, in whole seconds, as the server says.
     *
     * @return empty when replication is stopped or broken
     */
    public OptionalDouble replicationLagSeconds() throws SQLException {
        return replication().lagSeconds();
    }

    ReplicationStatus replication() throws SQLException {
        return ReplicationStatus.of(row("SHOW SLAVE STATUS"));
    }

    /** Whether both of this replica's threads run. */
    boolean replicates() {
        try {
            return replication().runs();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Sequence of the last transaction in its binary log, its own or one it applied. */
    long position() throws SQLException {
        return Gtid.position(variable("gtid_binlog_pos"));
    }

    /** InnoDB's counters, and connections and slow queries, by name. */
    public Map<String, Long> globalStatus() throws SQLException {
        return session.numbers("SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Innodb\\_data\\_%' OR Variable_name IN"
                + " ('Innodb_buffer_pool_read_requests', 'Innodb_buffer_pool_reads', 'Threads_connected',"
                + " 'Slow_queries', 'Innodb_row_lock_time')");
    }

    /** What the service's account has done so far, by column of {@code INFORMATION_SCHEMA.USER_STATISTICS}. */
    public Map<String, Long> accountStatistics() throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        Map<String, String> account = row("SELECT SELECT_COMMANDS, UPDATE_COMMANDS, ROWS_READ FROM"
                + " information_schema.USER_STATISTICS WHERE USER = '" + Credentials.SERVICE + "'");
        account.forEach((column, value) -> numbers.put(column, Long.valueOf(value)));
        return numbers;
    }

    /**
     * Rows of the service's tables that were read without an index so far, as a full scan does. Rows read are asked before
     * rows read by index: what is read meanwhile makes the number lower, never higher.
     */
    public long rowsScanned() throws SQLException {
        long read = rowsRead("TABLE_STATISTICS");
        return read - rowsRead("INDEX_STATISTICS");
    }

    private long rowsRead(String statistics) throws SQLException {
        return Long.parseLong(text("SELECT COALESCE(SUM(ROWS_READ), 0) FROM information_schema." + statistics
                + " WHERE TABLE_SCHEMA = 'plimsoll'"));
    }

    /** A global variable. It is not selected: the server's count of SELECTs is to be that of its clients. */
    String variable(String name) throws SQLException {
        return session.words("SHOW GLOBAL VARIABLES LIKE '" + name + "'").getOrDefault(name, "");
    }

    /** The first column of a query's first row. */
    String text(String sql) throws SQLException {
        return session.text(sql);
    }

    /** The texts of a query's second column by the names in its first. */
    Map<String, String> words(String sql) throws SQLException {
        return session.words(sql);
    }

    void execute(String sql) throws SQLException {
        session.execute(sql);
    }

    /** A query's rows, each by column name and without its NULLs. */
    public List<Map<String, String>> rows(String sql) throws SQLException {
        return session.rows(sql);
    }

    private Map<String, String> row(String sql) throws SQLException {
        return session.rows(sql).stream().findFirst().orElse(Map.of());
    }

    /** A session of its own, for what must hold on to a connection. */
    SqlSession newSession() {
        return newSession(STATEMENT_LIMIT);
    }

    /** A session of its own, for statements that take long. */
    SqlSession newSession(Duration limit) {
        return new SqlSession(
                home.port(), Credentials.CONTROL, home.host().credentials().control(), limit);
    }
}
