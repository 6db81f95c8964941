package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what of a series is not known, for reasons. */
final class Gaps {
    /** Stretches that are named one by one; more are counted. */
    private static final int NAMED = 3;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private Gaps() {}

    /** Empty if everything expected is known and the source gave all it had. */
    static Optional<String> describe(Series series, Coverage coverage) {
        if (series.completeness() != Series.Completeness.COMPLETE) {
            return Optional.of(series.name() + " of " + series.resource() + " is "
                    + series.completeness().name().toLowerCase(Locale.ROOT) + ": " + series.note());
        }
        if (!coverage.missing().isEmpty()) {
            return Optional.of(missing(series, coverage));
        }
        return coverage.values().isEmpty() && coverage.broken().isEmpty()
                ? Optional.of("the window holds no whole period of " + series.name() + " of " + series.resource())
                : Optional.empty();
    }

    /** How many datapoints are missing, and when. */
    static String missing(Series series, Coverage coverage) {
        List<String> stretches = stretches(coverage.missing(), series.period());
        String named = stretches.stream().limit(NAMED).collect(Collectors.joining(", "));
        String more = stretches.size() > NAMED ? " and " + (stretches.size() - NAMED) + " more stretches" : "";
        return coverage.missing().size() + " of " + coverage.expected() + " datapoints of " + series.name() + " of "
                + series.resource() + (coverage.missing().size() == 1 ? " is" : " are") + " missing, at " + named + more
                + " UTC";
    }

    /** Periods that follow on each other, as one stretch from the first to the start of the last. */
    private static List<String> stretches(List<Instant> starts, Duration period) {
        List<String> stretches = new ArrayList<>();
        for (int from = 0; from < starts.size(); ) {
            int to = from;
            while (to + 1 < starts.size()
                    && starts.get(to + 1).equals(starts.get(to).plus(period))) {
                to++;
            }
            String first = TIME.format(starts.get(from));
            stretches.add(to == from ? first : first + " to " + TIME.format(starts.get(to)));
            from = to + 1;
        }
        return stretches;
    }
}
