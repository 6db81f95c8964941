package io.plimsoll.assertions.slo;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** One number, or the way to one, that a subject is compared with. Each prints as the language writes it. */
public sealed interface Bound {

    /** What it is relative to, if it is. */
    default Optional<Reference> reference() {
        return Optional.empty();
    }

    /** A plain number: {@code 500 ms}. */
    record Absolute(Amount amount) implements Bound {
        @Override
        public String toString() {
            return amount.toString();
        }
    }

    /**
     * A share of something else: {@code 110 % of steady}.
     *
     * @param percent ≥ 0
     */
    record ShareOf(BigDecimal percent, Reference of) implements Bound {
        @Override
        public Optional<Reference> reference() {
            return Optional.of(of);
        }

        @Override
        public String toString() {
            return percent.toPlainString() + " % of " + of;
        }
    }

    /**
     * How far the subject lies above or below something else, or off it to either side: {@code 10 points above steady},
     * {@code 30 % below steady}. It is the distance that is compared, so {@code >= 30 % below steady} holds for a value of
     * at most 70 % of that of steady.
     *
     * @param amount in percent of the reference, in percentage points, or in the subject's own units
     */
    record Distance(Amount amount, Direction direction, Reference from) implements Bound {
        @Override
        public Optional<Reference> reference() {
            return Optional.of(from);
        }

        @Override
        public String toString() {
            return amount + " " + direction.word() + " " + from;
        }
    }

    /** Where a distance is measured to. */
    enum Direction {
        ABOVE,
        BELOW,
        OFF;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Direction> written(Token token) {
            return Stream.of(values())
                    .filter(direction -> token.is(direction.word()))
                    .findFirst();
        }
    }

    /** Holds where no baseline exists yet. */
    record NoBaseline() implements Bound {
        @Override
        public String toString() {
            return "no baseline";
        }
    }
}
