package io.plimsoll.environments.local.table;

import static org.junit.jupiter.api.Assumptions.abort;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.binaries.ServerBinaries;

/** The store of tables, for tests. */
public final class Installed {
    private Installed() {}

    /** The store; a test that asks for it is skipped where there is none, and says why. */
    public static TableProgram program() {
        try {
            return TableProgram.find(ServerBinaries.ofProcess(TestCache.shared()));
        } catch (TableProgram.MissingException e) {
            return abort("this test needs the table's store: " + e.getMessage());
        }
    }
}
