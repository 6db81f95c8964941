package io.plimsoll.environments.local.metrics;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CloudWatch statistic: {@code Average}, {@code Sum}, {@code p99}, … */
public final class Statistic {
    public static final Statistic AVERAGE =
            new Statistic("Average", period -> OptionalDouble.of(period.sum() / period.sampleCount()));
    public static final Statistic SUM = new Statistic("Sum", period -> OptionalDouble.of(period.sum()));
    public static final Statistic MINIMUM = new Statistic("Minimum", period -> OptionalDouble.of(period.minimum()));
    public static final Statistic MAXIMUM = new Statistic("Maximum", period -> OptionalDouble.of(period.maximum()));
    public static final Statistic SAMPLE_COUNT =
            new Statistic("SampleCount", period -> OptionalDouble.of(period.sampleCount()));

    private static final Map<String, Statistic> SIMPLE =
            Map.of("Average", AVERAGE, "Sum", SUM, "Minimum", MINIMUM, "Maximum", MAXIMUM, "SampleCount", SAMPLE_COUNT);
    private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,3}(?:\\.\\d{1,10})?)");

    private final String name;
    private final Function<Aggregate, OptionalDouble> calculation;

    private Statistic(String name, Function<Aggregate, OptionalDouble> calculation) {
        this.name = name;
        this.calculation = calculation;
    }

    /**
     * A statistic by CloudWatch's name for it.
     *
     * @throws IllegalArgumentException if it is none of those supported, which the message lists
     */
    public static Statistic named(String name) {
        Statistic simple = SIMPLE.get(name);
        if (simple != null) {
            return simple;
        }
        Matcher percentile = PERCENTILE.matcher(name);
        if (percentile.matches()) {
            double percent = new BigDecimal(percentile.group(1)).doubleValue();
            if (percent > 0 && percent <= 100) {
                return new Statistic(name, period -> period.percentile(percent));
            }
        }
        throw new IllegalArgumentException("statistic '" + name
                + "' is not one of Average, Sum, Minimum, Maximum, SampleCount, or p followed by a number in (0, 100]");
    }

    /** CloudWatch's name. */
    public String name() {
        return name;
    }

    /** Its value over a period that holds at least one sample; empty where it cannot be known. */
    OptionalDouble of(Aggregate period) {
        return calculation.apply(period);
    }

    @Override
    public String toString() {
        return name;
    }
}
