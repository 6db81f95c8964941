package io.plimsoll.environments.local.warehouse;

import io.plimsoll.environments.local.metrics.WallSeconds;
import io.plimsoll.environments.local.process.Daemon;
import io.plimsoll.environments.local.process.Told;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The program of the warehouse's process: DuckDB and the load job. It reads {@code key=value} lines from standard input up to
 * an empty one, writes {@code OPEN} to standard output once its tables are there, then {@link WarehouseReport} lines at every
 * full second, and ends when its standard input does.
 */
public final class WarehouseProgram {
    /** The line that tells that the tables are there. */
    static final String OPEN = "OPEN";

    static final String FILE = "file";
    static final String PORTS = "ports";
    static final String PASSWORD = "password";
    static final String STAYS = "stays";
    static final String EVERY = "every";
    static final String WINDOW = "window";
    static final String GRACE = "grace";

    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    private final Warehouse warehouse;
    private final List<ShardFeed> feeds = new ArrayList<>();
    private final Duration window;
    private final Duration kept;

    private WarehouseProgram(Told settings) throws SQLException {
        warehouse = new Warehouse(Path.of(settings.get(FILE)));
        window = Duration.parse(settings.get(WINDOW));
        kept = window.plus(Duration.parse(settings.get(GRACE)));
        long stays = Long.parseLong(settings.get(STAYS));
        for (String port : settings.get(PORTS).split(",", -1)) {
            feeds.add(new ShardFeed(Integer.parseInt(port), settings.get(PASSWORD), stays, warehouse, Instant.now()));
        }
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        BufferedReader input = Told.input();
        Told settings = Told.read(input);
        WarehouseProgram program = new WarehouseProgram(settings);
        say(OPEN);
        // One thread for both: the tables are used by one thread alone.
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Daemon.named("load-job"));
        long everyMillis = Duration.parse(settings.get(EVERY)).toMillis();
        var unusedReports = timer.scheduleAtFixedRate(
                program::report, WallSeconds.millisToEnd(Instant.now()), 1_000, TimeUnit.MILLISECONDS);
        var unusedLoads = timer.scheduleWithFixedDelay(program::load, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        Told.endWith(input);
    }

    /** A shard that does not answer keeps no other from being loaded. */
    private void load() {
        for (ShardFeed feed : feeds) {
            try {
                feed.copy(Instant.now());
                feed.archive(window, Instant.now());
            } catch (SQLException e) {
                ERR.println("a shard could not be loaded: " + e.getMessage());
            }
        }
    }

    private void report() {
        for (ShardFeed feed : feeds) {
            try {
                feed.look(kept, Instant.now());
            } catch (SQLException e) {
                ERR.println("a shard could not be looked at: " + e.getMessage());
            }
        }
        try {
            Instant now = Instant.now();
            say(new WarehouseReport(
                            warehouse.rows(),
                            longest(feeds.stream().map(feed -> feed.lag(now)).toList()),
                            longest(feeds.stream().map(feed -> feed.oldest(now)).toList()),
                            feeds.stream().mapToLong(ShardFeed::overdue).sum(),
                            warehouse.bytes())
                    .line());
        } catch (SQLException e) {
            ERR.println("the warehouse could not be counted: " + e.getMessage());
        }
    }

    private static Duration longest(List<Duration> all) {
        return all.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private static void say(String line) {
        OUT.println(line);
        OUT.flush();
    }
}
