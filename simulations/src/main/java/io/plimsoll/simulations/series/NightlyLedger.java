package io.plimsoll.simulations.series;

import io.plimsoll.simulations.series.StageRuns.Claim;
import io.plimsoll.simulations.series.StageRuns.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One ledger of the runs of several stages. A claim counts as its own stage's run has shown it; if that run did not test
 * it, as the first later stage's did. A claim that any run shows broken is broken.
 */
public final class NightlyLedger {
    private final Map<String, Result> runs;
    private final Set<String> further;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * A claim in the ledger.
     *
     * @param claim as it counts
     * @param run the stage whose run it is taken from
     */
    public record Entry(Claim claim, String run) {}

    /**
     * The ledger of some runs.
     *
     * @param runs by stage, lower stages first
     * @param further which of them are of further plans, for claims that need something the stack may lack
     */
    public NightlyLedger(Map<String, Result> runs, Set<String> further) {
        this.runs = new LinkedHashMap<>(runs);
        this.further = Set.copyOf(further);
        this.runs.forEach((stage, result) -> result.claims().values().forEach(claim -> take(stage, claim)));
    }

    private void take(String stage, Claim claim) {
        Entry before = entries.get(claim.id());
        boolean better = before == null
                || (!before.claim().tested() && claim.tested())
                || (!before.claim().outcome().equals("FAIL") && claim.outcome().equals("FAIL"));
        if (better) {
            entries.put(claim.id(), new Entry(claim, stage));
        }
    }

    /** All claims, in the order of the stages. */
    public List<Entry> entries() {
        return entries.values().stream()
                .sorted(java.util.Comparator.comparing(
                        entry -> number(entry.claim().id())))
                .toList();
    }

    /** Ids are numbers with a dot between. */
    private static long number(String id) {
        String[] parts = id.replaceAll("[^0-9.]", "").split("\\.", 2);
        long major = parts[0].isEmpty() ? 0 : Long.parseLong(parts[0]);
        return major * 1000 + (parts.length < 2 || parts[1].isEmpty() ? 0 : Long.parseLong(parts[1]));
    }

    /** Whether every run passed. A further plan of which nothing could be tested counts neither way; its claims say why. */
    public boolean passed() {
        List<Result> counted = runs.entrySet().stream()
                .filter(run -> !further.contains(run.getKey()) || !testedNothing(run.getValue()))
                .map(Map.Entry::getValue)
                .toList();
        return !counted.isEmpty()
                && counted.stream().allMatch(run -> run.verdict().equals("PASS"));
    }

    private static boolean testedNothing(Result run) {
        return run.verdict().equals("INCONCLUSIVE")
                && !run.claims().isEmpty()
                && run.claims().values().stream().noneMatch(Claim::tested);
    }

    /** For the console: the ledger, its coverage in one line, and the verdict of each run. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "OUTCOME       CLAIM                                                             SHOWN BY THE RUN OF");
        for (Entry entry : entries()) {
            Claim claim = entry.claim();
            lines.add(String.format(
                    Locale.ROOT,
                    "%-13s %-64s  %s",
                    claim.outcome(),
                    shortened(claim.id() + " " + claim.says(), 64),
                    claim.tested() ? entry.run() : "- " + claim.reason()));
            if (!List.of("PASS", "NOT TESTED").contains(claim.outcome())) {
                lines.add("              " + claim.reason());
            }
        }
        long tested = entries.values().stream()
                .filter(entry -> entry.claim().tested())
                .count();
        long pass = entries.values().stream()
                .filter(entry -> entry.claim().outcome().equals("PASS"))
                .count();
        lines.add(tested + " of " + entries.size() + " claims tested, " + pass + " pass");
        runs.forEach((stage, run) ->
                lines.add(String.format(Locale.ROOT, "%-18s %-13s %s", stage, run.verdict(), run.reason())));
        return lines;
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
