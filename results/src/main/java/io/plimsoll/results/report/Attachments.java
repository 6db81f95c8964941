package io.plimsoll.results.report;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.capacity.WhatLimits;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.ShardRecord;
import io.plimsoll.results.verdict.Baseline;
import io.plimsoll.results.verdict.Figures;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a report shows beside verdict and evidence.
 *
 * @param capacity what a capacity search found
 * @param limits what limited a run that missed a limit
 * @param inputs the files as run: text by path below {@code inputs/}
 * @param figures what the run came to
 * @param baseline what earlier runs came to
 * @param injectors what each of several injectors published; empty if there was one
 */
public record Attachments(
        Optional<CapacityResult> capacity,
        Optional<WhatLimits> limits,
        SortedMap<String, String> inputs,
        Optional<Figures> figures,
        Optional<Baseline> baseline,
        List<ShardRecord> injectors) {
    /** Nothing. */
    public static final Attachments NONE = new Attachments(
            Optional.empty(), Optional.empty(), new TreeMap<>(), Optional.empty(), Optional.empty(), List.of());

    public Attachments {
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
        injectors = List.copyOf(injectors);
    }

    /** The resource that limits, as a search or the run itself found it. */
    Optional<CapacityResult.Binding> binding() {
        return capacity.flatMap(CapacityResult::binding).or(() -> limits.flatMap(WhatLimits::binding));
    }

    /** What an evidence directory holds, with what its judgement came to. */
    public static Attachments of(
            EvidenceDirectory directory, Figures figures, Optional<Baseline> baseline, Optional<WhatLimits> limits) {
        return new Attachments(
                directory.capacity(),
                limits,
                directory.inputs(),
                Optional.of(figures),
                baseline,
                directory.injectorRecords());
    }
}
