package io.plimsoll.simulations.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRunsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path home = Path.of("");

    @Test
    void aRunIsAProcessWhoseVerdictIsRead() throws IOException, InterruptedException {
        Files.createDirectories(home.resolve("results/runs/x"));
        Files.writeString(
                home.resolve("results/runs/x/verdict.json"),
                "{\"verdict\": \"FAIL\", \"reason\": \"claim 1.1\", \"claims\": [{\"id\": \"1.1\", \"stage\": \"low\","
                        + " \"says\": \"it holds\", \"outcome\": \"FAIL\", \"reason\": \"it does not\"}]}");
        Path script =
                Files.writeString(home.resolve("maven.sh"), "echo \"$@\"\necho 'Evidence: results/runs/x'\nexit 1\n");
        List<String> said = new ArrayList<>();

        StageRuns.Result result = new StageRuns(home, List.of("sh", script.toString(), "gatling:test"))
                .run(new TreeMap<>(Map.of("stage", "low", "claims", "1.1")), said::add);

        assertThat(said).contains("gatling:test -Dclaims=1.1 -Dstage=low");
        assertThat(result.verdict()).isEqualTo("FAIL");
        assertThat(result.claims()).containsOnlyKeys("1.1");
        assertThat(result.claims().values())
                .allSatisfy(claim -> assertThat(claim.reason()).isEqualTo("it does not"));
    }

    @Test
    void aRunWithoutAVerdictSaysWhatItComplainedAbout() throws IOException, InterruptedException {
        Path script = Files.writeString(home.resolve("maven.sh"), "echo 'plimsoll: no such stage'\nexit 64\n");

        StageRuns.Result result =
                new StageRuns(home, List.of("sh", script.toString())).run(new TreeMap<>(), line -> {});

        assertThat(result.verdict()).isEqualTo("NONE");
        assertThat(result.reason()).isEqualTo("no such stage");
    }

    @Test
    void earlierRunsAreThoseOfTheSameNameAndOptionsThatAreYoungEnoughAndHaveAVerdict() throws IOException {
        run("20260301-115959999-local-auto-scaled-capacity", "PASS", "{}", "fine"); // too old
        run("20260301-130000000-local-auto-scaled-capacity", "FAIL", "{}", "fine");
        run("20260301-120000000-local-auto-scaled-capacity", "PASS", "{}", "fine");
        run("20260301-140000000-local-auto-scaled-capacity", "INVALID", "{}", "fine");
        run("20260301-150000000-local-auto-scaled-capacity", "PASS", "{\"instances\": \"2\"}", "fine");
        run("20260301-160000000-local-auto-scaled-capacity", "PASS", "{}", "not asked for: -Dclaims=0.2");
        run("20260301-170000000-local-auto-scaled-plan", "PASS", "{}", "fine");
        run("20260301-180000000-other-local-auto-scaled-capacity", "PASS", "{}", "fine");
        Files.createDirectories(home.resolve("results/runs/20260301-190000000-local-auto-scaled-capacity"));

        assertThat(earlier(Map.of()))
                .containsExactly(
                        "20260301-120000000-local-auto-scaled-capacity",
                        "20260301-130000000-local-auto-scaled-capacity");
        assertThat(earlier(Map.of("instances", "2"))).containsExactly("20260301-150000000-local-auto-scaled-capacity");
        assertThat(earlier(Map.of("instances", "4"))).isEmpty();
    }

    @Test
    void aCheckoutThatNeverRanAnythingHasNone() {
        assertThat(earlier(Map.of())).isEmpty();
    }

    private List<String> earlier(Map<String, String> given) {
        return new StageRuns(home, List.of("mvn"))
                .earlier("local-auto-scaled-capacity", given, NOON).stream()
                        .map(StageRuns.Result::evidence)
                        .flatMap(Optional::stream)
                        .map(path -> path.getFileName().toString())
                        .toList();
    }

    private void run(String name, String verdict, String overrides, String reason) throws IOException {
        Path run = Files.createDirectories(home.resolve("results/runs").resolve(name));
        Files.writeString(run.resolve("run.json"), "{\"overrides\": " + overrides + "}");
        Files.writeString(run.resolve("verdict.json"), """
                {"verdict": "%s", "reason": "so it was", "claims": [
                  {"id": "0.2", "stage": "single-box", "says": "it holds", "outcome": "PASS", "reason": "%s"}]}
                """.formatted(verdict, reason));
    }
}
