package io.plimsoll.assertions.slo;

/** What a relative bound is relative to. */
public sealed interface Reference {

    /** The same subject in another window of the run. */
    record InWindow(Span span) implements Reference {
        @Override
        public String toString() {
            return span instanceof Span.Phase phase ? Names.phaseReference(phase.name()) : span.toString();
        }
    }

    /** The same SLO's value in the latest runs of the same stage, environment and profile that passed: their median. */
    record Baseline() implements Reference {
        @Override
        public String toString() {
            return "baseline";
        }
    }

    /** What the load plan offered in the window: requests, or requests per second. */
    record OfferedLoad() implements Reference {
        @Override
        public String toString() {
            return "offered";
        }
    }

    /** Another expression in the same window. */
    record Other(Expression expression) implements Reference {
        @Override
        public String toString() {
            return "(" + expression + ")";
        }
    }
}
