package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MariaDB's command line: small buffers, loopback only, no TLS (it would spend seconds on a key at each start). */
final class ServerCommand {
    private ServerCommand() {}

    /** Options that must be the same when a data directory is initialised and when it is served. */
    static List<String> common(ServerBinaries.MariaDb binary, Path data) {
        List<String> command = new ArrayList<>(List.of(
                binary.server().toString(),
                "--no-defaults",
                "--basedir=" + binary.share().resolve("..").normalize(),
                "--lc-messages-dir=" + binary.share(),
                "--character-sets-dir=" + binary.share().resolve("charsets"),
                "--datadir=" + data,
                // A server that starts removes whatever temporary tables it finds there, also another's.
                "--tmpdir=" + data,
                "--skip-ssl",
                "--default-time-zone=+00:00",
                "--innodb-undo-tablespaces=0",
                "--innodb-data-file-path=ibdata1:4M:autoextend",
                "--innodb-temp-data-file-path=ibtmp1:2M:autoextend",
                "--innodb-autoextend-increment=1",
                "--innodb-log-file-size=8M",
                // The data is thrown away with the run: a torn page after a crash of the machine is of no account.
                "--skip-innodb-doublewrite",
                // What was in memory when the template was made is of no use, but 10 MB.
                "--skip-innodb-buffer-pool-load-at-startup",
                "--skip-innodb-buffer-pool-dump-at-shutdown",
                "--aria-log-file-size=8388608",
                "--aria-pagecache-buffer-size=1M",
                "--key-buffer-size=64K"));
        if (System.getProperty("user.name", "").equals("root")) {
            command.add("--user=root");
        }
        return command;
    }

    /** Options of a server that takes connections. The socket's short name is relative to the data directory. */
    static List<String> serve(ServerHost host, Path data, Path accounts, int port, int serverId, ServerRole role) {
        List<String> command = common(host.binary(), data);
        command.addAll(List.of(
                "--bind-address=" + LoopbackPorts.PRIVATE_ADDRESS,
                "--port=" + port,
                "--socket=s.sock",
                "--pid-file=server.pid",
                "--server-id=" + serverId,
                "--init-file=" + accounts,
                "--skip-name-resolve",
                "--performance-schema=OFF",
                "--userstat=1",
                "--max-connections=250",
                // A TCP balancer's health checks connect and say nothing; they must not have their host blocked.
                "--max-connect-errors=4294967295",
                "--table-open-cache=100",
                "--thread-cache-size=16",
                "--innodb-log-buffer-size=2M",
                "--innodb-buffer-pool-size=" + host.bufferPoolBytes(),
                "--innodb-flush-log-at-trx-commit=2",
                "--sync-binlog=0",
                // Ids of a shard leave its number when divided by the number of shards.
                "--auto-increment-increment=" + host.rows().shards(),
                "--auto-increment-offset="
                        + (host.rows().shard() == 0
                                ? host.rows().shards()
                                : host.rows().shard()),
                "--log-bin=bin",
                "--binlog-format=ROW",
                "--gtid-strict-mode=1",
                "--relay-log=relay",
                "--log-slave-updates=1",
                "--skip-slave-start",
                "--slave-net-timeout=5",
                // The oldest logs go beyond this; a server that needs them then cannot be built anew.
                "--max-binlog-size=64M",
                "--max-binlog-total-size=512M",
                "--slave-connections-needed-for-purge=0",
                // A commit waits for the standby for a day, so for ever: giving up is the stack's decision, not the
                // server's.
                "--rpl-semi-sync-master-timeout=86400000",
                "--rpl-semi-sync-master-wait-point=AFTER_SYNC"));
        command.addAll(role.options());
        return command;
    }
}
