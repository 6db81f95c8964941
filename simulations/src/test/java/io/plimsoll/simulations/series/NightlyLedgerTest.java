package io.plimsoll.simulations.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.simulations.series.StageRuns.Claim;
import io.plimsoll.simulations.series.StageRuns.Result;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NightlyLedgerTest {
    @Test
    void aClaimCountsAsTheFirstRunHasShownItAndABreachAnywhereCountsMost() {
        Map<String, Result> runs = new LinkedHashMap<>();
        runs.put("low", result("PASS", claim("1.1", "PASS"), claim("1.2", "NOT TESTED"), claim("1.10", "PASS")));
        runs.put("high", result("FAIL", claim("1.1", "FAIL"), claim("1.2", "PASS"), claim("2.1", "NOT TESTED")));

        NightlyLedger ledger = new NightlyLedger(runs, Set.of());

        assertThat(ledger.entries())
                .extracting(entry -> entry.claim().id() + " " + entry.claim().outcome() + " " + entry.run())
                .containsExactly("1.1 FAIL high", "1.2 PASS high", "1.10 PASS low", "2.1 NOT TESTED high");
        assertThat(ledger.lines()).contains("3 of 4 claims tested, 2 pass");
        assertThat(ledger.passed()).isFalse();
    }

    @Test
    void noRunIsNoPass() {
        assertThat(new NightlyLedger(Map.of(), Set.of()).passed()).isFalse();
        assertThat(new NightlyLedger(Map.of("low", result("PASS", claim("1.1", "PASS"))), Set.of()).passed())
                .isTrue();
    }

    @Test
    void aFurtherPlanThatCouldTestNothingCountsNeitherWayAndAnythingElseCounts() {
        Result nothing = result("INCONCLUSIVE", claim("6.6", "NOT TESTED"));
        Result doubtful = result("INCONCLUSIVE", claim("6.6", "INCONCLUSIVE"));
        Result pass = result("PASS", claim("6.1", "PASS"));
        Set<String> further = Set.of("high, more");

        assertThat(new NightlyLedger(Map.of("high", pass, "high, more", nothing), further).passed())
                .isTrue();
        assertThat(new NightlyLedger(Map.of("high", pass, "high, more", doubtful), further).passed())
                .isFalse();
        assertThat(new NightlyLedger(Map.of("high", nothing, "high, more", pass), further).passed())
                .isFalse();
        assertThat(new NightlyLedger(Map.of("high, more", nothing), further).passed())
                .isFalse();
    }

    @Test
    void theShippedMatrixIsValidAndBreaksSomethingInEachRow() {
        Matrix matrix = Matrix.read(Path.of("matrix.yaml"));

        assertThat(matrix.rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.set()).isNotEmpty());
        assertThat(matrix.only(List.of("4.4")).rows())
                .isNotEmpty()
                .allMatch(row -> row.claim().equals("4.4"));
        assertThatThrownBy(() -> matrix.only(List.of("4.44")))
                .hasMessageStartingWith("matrix: unknown claim '4.44'; did you mean '4.4'?");
    }

    private static Result result(String verdict, Claim... claims) {
        Map<String, Claim> byId = new LinkedHashMap<>();
        for (Claim claim : claims) {
            byId.put(claim.id(), claim);
        }
        return new Result(Optional.empty(), verdict, "because", byId);
    }

    private static Claim claim(String id, String outcome) {
        return new Claim(id, "low", "it holds", outcome, "because");
    }
}
