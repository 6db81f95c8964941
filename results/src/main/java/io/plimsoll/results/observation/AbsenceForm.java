package io.plimsoll.results.observation;

import io.plimsoll.results.document.Document.Node;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of an {@link Absence}: {@code dense}, {@code signed}, {@code sparse with requests}, {@code -1 means stopped}. */
final class AbsenceForm {
    private static final Pattern SPARSE = Pattern.compile("sparse with (.+)");
    private static final Pattern SENTINEL = Pattern.compile("(-?\\d+(?:\\.\\d+)?) means (.+)");

    private AbsenceForm() {}

    /**
     * Reads it.
     *
     * @param kind what '*' stands for in the companion's name
     */
    static Absence read(Node node, String kind) {
        String text = node.text();
        if (text.equals("dense")) {
            return new Absence.Dense();
        }
        if (text.equals("signed")) {
            return new Absence.Signed();
        }
        Matcher sparse = SPARSE.matcher(text);
        if (sparse.matches()) {
            return new Absence.Sparse(sparse.group(1).replace("*", kind));
        }
        Matcher sentinel = SENTINEL.matcher(text);
        if (sentinel.matches()) {
            return new Absence.Sentinel(Double.parseDouble(sentinel.group(1)), sentinel.group(2));
        }
        throw node.error("must be 'dense', 'signed', 'sparse with <metric>' or '<number> means <what>'");
    }
}
