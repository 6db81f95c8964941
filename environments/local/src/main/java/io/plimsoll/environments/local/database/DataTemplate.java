package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.binaries.UserCache;
import io.plimsoll.environments.local.process.ProcessException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An initialised data directory with the reference service's rows, made once per server version and number of rows
 * (about 1 s, 45 MB for 20,000 rows) and copied for every server. It holds no account that can log in.
 */
public final class DataTemplate {
    private static final String SCHEMA = """
            DELETE FROM mysql.global_priv WHERE User IN ('', 'root');
            DELETE FROM mysql.proxies_priv;
            CREATE DATABASE plimsoll;
            USE plimsoll;
            CREATE TABLE items (
              id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
              body VARBINARY(4096) NOT NULL
            ) ENGINE=InnoDB CHARACTER SET binary;
            CREATE TABLE users (
              id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
              name VARCHAR(64) NOT NULL
            ) ENGINE=InnoDB;
            CREATE TABLE timeline (
              user BIGINT UNSIGNED NOT NULL,
              item BIGINT UNSIGNED NOT NULL,
              written TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
              excerpt VARBINARY(64) NOT NULL,
              PRIMARY KEY (user, item)
            ) ENGINE=InnoDB;
            CREATE TABLE photos (
              id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
              uploaded TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
            ) ENGINE=InnoDB;
            """;
    /** With these two off, InnoDB loads an empty table in bulk, without an undo record per row. */
    private static final String BULK = "SET unique_checks = 0, foreign_key_checks = 0;\n";

    private final Path directory;

    private DataTemplate(Path directory) {
        this.directory = directory;
    }

    /**
     * The template, made if need be.
     *
     * @param rows items, each of 1,024 bytes that follow from its id
     */
    static DataTemplate of(UserCache cache, ServerBinaries.MariaDb binary, DatabaseSetup.Rows rows) {
        String shard = rows.shards() == 1 ? "" : "-shard-" + rows.shard() + "-of-" + rows.shards();
        String name = "mariadb-data-2-" + binary.version() + "-" + rows.items() + "-items" + shard;
        return new DataTemplate(cache.directory(name, target -> initialise(binary, rows, target)));
    }

    private static void initialise(ServerBinaries.MariaDb binary, DatabaseSetup.Rows rows, Path target)
            throws IOException {
        Path log = Files.createTempFile("plimsoll-mariadb-", ".log");
        try {
            List<String> command = ServerCommand.common(binary, target);
            command.addAll(List.of("--bootstrap", "--skip-networking", "--innodb-flush-log-at-trx-commit=0"));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                sendSql(process, binary.share(), rows);
                if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    throw new ProcessException("MariaDB could not initialise a data directory; it wrote last:\n  "
                            + String.join("\n  ", tail(log)));
                }
            } finally {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while MariaDB initialised a data directory", e);
        } finally {
            Files.delete(log);
        }
    }

    /** The bootstrap mode reads one statement per line, or several lines up to a semicolon at a line's end. */
    private static void sendSql(Process process, Path share, DatabaseSetup.Rows rows) throws IOException {
        try (OutputStream input = process.getOutputStream()) {
            write(input, "CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
            for (String script : List.of(
                    "mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql")) {
                Files.copy(share.resolve(script), input);
                write(input, "\n");
            }
            write(input, SCHEMA);
            if (rows.items() > 0) {
                write(input, BULK);
                write(
                        input,
                        "INSERT INTO items (id, body) SELECT seq, REPEAT(SHA2(seq, 512), 8) FROM seq_1_to_"
                                + rows.items() + " WHERE seq % " + rows.shards() + " = " + rows.shard() + ";\n");
            }
        } catch (IOException e) {
            // The server has ended early: what it wrote tells more than a broken pipe.
            return;
        }
    }

    private static void write(OutputStream input, String sql) throws IOException {
        input.write(sql.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return lines.subList(Math.max(0, lines.size() - 15), lines.size());
    }

    /** Copies the data directory to a place that does not exist yet. */
    void copyTo(Path target) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.toList();
        }
        for (Path file : files) {
            Files.copy(file, target.resolve(directory.relativize(file).toString()));
        }
    }
}
