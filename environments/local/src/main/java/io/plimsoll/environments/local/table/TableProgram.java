package io.plimsoll.environments.local.table;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The program that stores the tables: <a href="https://github.com/architect/dynalite">dynalite</a>, an implementation of
 * DynamoDB's API on LevelDB (Apache-2.0). It is written for Node.js, so it is there only where Maven's profile {@code nosql}
 * has installed it.
 *
 * @param node Node.js
 * @param script dynalite's command line
 */
public record TableProgram(Path node, Path script) {
    /** System property that names the directory it is installed in. */
    public static final String INSTALLED = "plimsoll.nosql";

    /** Why it is not there. */
    public static final class MissingException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingException(String message) {
            super(message);
        }
    }

    /**
     * Finds it.
     *
     * @throws MissingException if it is not installed, or no Node.js is on the PATH
     */
    public static TableProgram find(ServerBinaries binaries) throws MissingException {
        Path script = Path.of(System.getProperty(INSTALLED, "")).resolve("node_modules/dynalite/cli.js");
        if (!Files.isRegularFile(script)) {
            throw new MissingException("its store, dynalite, is not installed: run Maven once with -Pnosql, which needs"
                    + " Node.js 20 and npm");
        }
        Optional<Path> node = binaries.onPath("node");
        if (node.isEmpty()) {
            throw new MissingException("its store, dynalite, needs Node.js 20, and there is no 'node' on the PATH");
        }
        return new TableProgram(node.get(), script.toAbsolutePath());
    }

    /**
     * Its command.
     *
     * @param data directory of its files
     */
    List<String> command(String region, String address, int port, Path data) {
        return List.of(
                "env",
                "AWS_REGION=" + region,
                "AWS_ACCOUNT_ID=000000000000",
                node.toString(),
                "--max-old-space-size=96",
                script.toString(),
                "--host",
                address,
                "--port",
                Integer.toString(port),
                "--path",
                data.toString(),
                "--createTableMs",
                "0",
                "--updateTableMs",
                "0",
                "--deleteTableMs",
                "0");
    }
}
