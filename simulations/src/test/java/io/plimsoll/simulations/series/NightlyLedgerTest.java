package io.plimsoll.simulations.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.simulations.series.StageRuns.Claim;
import io.plimsoll.simulations.series.StageRuns.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightlyLedgerTest {
    @TempDir
    Path directory = Path.of("");

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
    void aRunIsAProcessWhoseVerdictIsRead() throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("results/runs/x"));
        Files.writeString(
                directory.resolve("results/runs/x/verdict.json"),
                "{\"verdict\": \"FAIL\", \"reason\": \"claim 1.1\", \"claims\": [{\"id\": \"1.1\", \"stage\": \"low\","
                        + " \"says\": \"it holds\", \"outcome\": \"FAIL\", \"reason\": \"it does not\"}]}");
        Path script = Files.writeString(
                directory.resolve("maven.sh"), "echo \"$@\"\necho 'Evidence: results/runs/x'\nexit 1\n");
        List<String> said = new ArrayList<>();

        Result result = new StageRuns(directory, List.of("sh", script.toString(), "gatling:test"))
                .run(new TreeMap<>(Map.of("stage", "low", "claims", "1.1")), said::add);

        assertThat(said).contains("gatling:test -Dclaims=1.1 -Dstage=low");
        assertThat(result.verdict()).isEqualTo("FAIL");
        assertThat(result.claims()).containsOnlyKeys("1.1");
        assertThat(result.claims().values())
                .allSatisfy(claim -> assertThat(claim.reason()).isEqualTo("it does not"));
    }

    @Test
    void aRunWithoutAVerdictSaysWhatItComplainedAbout() throws IOException, InterruptedException {
        Path script = Files.writeString(directory.resolve("maven.sh"), "echo 'plimsoll: no such stage'\nexit 64\n");

        Result result = new StageRuns(directory, List.of("sh", script.toString())).run(new TreeMap<>(), line -> {});

        assertThat(result.verdict()).isEqualTo("NONE");
        assertThat(result.reason()).isEqualTo("no such stage");
    }

    @Test
    void anEarlierRunCountsIfItIsWholeAndOfAHealthyStack() throws IOException {
        StageRuns runs = new StageRuns(directory, List.of("sh"));
        Instant night = Instant.parse("2026-01-31T00:00:00Z");
        assertThat(runs.earlier("local-low-plan", night)).isEmpty();

        stored("20260130-235959999-local-low-plan", "PASS", "", "{}");
        stored("20260131-010000000-local-low-plan", "FAIL", "it does not", "{}");
        stored("20260131-020000000-local-low-plan", "PASS", "", "{\"stack.x\": \"1\"}");
        stored("20260131-030000000-local-low-plan", "PASS", "not asked for: this run was for 1.2", "{}");
        stored("20260131-040000000-local-low-plan", "INVALID", "", "{}");
        stored("20260131-050000000-local-very-low-plan", "PASS", "", "{}");

        assertThat(runs.earlier("local-low-plan", night)).hasValueSatisfying(found -> {
            assertThat(found.verdict()).isEqualTo("FAIL");
            assertThat(found.evidence())
                    .hasValueSatisfying(
                            path -> assertThat(path.getFileName()).hasToString("20260131-010000000-local-low-plan"));
        });
        assertThat(runs.earlier("local-low-plan", Instant.parse("2026-01-31T01:00:01Z")))
                .isEmpty();
    }

    private void stored(String run, String verdict, String reason, String overrides) throws IOException {
        Path at = Files.createDirectories(directory.resolve("results/runs").resolve(run));
        Files.writeString(at.resolve("run.json"), "{\"overrides\": " + overrides + "}");
        Files.writeString(
                at.resolve("verdict.json"),
                "{\"verdict\": \"" + verdict
                        + "\", \"reason\": \"\", \"claims\": [{\"id\": \"1.1\", \"stage\": \"low\","
                        + " \"says\": \"it holds\", \"outcome\": \"PASS\", \"reason\": \"" + reason + "\"}]}");
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
