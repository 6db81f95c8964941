package io.plimsoll.assertions.slo;

/** What an SLO is about. Each prints as the language writes it. */
public sealed interface Subject permits Expression, Subject.TimeBetween {
    /** Which units a limit may have. */
    Dimension dimension();

    /** The time from one mark to another. */
    record TimeBetween(Mark from, Goal to) implements Subject {
        @Override
        public Dimension dimension() {
            return Dimension.TIME;
        }

        @Override
        public String toString() {
            return "time from " + from + " to " + to;
        }
    }

    /** Where a time ends. */
    sealed interface Goal {
        /** A mark. */
        record At(Mark mark) implements Goal {
            @Override
            public String toString() {
                return mark.toString();
            }
        }

        /** The moment from which an SLO holds for good: until the next disturbance, or the end of load. */
        record Recovered(Slo slo) implements Goal {
            @Override
            public String toString() {
                return "recovered(" + slo + ")";
            }
        }

        /** The first moment from which an SLO holds, for a while at least. */
        record Reached(Slo slo) implements Goal {
            @Override
            public String toString() {
                return "reached(" + slo + ")";
            }
        }
    }
}
