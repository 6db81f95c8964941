package io.plimsoll.environments.local.warehouse;

import io.plimsoll.environments.local.metrics.WallSeconds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    private WarehouseProgram(Map<String, String> settings) throws SQLException {
        warehouse = new Warehouse(Path.of(setting(settings, FILE)));
        window = Duration.parse(setting(settings, WINDOW));
        kept = window.plus(Duration.parse(setting(settings, GRACE)));
        long stays = Long.parseLong(setting(settings, STAYS));
        for (String port : setting(settings, PORTS).split(",", -1)) {
            feeds.add(new ShardFeed(
                    Integer.parseInt(port), setting(settings, PASSWORD), stays, warehouse, Instant.now()));
        }
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, String> settings = new TreeMap<>();
        for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
            int equals = line.indexOf('=');
            settings.put(line.substring(0, equals), line.substring(equals + 1));
        }
        WarehouseProgram program = new WarehouseProgram(settings);
        say(OPEN);
        // One thread for both: the tables are used by one thread alone.
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "load-job");
            thread.setDaemon(true);
            return thread;
        });
        long everyMillis = Duration.parse(setting(settings, EVERY)).toMillis();
        var looking = timer.scheduleAtFixedRate(
                program::report, WallSeconds.millisToEnd(Instant.now()), 1_000, TimeUnit.MILLISECONDS);
        var loading = timer.scheduleWithFixedDelay(program::load, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        String line = input.readLine();
        while (line != null) {
            line = input.readLine();
        }
        looking.cancel(false);
        loading.cancel(false);
        Runtime.getRuntime().halt(0);
    }

    private static String setting(Map<String, String> settings, String key) {
        return Optional.ofNullable(settings.get(key))
                .orElseThrow(() -> new IllegalArgumentException("setting " + key + " is missing"));
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
