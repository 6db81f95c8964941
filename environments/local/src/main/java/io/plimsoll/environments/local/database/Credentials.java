package io.plimsoll.environments.local.database;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Passwords of one run's accounts, 128 random bits each in hex. Never printed.
 *
 * @param control all rights; the stack itself
 * @param service rows of the reference service's schema
 * @param replication reading the binary log
 */
public record Credentials(String control, String service, String replication) {
    /** Account names; all may connect from loopback only. */
    public static final String CONTROL = "control";

    public static final String SERVICE = "service";
    public static final String REPLICATION = "replication";

    /** New passwords. */
    public static Credentials random() {
        return new Credentials(password(), password(), password());
    }

    private static String password() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "Credentials[…]";
    }

    /** SQL that makes the accounts on one server without telling its replicas. */
    String sql() {
        return """
                SET sql_log_bin = 0;
                CREATE OR REPLACE USER control@'127.0.0.1' IDENTIFIED BY '%s';
                GRANT ALL ON *.* TO control@'127.0.0.1';
                CREATE OR REPLACE USER service@'127.0.0.1' IDENTIFIED BY '%s';
                GRANT SELECT, INSERT, UPDATE, DELETE ON plimsoll.* TO service@'127.0.0.1';
                CREATE OR REPLACE USER replication@'127.0.0.1' IDENTIFIED BY '%s';
                GRANT REPLICATION SLAVE ON *.* TO replication@'127.0.0.1';
                """.formatted(control, service, replication);
    }
}
