package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.Series;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what of a series is not known, for reasons. */
final class Gaps {
    private static final int NAMED = 3;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private Gaps() {}

    /** Empty if everything expected is known and the source gave all it had. */
    static Optional<String> describe(Series series, Coverage coverage) {
        if (series.completeness() != Series.Completeness.COMPLETE) {
            return Optional.of(series.name() + " of " + series.resource() + " is "
                    + series.completeness().name().toLowerCase(java.util.Locale.ROOT) + ": " + series.note());
        }
        List<Instant> missing = coverage.missing();
        if (!missing.isEmpty()) {
            String named = missing.stream().limit(NAMED).map(TIME::format).collect(Collectors.joining(", "));
            String more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
            return Optional.of(missing.size() + " of "
                    + (missing.size() + coverage.values().size())
                    + " datapoints of " + series.name() + " of " + series.resource() + " are missing, at " + named
                    + more
                    + " UTC");
        }
        return coverage.values().isEmpty() && coverage.broken().isEmpty()
                ? Optional.of("the window holds no whole period of " + series.name() + " of " + series.resource())
                : Optional.empty();
    }
}
