package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.verdict.Outcome;
import org.junit.jupiter.api.Test;

class SummaryMarkdownTest {
    @Test
    void aSearchForCapacityIsSummedUp() {
        assertThat(SummaryMarkdown.render(
                        ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence(), ExampleCapacity.attached()))
                .contains(
                        "### Capacity",
                        "- The stack holds 560 requests/s and does not hold 600 requests/s, with 3 instances in app-group.",
                        "- A million requests cost USD 1.369 at that rate (USD 2.76 an hour: 3 x m7g.large; without",
                        "without cache shop-cache");
    }

    @Test
    void beginsWithVerdictReasonAndCoverage() {
        assertThat(SummaryMarkdown.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence(), Attachments.NONE))
                .startsWith("## PASS: auto-scaled on local\n\n**PASS**: all 3 SLOs of 2 tested claims hold\n\n"
                        + "2 of 5 claims tested, 2 pass. Rests on ");
    }

    @Test
    void givesReasonsOnlyForWhatIsNotPass() {
        assertThat(SummaryMarkdown.render(ExampleRun.verdict(Outcome.FAIL), ExampleRun.evidence(), Attachments.NONE))
                .contains(
                        "### Why it is not PASS\n\n- **FAIL** 5.1: p95(read) &lt;= 500 ms during steady: p95(read) was 612 ms");
        assertThat(SummaryMarkdown.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence(), Attachments.NONE))
                .doesNotContain("Why it is not PASS");
    }

    @Test
    void tellsWhatWasRun() {
        assertThat(SummaryMarkdown.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence(), Attachments.NONE))
                .contains("| Load profile | ramp |", "| Override | stack.group.max=3 |", "| State | complete |");
    }

    @Test
    void everyRowOfATableHasTheCellsOfItsHeader() {
        String summary = SummaryMarkdown.render(HostileRun.verdict(), HostileRun.evidence(), Attachments.NONE);

        summary.lines()
                .filter(line -> line.startsWith("| FAIL "))
                .forEach(line -> assertThat(line.replace("\\\\", "")
                                .replace("\\|", "")
                                .chars()
                                .filter(c -> c == '|'))
                        .as(line)
                        .hasSize(6));
        assertThat(summary.lines()).anyMatch(line -> line.startsWith("| FAIL "));
    }

    @Test
    void textFromOutsideIsNeitherMarkupNorMarkdown() {
        String summary = SummaryMarkdown.render(HostileRun.verdict(), HostileRun.evidence(), Attachments.NONE);

        assertThat(summary)
                .contains(
                        "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;\\!--\"'\\`\\|\\*\\*b\\*\\*\\| \\${x} \\[a\\](")
                .doesNotContain("<script", "\u202E", "\u0000", "\u001b", "\u2028");
    }

    @Test
    void specialCharactersAreEscapedAndAddressesDoNotLink() {
        assertThat(SummaryMarkdown.escaped("a_b & <i> \\ https://x www.y"))
                .isEqualTo("a\\_b &amp; &lt;i&gt; \\\\ https\\://x www\\.y");
    }
}
