package io.plimsoll.results.run;

import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads a line of {@code metrics.jsonl}. Nearly all of it is samples, in the one form in which they are written; that
 * form is read by {@link SampleScanner}, several times faster than by a general reader of JSON, and the rest of the line
 * by {@link EvidenceJson}. A line that is of any other form, or is not a series, is left to {@link EvidenceJson} as a
 * whole: what is accepted, and what is said of the rest, is the same.
 */
final class SeriesLine {
    private static final String SAMPLES = "\"samples\":[";

    private SeriesLine() {}

    /**
     * Reads one.
     *
     * @throws EvidenceException if it is none; the message is the rule alone
     */
    static Series read(String line) {
        return scanned(line).orElseGet(() -> EvidenceJson.read(line, Series.class));
    }

    private static Optional<Series> scanned(String line) {
        int array = line.indexOf(SAMPLES);
        if (array < 0) {
            return Optional.empty();
        }
        int first = array + SAMPLES.length();
        SampleScanner scanner = new SampleScanner(line.substring(first).getBytes(StandardCharsets.ISO_8859_1));
        Optional<List<Sample>> samples = scanner.toEndOfArray();
        try {
            return samples.map(found -> {
                String rest = line.substring(0, first) + line.substring(first + scanner.position());
                return with(EvidenceJson.read(rest, Series.class), found);
            });
        } catch (EvidenceException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Series with(Series series, List<Sample> samples) {
        return new Series(
                series.name(),
                series.kind(),
                series.resource(),
                series.origin(),
                series.unit(),
                series.period(),
                series.completeness(),
                series.note(),
                samples);
    }
}
