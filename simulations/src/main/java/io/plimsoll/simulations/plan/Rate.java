package io.plimsoll.simulations.plan;

import io.plimsoll.environments.aws.descriptor.LoadRates;
import io.plimsoll.results.document.Document;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An offered rate as a multiple of one of the environment's two: {@code base}, {@code peak}, {@code 3 x base}, {@code 50 %
 * of peak}. So one profile fits every environment.
 *
 * @param factor ≥ 0, finite
 * @param level the rate it multiplies
 */
public record Rate(double factor, Level level) {
    /** A rate of the environment. */
    public enum Level {
        BASE,
        PEAK
    }

    private static final Pattern WRITTEN = Pattern.compile("(?:(\\d+(?:\\.\\d+)?) (x|% of) )?(base|peak)");

    public Rate {
        if (!(factor >= 0 && factor <= 1000)) {
            throw new IllegalArgumentException("rate: factor must be in [0, 1000], was " + factor);
        }
    }

    static Rate read(Document.Node node) {
        Matcher written = WRITTEN.matcher(node.text());
        if (!written.matches()) {
            throw node.error("must be 'base', 'peak', or a multiple such as '3 x base' or '50 % of peak'");
        }
        double number = written.group(1) == null ? 1 : Double.parseDouble(written.group(1));
        double factor = "% of".equals(written.group(2)) ? number / 100 : number;
        if (factor > 1000) {
            throw node.error("must be at most 1000 times a rate of the environment");
        }
        return new Rate(factor, written.group(3).equals("base") ? Level.BASE : Level.PEAK);
    }

    /** In requests per second. */
    double of(LoadRates rates) {
        return factor * (level == Level.BASE ? rates.basePerSecond() : rates.peakPerSecond());
    }
}
