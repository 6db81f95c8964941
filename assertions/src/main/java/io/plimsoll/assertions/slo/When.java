package io.plimsoll.assertions.slo;

import java.util.Optional;

/** The part of a run an SLO is judged in. Each prints as the language writes it. */
public sealed interface When {

    /** Nothing is said: from the end of the declared warm-up to the end of load. */
    record Unstated() implements When {
        @Override
        public String toString() {
            return "";
        }
    }

    /** During a stretch. */
    record During(Span span) implements When {
        @Override
        public String toString() {
            return "during " + span;
        }
    }

    /** From a moment to another, or to the end of load. */
    record From(Moment start, Optional<Moment> end) implements When {
        @Override
        public String toString() {
            return end.map(until -> "from " + start + " to " + until).orElse("after " + start);
        }
    }

    /** From the end of the declared warm-up to a moment. */
    record Before(Moment end) implements When {
        @Override
        public String toString() {
            return "before " + end;
        }
    }
}
