package io.plimsoll.results.report;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.run.EvidenceDirectory;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a report shows beside verdict and evidence.
 *
 * @param capacity what a capacity search found
 * @param inputs the files as run: text by path below {@code inputs/}
 * @param figures {@code figures.json} of the run, what every SLO's subject came to; empty if it was not written
 */
public record Attachments(
        Optional<CapacityResult> capacity, SortedMap<String, String> inputs, Optional<String> figures) {
    /** Nothing. */
    public static final Attachments NONE = new Attachments(Optional.empty(), new TreeMap<>(), Optional.empty());

    public Attachments {
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }

    /** What an evidence directory holds. */
    public static Attachments of(EvidenceDirectory directory) {
        return new Attachments(directory.capacity(), directory.inputs(), directory.derived("figures.json"));
    }
}
