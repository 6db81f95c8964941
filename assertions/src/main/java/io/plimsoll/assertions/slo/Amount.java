package io.plimsoll.assertions.slo;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A number with its unit, as it was written.
 *
 * @param number ≥ 0
 * @param unit its unit
 */
public record Amount(BigDecimal number, Unit unit) {
    public Amount {
        if (number.signum() < 0) {
            throw new IllegalArgumentException("an amount must be >= 0, was " + number.toPlainString());
        }
    }

    /** Units of the language. */
    public enum Unit {
        MICROSECONDS("us", Dimension.TIME, 1e-6),
        MILLISECONDS("ms", Dimension.TIME, 1e-3),
        SECONDS("s", Dimension.TIME, 1),
        MINUTES("min", Dimension.TIME, 60),
        HOURS("h", Dimension.TIME, 3600),
        PERCENT("%", Dimension.RATIO, 1),
        /** Percentage points: a distance between two shares, not a share of one of them. */
        POINTS("points", Dimension.RATIO, 1),
        PER_SECOND("/s", Dimension.RATE, 1),
        BYTES("B", Dimension.SIZE, 1),
        KIBIBYTES("KiB", Dimension.SIZE, 1024),
        MEBIBYTES("MiB", Dimension.SIZE, 1024 * 1024),
        GIBIBYTES("GiB", Dimension.SIZE, 1024.0 * 1024 * 1024),
        BYTES_PER_SECOND("B/s", Dimension.THROUGHPUT, 1),
        KIBIBYTES_PER_SECOND("KiB/s", Dimension.THROUGHPUT, 1024),
        MEBIBYTES_PER_SECOND("MiB/s", Dimension.THROUGHPUT, 1024 * 1024),
        GIBIBYTES_PER_SECOND("GiB/s", Dimension.THROUGHPUT, 1024.0 * 1024 * 1024),
        NONE("", Dimension.COUNT, 1);

        private final String symbol;
        private final Dimension dimension;
        private final double factor;

        Unit(String symbol, Dimension dimension, double factor) {
            this.symbol = symbol;
            this.dimension = dimension;
            this.factor = factor;
        }

        public String symbol() {
            return symbol;
        }

        public Dimension dimension() {
            return dimension;
        }

        /** The canonical value of one of these: seconds, percent, per second, bytes, bytes per second, or 1. */
        public double factor() {
            return factor;
        }

        static Optional<Unit> written(String symbol) {
            return Arrays.stream(values())
                    .filter(unit -> unit.symbol.equals(symbol))
                    .findFirst();
        }

        static List<String> symbols() {
            return Arrays.stream(values())
                    .map(Unit::symbol)
                    .filter(symbol -> !symbol.isEmpty())
                    .toList();
        }
    }

    /** In seconds, percent, requests per second, bytes, bytes per second, or a plain number. */
    public double canonical() {
        return number.doubleValue() * unit.factor();
    }

    @Override
    public String toString() {
        return number.toPlainString() + (unit == Unit.NONE ? "" : " " + unit.symbol());
    }
}
