/**
 * The database as RDS has it: a MariaDB primary, a standby in another zone, and read replicas, joined by GTID
 * replication. Each is a server process with a data directory copied from a template that is initialised once per user;
 * accounts and their passwords are made anew for each run. RDS speaks of sources and replicas, MariaDB of masters and
 * slaves: only this package knows the latter.
 *
 * <p>A {@link io.plimsoll.environments.local.database.DatabaseInstance} is an endpoint, a port that never changes, and
 * the server behind it. Replication to the standby is semi-synchronous and waits for ever, so a write is acknowledged
 * only once the standby has received it. When three probes in a row fail, the server is killed for good, the standby
 * applies all it has received, the endpoint points to it, and the old primary comes back as the standby: what it had
 * written to its log without an acknowledgement is taken back. While there is no standby in sync, a lost primary is
 * started anew on its own data instead.
 */
@NullMarked
package io.plimsoll.environments.local.database;

import org.jspecify.annotations.NullMarked;
