package io.plimsoll.assertions.slo;

import java.math.BigDecimal;

/** What an SLO takes a missing datapoint for, where that is not what its metric says. */
public sealed interface Missing {

    /** As the metric says. */
    record AsUsual() implements Missing {
        @Override
        public String toString() {
            return "";
        }
    }

    /** Unknown, even if a companion proves the source alive. */
    record Unknown() implements Missing {
        @Override
        public String toString() {
            return "unknown";
        }
    }

    /**
     * So many of a resource's datapoints may be missing, and are left out. This gives up that a lost datapoint can never
     * make an SLO pass.
     *
     * @param percent in (0, 50]
     */
    record AtMost(BigDecimal percent) implements Missing {
        public AtMost {
            if (!(percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(50)) <= 0)) {
                throw new IllegalArgumentException(
                        "the share of datapoints that may be missing must be in (0, 50] %, was "
                                + percent.toPlainString());
            }
        }

        @Override
        public String toString() {
            return "at most " + percent.toPlainString() + " %";
        }
    }

    /**
     * Zero where another metric of the same resource has a datapoint, which proves that the source was alive.
     *
     * @param companion name of that metric
     */
    record ZeroWith(String companion) implements Missing {
        @Override
        public String toString() {
            return "zero with " + companion;
        }
    }
}
