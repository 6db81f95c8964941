package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.ProcessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a server is: its data directory and its port.
 *
 * @param host what all servers have in common
 * @param id server id that messages and files are named by
 * @param serverId number of the server in replication
 * @param port loopback port it listens on
 */
record ServerHome(ServerHost host, String id, int serverId, int port) {
    /** Directory of its data. */
    Path data() {
        return host.guardian().directory().resolve(id + "-" + port);
    }

    /** Fills its data directory, which must not be there, from the template. */
    void fill() {
        try {
            host.template().copyTo(data());
        } catch (IOException e) {
            throw new ProcessException(id + ": its data directory cannot be made: " + e.getMessage(), e);
        }
    }

    /** Removes its data directory. */
    void clear() {
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(data() + ": cannot be removed: " + e, e);
        }
    }

    /** Writes the accounts that a server on this host makes when it starts, readable by this user alone. */
    void writeAccounts() {
        try {
            Files.deleteIfExists(accounts());
            Files.createFile(
                    accounts(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(accounts(), host.credentials().sql(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new ProcessException(id + ": its accounts file cannot be written: " + e.getMessage(), e);
        }
    }

    private Path accounts() {
        return host.guardian().directory().resolve(id + "-accounts.sql");
    }

    /** Starts the server's process. */
    ChildProcess launch(ServerRole role) {
        List<String> command = ServerCommand.serve(host, data(), accounts(), port, serverId, role);
        return ChildProcess.start(host.guardian(), id, command, ChildProcess.Output.LOG);
    }
}
