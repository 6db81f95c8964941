package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTableTest {
    private static String render(Outcome latency, int width) {
        return ConsoleTable.render(ExampleRun.verdict(latency), width, false);
    }

    @Test
    void endsWithCoverageAndTheVerdictWithItsReason() {
        assertThat(render(Outcome.PASS, 100))
                .endsWith("2 of 5 claims tested, 2 pass\nVERDICT: PASS — all 3 SLOs of 2 tested claims hold\n");
    }

    @Test
    void anSloStandsBesideWhatWasMeasuredAndItsLimit() {
        assertThat(render(Outcome.PASS, 100).lines())
                .anySatisfy(
                        line -> assertThat(line).matches("PASS +time from load-step to healthy <= 7 min +16 s +21 s"));
    }

    @Test
    void aReasonFollowsOnlyWhatIsNotPass() {
        assertThat(render(Outcome.FAIL, 200))
                .containsOnlyOnce(
                        "why: p95(read) was 612 ms over 18,911 requests during steady, 112 ms above the limit");
        assertThat(render(Outcome.PASS, 200)).doesNotContain("why:");
    }

    @Test
    void claimsThatWereNotTestedTakeOneLineAStage() {
        assertThat(render(Outcome.PASS, 100).lines())
                .filteredOn(line -> line.startsWith("NOT TESTED"))
                .containsExactly("NOT TESTED   auto-scaled: 5.2, 5.3", "NOT TESTED   cached-replicas: 4.2");
    }

    @Test
    void onlyChecksThatDoNotHoldAreNamed() {
        assertThat(render(Outcome.PASS, 100)).doesNotContain("alidity");
        assertThat(ConsoleTable.render(HostileRun.verdict(), 100, false))
                .contains("Validity checks that do not hold:\nINVALID");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60, 61, 80, 100, 160})
    void noLineIsLongerThanTheWidth(int width) {
        for (String table :
                new String[] {render(Outcome.FAIL, width), ConsoleTable.render(HostileRun.verdict(), width, false)}) {
            assertThat(table.lines())
                    .allSatisfy(
                            line -> assertThat(Columns.width(line)).as(line).isLessThanOrEqualTo(Math.max(60, width)));
        }
    }

    @Test
    void hostileTextMovesNeitherTheCursorNorTheTextDirection() {
        assertThat(ConsoleTable.render(HostileRun.verdict(), 300, false))
                .contains(HostileRun.SHOWN)
                .doesNotContain("\u001b", "\u202E", "\u0000", "\r", "\u2028");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"PASS", "FAIL", "INCONCLUSIVE", "INVALID"})
    void colourAddsNothingButColour(Outcome outcome) {
        String coloured = ConsoleTable.render(ExampleRun.verdict(outcome), 100, true);

        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(render(outcome, 100));
    }

    @Test
    void aVerdictAboutNothingIsStillAVerdict() {
        assertThat(ConsoleTable.render(ExampleRun.empty(), 60, false))
                .isEqualTo("-".repeat(60)
                        + "\n0 of 0 claims tested, 0 pass\nVERDICT: INCONCLUSIVE — no claim was tested\n");
    }
}
