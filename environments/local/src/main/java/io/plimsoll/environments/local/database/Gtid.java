package io.plimsoll.environments.local.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A global transaction id of MariaDB, {@code domain-server-sequence}. One domain is in use, so under
 * {@code gtid_strict_mode} the sequence alone orders all transactions of a cluster.
 *
 * @param domain replication domain
 * @param server id of the server that made the transaction
 * @param sequence its number, rising without gaps
 */
record Gtid(long domain, long server, long sequence) {
    private static final Pattern FORM = Pattern.compile("(\\d+)-(\\d+)-(\\d+)");

    /** The ids of a list such as {@code 0-1-7,0-2-9}; none of an empty text. */
    static List<Gtid> list(String text) {
        List<Gtid> ids = new ArrayList<>();
        Matcher matcher = FORM.matcher(text);
        while (matcher.find()) {
            ids.add(new Gtid(
                    Long.parseLong(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3))));
        }
        return ids;
    }

    /** The last id of a list; empty if it has none. */
    static Optional<Gtid> last(String text) {
        return list(text).stream().reduce((a, b) -> a.sequence >= b.sequence ? a : b);
    }

    /** The highest sequence of a list; 0 if it has none. */
    static long position(String text) {
        return last(text).map(Gtid::sequence).orElse(0L);
    }

    /**
     * Whether a server whose {@code gtid_binlog_state} is given has this transaction. The state holds the last transaction
     * of each server that ever was the primary.
     */
    boolean isIn(String binlogState) {
        return list(binlogState).stream()
                .anyMatch(known -> known.domain == domain && known.server == server && known.sequence >= sequence);
    }
}
