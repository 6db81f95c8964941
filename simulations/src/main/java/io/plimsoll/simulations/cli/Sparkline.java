package io.plimsoll.simulations.cli;

import java.util.Arrays;

/** A series as one line of characters, from its smallest value to its largest. */
final class Sparkline {
    private static final String LEVELS = "▁▂▃▄▅▆▇█";
    /** Older values are left out. */
    private static final int LONGEST = 40;

    private Sparkline() {}

    static String of(double[] values) {
        double[] shown = Arrays.copyOfRange(values, Math.max(0, values.length - LONGEST), values.length);
        double least = Arrays.stream(shown).min().orElse(0);
        double range = Arrays.stream(shown).max().orElse(0) - least;
        StringBuilder line = new StringBuilder();
        for (double value : shown) {
            int level = range > 0 ? (int) Math.round((value - least) / range * (LEVELS.length() - 1)) : 0;
            line.append(LEVELS.charAt(level));
        }
        return line.toString();
    }
}
