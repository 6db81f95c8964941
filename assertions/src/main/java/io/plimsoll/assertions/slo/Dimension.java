package io.plimsoll.assertions.slo;

import io.plimsoll.results.observation.Unit;
import java.util.Optional;

/** What sort of quantity a subject is, and so which units its limit may have. */
public enum Dimension {
    TIME("a time such as 500 ms or 7 min"),
    RATIO("a share such as 95 %"),
    RATE("a rate such as 300 /s"),
    SIZE("a size such as 64 MiB"),
    THROUGHPUT("a throughput such as 2 MiB/s"),
    COUNT("a plain number such as 4");

    private final String example;

    Dimension(String example) {
        this.example = example;
    }

    String example() {
        return example;
    }

    /** What a sum of these is per second, if it has a unit. */
    Optional<Dimension> perSecond() {
        return switch (this) {
            case COUNT -> Optional.of(RATE);
            case SIZE -> Optional.of(THROUGHPUT);
            default -> Optional.empty();
        };
    }

    /** The dimension of a metric. */
    static Dimension of(Unit unit) {
        return switch (unit) {
            case SECONDS -> TIME;
            case PERCENT -> RATIO;
            case BYTES -> SIZE;
            case PER_SECOND -> RATE;
            case COUNT -> COUNT;
        };
    }
}
