package io.plimsoll.results.report;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.ValidityCheck;
import io.plimsoll.results.verdict.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code summary.md}: the verdict in GitHub's Markdown, for a pull request or a job summary. */
final class SummaryMarkdown {
    /** Longest text of a cell, in characters: a summary is read at a glance, and hosts cut long ones. */
    private static final int LONGEST = 600;

    private static final String SPECIAL = "\\`*_[]|~#@!$";
    private final StringBuilder text = new StringBuilder();

    private SummaryMarkdown() {}

    /** The document, with a newline at its end. */
    static String render(Verdict verdict, Evidence evidence, Attachments attachments) {
        SummaryMarkdown summary = new SummaryMarkdown();
        summary.head(verdict, evidence);
        attachments.limits().ifPresent(found -> {
            summary.line("");
            summary.line(escaped(found.sentence()));
        });
        attachments.capacity().ifPresent(summary::capacity);
        summary.claims(verdict);
        summary.reasons(verdict);
        summary.notTested(verdict);
        summary.validity(verdict);
        summary.injectors(InjectorTable.of(attachments.injectors()));
        summary.run(verdict, evidence);
        return summary.text.toString();
    }

    private void head(Verdict verdict, Evidence evidence) {
        line("## " + word(verdict.outcome()) + ": " + escaped(verdict.stage()) + " on "
                + escaped(verdict.environment()));
        line("");
        line("**" + word(verdict.outcome()) + "**: " + escaped(verdict.reason()));
        line("");
        line(Coverage.of(verdict).sentence() + ". "
                + Basis.of(verdict, evidence).sentence());
    }

    private void capacity(CapacityResult result) {
        section("Capacity");
        CapacitySentences.of(result).forEach(sentence -> line("- " + escaped(sentence)));
    }

    private void claims(Verdict verdict) {
        List<ClaimResult> tested = verdict.claims().stream()
                .filter(claim -> claim.outcome() != Outcome.NOT_TESTED)
                .toList();
        if (tested.isEmpty()) {
            return;
        }
        section("Claims");
        row("Outcome", "Claim and SLO", "Measured", "Limit", "Samples");
        line("|:--|:--|--:|--:|--:|");
        for (ClaimResult claim : tested) {
            row(
                    "**" + word(claim.outcome()) + "**",
                    "**" + escaped(claim.id() + " " + claim.says()) + "**",
                    "",
                    "",
                    "");
            for (SloResult slo : claim.slos()) {
                row(
                        word(slo.outcome()),
                        escaped(slo.slo()),
                        escaped(slo.measured().orElse("nothing")),
                        escaped(slo.limit()),
                        Figures.count(slo.samples()));
            }
        }
    }

    private void reasons(Verdict verdict) {
        List<SloResult> slos = verdict.claims().stream()
                .flatMap(claim -> claim.slos().stream())
                .filter(slo -> slo.outcome() != Outcome.PASS)
                .toList();
        List<ClaimResult> bare = verdict.claims().stream()
                .filter(claim -> claim.slos().isEmpty())
                .filter(claim -> claim.outcome() != Outcome.PASS && claim.outcome() != Outcome.NOT_TESTED)
                .toList();
        if (slos.isEmpty() && bare.isEmpty()) {
            return;
        }
        section("Why it is not PASS");
        slos.forEach(slo -> line("- **" + word(slo.outcome()) + "** " + escaped(slo.claim() + ": " + slo.slo()) + ": "
                + escaped(slo.reason())));
        bare.forEach(claim ->
                line("- **" + word(claim.outcome()) + "** " + escaped(claim.id()) + ": " + escaped(claim.reason())));
    }

    private void notTested(Verdict verdict) {
        if (Coverage.notTested(verdict).isEmpty()) {
            return;
        }
        section("NOT TESTED");
        Coverage.notTested(verdict)
                .forEach((stage, claims) -> line("- " + escaped(stage) + ": "
                        + claims.stream()
                                .map(claim -> escaped(claim.id() + " " + claim.says()))
                                .collect(Collectors.joining("; "))));
    }

    private void validity(Verdict verdict) {
        section("Validity of the run");
        if (verdict.validity().isEmpty()) {
            line("No check was made.");
            return;
        }
        row("Outcome", "Check", "Why");
        line("|:--|:--|:--|");
        for (ValidityCheck check : verdict.validity()) {
            row(word(check.outcome()), escaped(check.name()), escaped(check.reason()));
        }
    }

    private void injectors(Table injectors) {
        if (injectors.rows().isEmpty()) {
            return;
        }
        section("Injectors");
        row(injectors.headers().toArray(String[]::new));
        line(IntStream.range(0, injectors.headers().size())
                .mapToObj(column -> injectors.numeric().contains(column) ? "--:" : ":--")
                .collect(Collectors.joining("|", "|", "|")));
        injectors
                .rows()
                .forEach(cells ->
                        row(cells.stream().map(SummaryMarkdown::escaped).toArray(String[]::new)));
    }

    private void run(Verdict verdict, Evidence evidence) {
        section("Run");
        row("Fact", "Value");
        line("|:--|:--|");
        RunTables.essentials(verdict, evidence).forEach(fact -> row(escaped(fact.get(0)), escaped(fact.get(1))));
    }

    private void section(String title) {
        line("");
        line("### " + title);
        line("");
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String content) {
        text.append(content).append('\n');
    }

    private static String word(Outcome outcome) {
        return Words.of(outcome);
    }

    /** Text from outside as Markdown that shows exactly that text. */
    static String escaped(String outside) {
        StringBuilder escaped = new StringBuilder();
        PlainText.line(outside, LONGEST).codePoints().forEach(character -> {
            if (character == '&') {
                escaped.append("&amp;");
            } else if (character == '<') {
                escaped.append("&lt;");
            } else if (character == '>') {
                escaped.append("&gt;");
            } else {
                if (SPECIAL.indexOf(character) >= 0) {
                    escaped.append('\\');
                }
                escaped.appendCodePoint(character);
            }
        });
        // A bare address would become a link that the text never was.
        return escaped.toString().replace("://", "\\://").replace("www.", "www\\.");
    }
}
