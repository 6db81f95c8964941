package io.plimsoll.environments.aws;

import io.plimsoll.results.document.Durations;
import io.plimsoll.results.observation.Origin;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Series.Completeness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is known so far of one series, from pull to pull. A later answer replaces an earlier one's values. */
final class MetricProgress {
    private final MetricQuery query;
    private final NavigableMap<Instant, Double> values = new TreeMap<>();
    private final Set<Instant> notFinite = new HashSet<>();
    private boolean answered;
    private boolean changedInPull;
    private Instant lastChange = Instant.MIN;
    private Completeness latest = Completeness.FAILED;
    private String note = "it was never asked for";
    private boolean refused;
    private boolean settled;
    private boolean provisional;
    private boolean everChanged;

    MetricProgress(MetricQuery query) {
        this.query = query;
    }

    MetricQuery query() {
        return query;
    }

    /** Whether asking again would be of no use. */
    boolean done() {
        return refused || settled;
    }

    /** Whether a datapoint changed, or came late, after it had been answered. */
    boolean revised() {
        return everChanged;
    }

    /** Whether its first answer held everything that can be there, so that one witness may speak for it. */
    boolean provisional() {
        return provisional && !done();
    }

    /** Says that its first answer held everything that can be there. */
    void holdsAll() {
        provisional = true;
    }

    /** A witness of its source was unchanged: it has settled with the answer it has. */
    void vouchedFor() {
        if (provisional && answeredInFull()) {
            settled = true;
        }
    }

    /** A witness of its source changed: it must be asked again. */
    void doubted() {
        provisional = false;
    }

    /** Whether it was answered in full and has a datapoint at each of these moments. */
    boolean holds(Collection<Instant> moments) {
        return answeredInFull() && values.keySet().containsAll(moments);
    }

    /** Whether the last pull was answered in full. */
    boolean answeredInFull() {
        return !refused && latest == Completeness.COMPLETE;
    }

    /** Why the last pull was not answered in full; empty if it was. */
    String note() {
        return note;
    }

    /** Values seen and left out because they are not finite. */
    int notFinite() {
        return notFinite.size();
    }

    /** The latest datapoint seen; empty if there is none. */
    Optional<Sample> latest() {
        return Optional.ofNullable(values.lastEntry()).map(last -> new Sample(last.getKey(), last.getValue()));
    }

    /** Takes one datapoint as published. */
    void take(Instant start, double published) {
        double value = published * query.source().toUnit();
        if (!Double.isFinite(value)) {
            notFinite.add(start);
            return;
        }
        Double previous = values.put(start, value);
        if (previous == null || Double.compare(previous, value) != 0) {
            changedInPull = true;
        }
    }

    /**
     * Ends a pull that was answered in full; the series has settled once two such pulls, at least {@code quiet} apart,
     * gave the same and nothing else was seen in between.
     */
    void answered(Instant at, Duration quiet) {
        if (!answered || changedInPull) {
            everChanged |= answered;
            lastChange = at;
        }
        answered = true;
        changedInPull = false;
        latest = Completeness.COMPLETE;
        note = "";
        settled = !lastChange.plus(quiet).isAfter(at);
    }

    /** Ends a pull whose answer lacks something; asking again may help. */
    void lacking(Instant at, Completeness completeness, String reason) {
        if (changedInPull) {
            lastChange = at;
            changedInPull = false;
        }
        latest = completeness;
        note = reason;
    }

    /** Ends a pull without an answer; what an earlier one said stands, unconfirmed. */
    void unanswered(String reason) {
        latest = answered ? Completeness.PARTIAL : Completeness.FAILED;
        note = reason;
    }

    /** Ends a pull that was refused; asking again does not help. */
    void refused(String reason) {
        refused = true;
        note = reason;
    }

    /** The series, as judged when the settle deadline has come or nothing is left to ask. */
    Series toSeries(String region, Duration period, Duration deadline) {
        Completeness completeness = completeness();
        List<Sample> samples = new ArrayList<>();
        values.forEach((start, value) -> samples.add(new Sample(start, value)));
        return new Series(
                query.definition().name(),
                query.resource().kind(),
                query.resource().id(),
                new Origin(
                        query.source().namespace(),
                        query.source().metric(),
                        query.dimensions(),
                        query.source().statistic(),
                        query.region().orElse(region)),
                query.definition().unit(),
                query.period(period),
                completeness,
                note(completeness, deadline),
                samples);
    }

    private Completeness completeness() {
        if (refused) {
            return Completeness.REFUSED;
        }
        if (settled) {
            return notFinite.isEmpty() ? Completeness.COMPLETE : Completeness.PARTIAL;
        }
        return latest == Completeness.FAILED ? Completeness.FAILED : Completeness.PARTIAL;
    }

    private String note(Completeness completeness, Duration deadline) {
        if (completeness == Completeness.COMPLETE) {
            return "";
        }
        if (settled) {
            return notFinite.size() + " of its values were not finite and were left out";
        }
        return note.isEmpty()
                ? "it had not been unchanged for long enough when the settle deadline of " + Durations.print(deadline)
                        + " passed"
                : note;
    }
}
