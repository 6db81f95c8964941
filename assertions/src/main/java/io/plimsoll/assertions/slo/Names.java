package io.plimsoll.assertions.slo;

import java.util.List;

/** How the language writes names: plainly where they are one word, else in double quotes. */
final class Names {
    private static final List<String> REFERENCES = List.of("baseline", "offered");

    private Names() {}

    /** Whether the language reads it as one word that begins with a letter. */
    static boolean isWord(String name) {
        return name.matches("[A-Za-z_][\\w.]*(-\\w[\\w.]*)*");
    }

    static String written(String name) {
        return isWord(name) ? name : '"' + name + '"';
    }

    /** A phase where it could be taken for another reference. */
    static String phaseReference(String name) {
        return REFERENCES.contains(name) ? '"' + name + '"' : written(name);
    }

    static void requireQuotable(String what, String name) {
        if (name.isBlank() || name.contains("\"")) {
            throw new IllegalArgumentException(what + " must not be blank or hold a double quote, was '" + name + "'");
        }
    }
}
