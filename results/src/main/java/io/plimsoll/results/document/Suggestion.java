package io.plimsoll.results.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The nearest valid word to a misspelt one. */
public final class Suggestion {
    private Suggestion() {}

    /** The valid word with the smallest edit distance, if that is at most a third of the word's length (at least 1). */
    public static Optional<String> nearest(String word, Collection<String> valid) {
        int tolerance = Math.max(1, word.length() / 3);
        return valid.stream()
                .filter(candidate -> distance(word, candidate) <= tolerance)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code "'x' is not a …; did you mean 'y'? Valid: …"} for an unknown word. */
    public static String unknown(String what, String word, Collection<String> valid) {
        String hint = nearest(word, valid)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse(".");
        return "unknown " + what + " '" + word + "'" + hint + " Valid: "
                + String.join(", ", valid.stream().sorted().toList());
    }

    /** Levenshtein distance, ignoring case. */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
