package io.plimsoll.results.report;

import java.util.ArrayList;
import java.util.List;

/** Text in columns of a terminal: width as it is displayed, and wrapping at spaces. */
final class Columns {
    private Columns() {}

    /** Columns a terminal uses for the text: 2 for wide characters, 0 for marks that combine with the one before. */
    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /** The text, padded with spaces to at least so many columns. */
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /**
     * The text in lines of at most so many columns (at least 2), broken at spaces, or within a word that is longer than a
     * line. At least one line.
     */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" +", -1)) {
            String rest = word;
            if (!line.isEmpty() && width(line) + 1 + width(rest) > width) {
                lines.add(line);
                line = "";
            }
            while (width(rest) > width) {
                int cut = cut(rest, width);
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
            }
            line = line.isEmpty() ? rest : line + " " + rest;
        }
        lines.add(line);
        return lines;
    }

    /** The index after the last character that fits. */
    private static int cut(String text, int width) {
        int used = 0;
        int index = 0;
        while (index < text.length()) {
            int character = text.codePointAt(index);
            used += width(character);
            if (used > width) {
                break;
            }
            index += Character.charCount(character);
        }
        return index;
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    /** East Asian Wide and Fullwidth blocks and the emoji planes (UAX #11), block by block. */
    private static boolean isWide(int character) {
        return (character >= 0x1100 && character <= 0x115F)
                || (character >= 0x2E80 && character <= 0xA4CF)
                || (character >= 0xAC00 && character <= 0xD7A3)
                || (character >= 0xF900 && character <= 0xFAFF)
                || (character >= 0xFE30 && character <= 0xFE6F)
                || (character >= 0xFF00 && character <= 0xFF60)
                || (character >= 0x1F300 && character <= 0x1FAFF)
                || (character >= 0x20000 && character <= 0x3FFFD);
    }
}
