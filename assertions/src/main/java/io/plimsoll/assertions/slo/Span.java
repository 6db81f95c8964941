package io.plimsoll.assertions.slo;

/** A stretch of a run that can be named. */
public sealed interface Span {

    /** A phase of the load plan, {@link Slo#WHOLE} or {@link Slo#AFTER_WARM_UP}. */
    record Phase(String name) implements Span {
        public Phase {
            Names.requireQuotable("a phase", name);
        }

        @Override
        public String toString() {
            return Names.written(name);
        }
    }

    /**
     * So long right before or after a mark.
     *
     * @param length a time as on AWS: an environment's time scale shortens it
     */
    record Beside(Amount length, boolean before, Mark mark) implements Span {
        public Beside {
            if (length.unit().dimension() != Dimension.TIME || length.number().signum() == 0) {
                throw new IllegalArgumentException("a stretch must be a time > 0, was " + length);
            }
        }

        @Override
        public String toString() {
            return length + (before ? " before " : " after ") + mark;
        }
    }
}
