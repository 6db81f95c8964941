package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.binaries.UserCache;
import io.plimsoll.environments.local.process.Guardian;

/**
 * What every server of a cluster is started with.
 *
 * @param guardian watches the processes; its directory holds their data
 * @param binary the server program
 * @param template what a new data directory is copied from
 * @param credentials the run's accounts
 * @param rows how new items are numbered
 * @param bufferPoolBytes what it may cache of its tables
 */
public record ServerHost(
        Guardian guardian,
        ServerBinaries.MariaDb binary,
        DataTemplate template,
        Credentials credentials,
        DatabaseSetup.Rows rows,
        long bufferPoolBytes) {
    /** With the template for these rows, made if need be. */
    public static ServerHost of(
            Guardian guardian,
            ServerBinaries.MariaDb binary,
            UserCache cache,
            DatabaseSetup.Rows rows,
            Credentials credentials,
            long bufferPoolBytes) {
        return new ServerHost(
                guardian, binary, DataTemplate.of(cache, binary, rows), credentials, rows, bufferPoolBytes);
    }
}
