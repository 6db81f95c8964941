package io.plimsoll.results.report;

import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.ValidityCheck;
import io.plimsoll.results.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table that closes a run on the console: claims with their SLOs, what was measured, and why it is not PASS. */
public final class ConsoleTable {
    private static final int LEAST_WIDTH = 60;
    private static final int OUTCOME = "INCONCLUSIVE".length() + 1;
    private static final int WIDEST_FIGURE = 16;
    private static final int MOST_RESOURCES = 5;

    private final StringBuilder text = new StringBuilder();
    private final int width;
    private final boolean colour;
    private final int measured;
    private final int limit;

    private ConsoleTable(Verdict verdict, int width, boolean colour) {
        this.width = Math.max(LEAST_WIDTH, width);
        this.colour = colour;
        List<SloResult> slos = verdict.claims().stream()
                .flatMap(claim -> claim.slos().stream())
                .toList();
        this.measured = figures("MEASURED", slos, slo -> Columns.width(measured(slo)));
        this.limit = figures("LIMIT", slos, slo -> Columns.width(PlainText.line(slo.limit())));
    }

    /**
     * The table, each line ended by a newline.
     *
     * @param width columns it may use; below 60 it uses 60
     * @param colour whether to colour the outcome words (ANSI); the words say the same without
     */
    public static String render(Verdict verdict, int width, boolean colour) {
        ConsoleTable table = new ConsoleTable(verdict, width, colour);
        table.claims(verdict);
        table.notTested(verdict);
        table.validity(verdict);
        table.verdict(verdict);
        return table.text.toString();
    }

    private void claims(Verdict verdict) {
        List<ClaimResult> tested = verdict.claims().stream()
                .filter(claim -> claim.outcome() != Outcome.NOT_TESTED)
                .toList();
        if (tested.isEmpty()) {
            return;
        }
        rule();
        line(Columns.padded("OUTCOME", OUTCOME) + Columns.padded("CLAIM AND SLO", slo() + 2)
                + Columns.padded("MEASURED", measured + 2) + "LIMIT");
        for (ClaimResult claim : tested) {
            rule();
            outcome(claim.outcome(), plain(claim.id() + "  " + claim.says()));
            claim.slos().forEach(this::slo);
            if (claim.slos().isEmpty()) {
                why(claim.outcome(), claim.reason());
            }
        }
    }

    private void slo(SloResult slo) {
        List<String> names = Columns.wrap(plain(slo.slo()), slo() - 2);
        List<String> values = Columns.wrap(measured(slo), measured);
        List<String> limits = Columns.wrap(plain(slo.limit()), limit);
        int lines = Math.max(names.size(), Math.max(values.size(), limits.size()));
        for (int i = 0; i < lines; i++) {
            String word = i == 0 ? Words.of(slo.outcome()) : "";
            line(coloured(slo.outcome(), Columns.padded(word, OUTCOME))
                    + Columns.padded("  " + cell(names, i), slo() + 2)
                    + Columns.padded(cell(values, i), measured + 2)
                    + cell(limits, i));
        }
        why(slo.outcome(), slo.reason());
        List<SloResult.ResourceResult> bad = slo.resources().stream()
                .filter(part -> part.outcome() != Outcome.PASS)
                .toList();
        bad.stream()
                .limit(MOST_RESOURCES)
                .forEach(part -> wrapped(
                        OUTCOME + 4, plain(part.resource() + ": " + Words.of(part.outcome()) + ": " + part.reason())));
        if (bad.size() > MOST_RESOURCES) {
            wrapped(OUTCOME + 4, "and " + (bad.size() - MOST_RESOURCES) + " more; report.html lists them all");
        }
    }

    private void why(Outcome outcome, String reason) {
        if (outcome != Outcome.PASS) {
            wrapped(OUTCOME + 2, "why: " + plain(reason));
        }
    }

    private void notTested(Verdict verdict) {
        Map<String, List<ClaimResult>> stages = Coverage.notTested(verdict);
        if (!stages.isEmpty()) {
            rule();
        }
        stages.forEach((stage, claims) -> outcome(
                Outcome.NOT_TESTED,
                plain(stage + ": " + claims.stream().map(ClaimResult::id).collect(Collectors.joining(", ")))));
    }

    private void validity(Verdict verdict) {
        List<ValidityCheck> broken = verdict.validity().stream()
                .filter(check -> check.outcome() != Outcome.PASS)
                .toList();
        if (!broken.isEmpty()) {
            rule();
            line("Validity checks that do not hold:");
        }
        broken.forEach(check -> outcome(check.outcome(), plain(check.name() + ": " + check.reason())));
    }

    /** The verdict in one sentence, such as {@code VERDICT: PASS — 23 SLOs of 6 tested claims hold}. */
    public static String sentence(Verdict verdict) {
        return "VERDICT: " + Words.of(verdict.outcome()) + " — " + plain(verdict.reason());
    }

    private void verdict(Verdict verdict) {
        rule();
        wrapped(0, Coverage.of(verdict).sentence());
        List<String> lines = Columns.wrap(sentence(verdict), width);
        line(coloured(verdict.outcome(), lines.get(0)));
        lines.stream().skip(1).forEach(this::line);
    }

    private void outcome(Outcome outcome, String said) {
        List<String> lines = Columns.wrap(said, width - OUTCOME);
        for (int i = 0; i < lines.size(); i++) {
            String word = Columns.padded(i == 0 ? Words.of(outcome) : "", OUTCOME);
            line(coloured(outcome, word) + lines.get(i));
        }
    }

    private void wrapped(int indent, String said) {
        Columns.wrap(said, width - indent).forEach(part -> line(" ".repeat(indent) + part));
    }

    private void rule() {
        line("-".repeat(width));
    }

    private void line(String content) {
        text.append(content.stripTrailing()).append('\n');
    }

    /** Columns left for the name of an SLO; the gaps between columns are 2 wide. */
    private int slo() {
        return width - OUTCOME - measured - limit - 4;
    }

    private String coloured(Outcome outcome, String word) {
        if (!colour || word.isBlank()) {
            return word;
        }
        String code = switch (outcome) {
            case PASS -> "32";
            case FAIL -> "1;31";
            case INCONCLUSIVE -> "33";
            case INVALID -> "35";
            case NOT_TESTED -> "2";
        };
        return "\u001b[" + code + "m" + word + "\u001b[0m";
    }

    private static int figures(String header, List<SloResult> slos, ToIntFunction<SloResult> width) {
        int widest = Stream.concat(Stream.of(header.length()), slos.stream().map(width::applyAsInt))
                .mapToInt(Integer::intValue)
                .max()
                .orElse(header.length());
        return Math.min(WIDEST_FIGURE, widest);
    }

    private static String measured(SloResult slo) {
        return plain(slo.measured().orElse("nothing"));
    }

    private static String cell(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }

    private static String plain(String said) {
        return PlainText.line(said);
    }
}
