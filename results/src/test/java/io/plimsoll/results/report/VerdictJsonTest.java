package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.results.capacity.WhatLimits;
import io.plimsoll.results.verdict.Outcome;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class VerdictJsonTest {
    private static JsonNode read(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }

    private static List<String> keys(JsonNode node) {
        Iterator<String> names = node.fieldNames();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(names, 0), false)
                .toList();
    }

    @Test
    void aSearchForCapacityIsAPartOfItsOwn() throws Exception {
        JsonNode capacity = read(VerdictJson.render(
                        ExampleRun.verdict(Outcome.PASS), Optional.of(ExampleCapacity.result())))
                .get("capacity");

        assertThat(capacity.get("highestPassing").asDouble()).isEqualTo(560);
        assertThat(capacity.get("headroomPercent").asDouble()).isEqualTo(75);
        assertThat(capacity.get("perInstance").asDouble()).isEqualTo(560 / 3.0);
        assertThat(capacity.get("limitingGroup").asText()).isEqualTo("app-group");
        assertThat(read(VerdictJson.render(ExampleRun.verdict(Outcome.PASS), Optional.empty()))
                        .has("capacity"))
                .isFalse();
    }

    @Test
    void keysHaveAFixedOrder() throws Exception {
        JsonNode json = read(VerdictJson.render(ExampleRun.verdict(Outcome.PASS), Optional.empty()));

        assertThat(keys(json))
                .containsExactly(
                        "verdict",
                        "reason",
                        "runId",
                        "environment",
                        "stage",
                        "profile",
                        "coverage",
                        "validity",
                        "slos",
                        "claims");
        assertThat(keys(json.get("slos").get(0)))
                .containsExactly(
                        "claim",
                        "slo",
                        "outcome",
                        "reason",
                        "measured",
                        "limit",
                        "window",
                        "samples",
                        "resources",
                        "warning",
                        "key");
        assertThat(keys(json.get("claims").get(0))).containsExactly("id", "says", "stage", "outcome", "reason");
    }

    @Test
    void theVerdictStandsOnItsOwnLine() {
        assertThat(VerdictJson.render(ExampleRun.verdict(Outcome.PASS), Optional.empty()))
                .startsWith("{\n  \"verdict\" : \"PASS\",\n  \"reason\" : \"all 3 SLOs of 2 tested claims hold\",\n")
                .endsWith("]\n}\n");
    }

    @Test
    void coverageCountsClaimsTestedAndPassed() throws Exception {
        JsonNode coverage = read(VerdictJson.render(ExampleRun.verdict(Outcome.FAIL), Optional.empty()))
                .get("coverage");

        assertThat(coverage.toString()).isEqualTo("{\"claims\":5,\"tested\":2,\"passed\":1}");
    }

    @Test
    void everySloIsListedFlatWithItsClaim() throws Exception {
        JsonNode slos = read(VerdictJson.render(ExampleRun.verdict(Outcome.FAIL), Optional.empty()))
                .get("slos");

        assertThat(slos).extracting(slo -> slo.get("claim").asText()).containsExactly("5.1", "5.1", "4.4");
        assertThat(slos).extracting(slo -> slo.get("outcome").asText()).containsExactly("PASS", "FAIL", "PASS");
        assertThat(slos.get(2).get("resources").get(0).get("resource").asText()).isEqualTo("plimsoll-db-replica-1");
        assertThat(slos.get(1).get("window").get("start").asText()).isEqualTo("2026-11-24T10:00:40Z");
    }

    @Test
    void aClaimThatNothingExercisedIsNotTested() throws Exception {
        JsonNode claims = read(VerdictJson.render(ExampleRun.verdict(Outcome.PASS), Optional.empty()))
                .get("claims");

        assertThat(claims)
                .extracting(claim -> claim.get("outcome").asText())
                .containsExactly("PASS", "NOT TESTED", "NOT TESTED", "PASS", "NOT TESTED");
    }

    @Test
    void absentValuesAreNull() throws Exception {
        JsonNode slo = read(VerdictJson.render(HostileRun.verdict(), Optional.empty()))
                .get("slos")
                .get(0);

        assertThat(slo.get("window").isNull()).isTrue();
    }

    @Test
    void hostileTextComesBackAsItWas() throws Exception {
        JsonNode json = read(VerdictJson.render(HostileRun.verdict(), Optional.empty()));

        assertThat(json.get("reason").asText()).isEqualTo(HostileRun.TEXT);
    }

    @Test
    void whatLimitsIsToldOnlyWhereALimitWasMissed() throws Exception {
        String asked = VerdictJson.render(
                ExampleRun.verdict(Outcome.FAIL),
                Optional.empty(),
                Optional.of(
                        new WhatLimits("error ratio <= 1 %", Optional.empty(), Optional.of("Time is lost behind x"))));

        assertThat(read(asked).at("/limits/resource").isNull()).isTrue();
        assertThat(read(asked).at("/limits/reason").asText())
                .isEqualTo("What limits is unattributed: no resource that was observed was full before 'error ratio <="
                        + " 1 %' was missed, and has a law that explains it. Time is lost behind x.");
        assertThat(read(VerdictJson.render(ExampleRun.verdict(Outcome.PASS), Optional.empty()))
                        .has("limits"))
                .isFalse();
    }
}
