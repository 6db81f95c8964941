package io.plimsoll.results.report;

import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Every claim of the stage with what was shown of it, as the report prints it. */
final class Ledger {
    /** Resources of one SLO shown at most, those that are not PASS first; verdict.json lists them all. */
    static final int MOST_RESOURCES = 20;

    private Ledger() {}

    /** An outcome as a word and as the class that colours it. */
    record Badge(String word, String style) {
        static Badge of(Outcome outcome) {
            return new Badge(
                    Words.of(outcome), outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    /** One claim; {@code open} where there is something to look at. */
    record Claim(Badge badge, String id, String says, String reason, boolean open, List<Slo> slos) {}

    /** One SLO of a claim. */
    record Slo(
            Badge badge,
            String slo,
            String measured,
            String limit,
            String window,
            String samples,
            String reason,
            List<Part> parts,
            String more) {}

    /** One resource's part in an SLO. */
    record Part(Badge badge, String resource, String measured, String reason) {}

    static List<Claim> of(Verdict verdict, TimeAxis axis) {
        return verdict.claims().stream().map(claim -> claim(claim, axis)).toList();
    }

    private static Claim claim(ClaimResult claim, TimeAxis axis) {
        boolean open = claim.outcome() != Outcome.NOT_TESTED;
        return new Claim(
                Badge.of(claim.outcome()),
                PlainText.line(claim.id()),
                PlainText.line(claim.says()),
                PlainText.line(claim.reason()),
                open,
                claim.slos().stream().map(slo -> slo(slo, axis)).toList());
    }

    private static Slo slo(SloResult slo, TimeAxis axis) {
        List<Part> parts = slo.resources().stream()
                .sorted(Comparator.comparing(part -> part.outcome() == Outcome.PASS))
                .limit(MOST_RESOURCES)
                .map(part -> new Part(
                        Badge.of(part.outcome()),
                        PlainText.line(part.resource()),
                        PlainText.line(part.measured().orElse("nothing")),
                        PlainText.line(part.reason())))
                .toList();
        int left = slo.resources().size() - parts.size();
        return new Slo(
                Badge.of(slo.outcome()),
                PlainText.line(slo.slo()),
                PlainText.line(slo.measured().orElse("nothing")),
                PlainText.line(slo.limit()),
                slo.window()
                        .map(window -> Figures.elapsed(axis.at(window.start())) + " to "
                                + Figures.elapsed(axis.at(window.end())))
                        .orElse("–"),
                Figures.count(slo.samples()),
                PlainText.line(slo.reason()
                        + slo.warning().map(said -> ". Warning: " + said).orElse("")),
                parts,
                left > 0 ? "and " + left + " more, listed in verdict.json" : "");
    }
}
