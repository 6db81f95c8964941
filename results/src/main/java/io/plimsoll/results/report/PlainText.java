package io.plimsoll.results.report;

/** Text from outside, made fit to be shown on one line: what a reader sees is what is there. */
final class PlainText {
    private static final int REPLACEMENT = 0xFFFD;

    private PlainText() {}

    /**
     * The text without control characters and without the format characters that reorder text (they can make a line
     * read as another); line breaks and tabs become spaces, halves of surrogate pairs U+FFFD. Every character of the
     * result is allowed in XML 1.0.
     */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (breaksLine(character)) {
                line.append(' ');
            } else if (!Character.isISOControl(character) && !reorders(character) && !isNoncharacter(character)) {
                line.appendCodePoint(isLoneSurrogate(character) ? REPLACEMENT : character);
            }
        });
        return line.toString().strip();
    }

    /** Several lines, each of them plain and as far indented as it was. */
    static String block(String text) {
        StringBuilder block = new StringBuilder(text.length());
        text.replace("\t", "  ").lines().forEach(line -> {
            long indent =
                    line.codePoints().takeWhile(character -> character == ' ').count();
            block.append(" ".repeat((int) indent)).append(line(line)).append('\n');
        });
        return block.toString();
    }

    /** The same, at most so many characters long; a longer one ends with an ellipsis. */
    static String line(String text, int longest) {
        String line = line(text);
        if (line.codePointCount(0, line.length()) <= longest) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
    }

    private static boolean breaksLine(int character) {
        return character == '\n' || character == '\r' || character == '\t' || isSeparator(character);
    }

    private static boolean isSeparator(int character) {
        return character == 0x85 || character == 0x2028 || character == 0x2029;
    }

    /** Unicode bidirectional marks, embeddings, overrides and isolates (UAX #9). */
    private static boolean reorders(int character) {
        return character == 0x061C
                || character == 0x200E
                || character == 0x200F
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }

    private static boolean isNoncharacter(int character) {
        return (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF) || character == 0xFEFF;
    }

    private static boolean isLoneSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
