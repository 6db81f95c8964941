package io.plimsoll.results.verdict;

import java.util.List;

/**
 * What earlier runs of the same stage, environment and profile came to: what an SLO relative to the baseline is judged by.
 * It is chosen when a run begins and kept in its evidence ({@code inputs/baseline.json}), so that the run is judged alike
 * for ever.
 *
 * @param wanted how many passes were looked for, ≥ 1
 * @param passes the latest of them, the latest first; empty if none has passed yet
 */
public record Baseline(int wanted, List<Figures> passes) {
    public Baseline {
        passes = List.copyOf(passes);
        if (!(wanted >= 1 && passes.size() <= wanted)) {
            throw new IllegalArgumentException(
                    "baseline: must hold at most " + wanted + " passes, holds " + passes.size());
        }
    }
}
