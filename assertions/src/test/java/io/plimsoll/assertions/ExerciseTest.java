package io.plimsoll.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.observation.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExerciseTest {
    private static final Exercise RUN = new Exercise(
            "plan",
            Set.of(),
            Set.of("steady"),
            Set.of("read"),
            Set.of("load-step"),
            Set.of("fail-over-database", "terminate-instance"),
            Map.of("terminate-instance", "the environment does not permit it"),
            Set.of("steady", "surge", "upload", "load-drop"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p95(read) <= 1 s during surge | needs the phase 'surge', which this run did not have",
                "error ratio of upload <= 1 % | needs the request 'upload', which this run did not have",
                "time from load-drop to healthy <= 1 min | needs the mark 'load-drop', which this run did not have",
                "time from load-step to recovered(p95(upload) <= 1 s) <= 1 min | needs the request 'upload', which this"
                        + " run did not have",
            })
    void whatOnlyAnotherRunHasLeavesAClaimUntested(String slo, String reason) {
        assertThat(RUN.omissions(stage(claim(slo, List.of())))).containsExactly(Map.entry("1", reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p95(read) <= 1 s during steady",
                "p95(read) <= 1 s during stedy",
                "error ratio of reed <= 1 %",
                "error ratio <= 1 % during whole"
            })
    void whatTheRunHasAndWhatIsNowhereIsNoOmission(String slo) {
        assertThat(RUN.omissions(stage(claim(slo, List.of())))).isEmpty();
    }

    @Test
    void aDisturbanceThatIsMissingOrRefusedLeavesAClaimUntested() {
        assertThat(RUN.omissions(stage(claim("error ratio <= 1 %", List.of("fail-over-database")))))
                .isEmpty();
        assertThat(RUN.omissions(stage(claim("error ratio <= 1 %", List.of("flush-cache")))))
                .containsExactly(Map.entry("1", "needs the disturbance 'flush-cache', which this run did not have"));
        assertThat(RUN.omissions(stage(claim("error ratio <= 1 %", List.of("terminate-instance")))))
                .containsExactly(Map.entry(
                        "1", "needs the disturbance 'terminate-instance': the environment does not permit it"));
    }

    @Test
    void onlyTheClaimsAskedForAreShown() {
        Exercise some =
                new Exercise("plan", Set.of("2", "3"), Set.of(), Set.of(), Set.of(), Set.of(), Map.of(), Set.of());

        assertThat(some.omissions(stage(claim("error ratio <= 1 %", List.of()))))
                .containsExactly(Map.entry("1", "not asked for: this run was for 2, 3"));
    }

    @Test
    void anOmittedClaimKeepsItsPlaceAndSaysWhy() {
        Stage stage = stage(claim("error ratio <= 1 %", List.of())).without(Map.of("1", "no time"));

        assertThat(stage.claims()).singleElement().satisfies(claim -> {
            assertThat(claim.notTested()).contains("no time");
            assertThat(claim.slos()).isEmpty();
        });
    }

    @Test
    void aDisturbanceThatWasNotDoneLeavesItsClaimsUntested() {
        Stage stage = stage(claim("error ratio <= 1 %", List.of("fail-over-database")));

        assertThat(Exercise.undone(stage, List.of(event("done", "")))).isEmpty();
        assertThat(Exercise.undone(stage, List.of(event("failed", "no standby"))))
                .containsExactly(Map.entry(
                        "1", "needs the disturbance 'fail-over-database', which was not carried out: no standby"));
        assertThat(Exercise.undone(stage, List.of()))
                .containsExactly(
                        Map.entry("1", "needs the disturbance 'fail-over-database', which was not carried out"));
        assertThat(Exercise.undone(stage, List.of(event("failed", "busy"), event("done", ""))))
                .isEmpty();
    }

    private static Event event(String outcome, String reason) {
        return new Event(
                Instant.EPOCH,
                Event.Kind.DISTURBANCE,
                "db",
                "failed over",
                new TreeMap<>(Map.of("disturbance", "fail-over-database", "outcome", outcome, "reason", reason)));
    }

    private static StageClaim claim(String slo, List<String> needs) {
        return new StageClaim(
                "1", "it holds", "s", Optional.empty(), List.of(SloParser.parse(slo)), Optional.empty(), needs);
    }

    private static Stage stage(StageClaim claim) {
        return new Stage("s", "t", List.of(claim));
    }
}
