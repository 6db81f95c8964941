/**
 * The database: a MariaDB primary and its read replicas, joined by GTID replication. Each is a server process with a
 * data directory copied from a template that is initialised once per user; accounts and their passwords are made anew for
 * each run. RDS speaks of sources and replicas, MariaDB of masters and slaves: only this package knows the latter.
 */
@NullMarked
package io.plimsoll.environments.local.database;

import org.jspecify.annotations.NullMarked;
