package io.plimsoll.environments.local.service;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an instance does of the reference service. */
public enum Role {
    /** All of it. */
    ALL,
    /** Sessions and static content, and passes everything else on. */
    WEB,
    /** {@code GET /items/{id}}. */
    READ,
    /** {@code POST /items}. */
    WRITE,
    /** Jobs of the queue; no requests. */
    WORKER;

    /** Its name in settings and environment files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names of all roles. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Role::word).toList();
    }

    /** The role of a name. */
    public static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
