package io.plimsoll.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageTest {
    private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
    private static final LoadPlan PLAN = new LoadPlan(
            "ramp",
            List.of(new Phase("steady", new TimeWindow(START, START.plusSeconds(60)), 10, 10)),
            new TreeMap<>(Map.of("load-step", START)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p95(read) <= 500 ms during steady",
                "error ratio of all <= 1 % during whole",
                "achieved rate >= 95 % of offered during after-warm-up",
                "max(replica lag) <= 5 s for each replica",
                "time from load-step to healthy <= 7 min",
                "time from alarm to recovered(p95(read) <= 500 ms) <= 7 min"
            })
    void whatTheStackAndTheLoadHaveIsResolvable(String slo) {
        assertThat(problems(slo, everything(), "ramp")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p95(reed) <= 500 ms | unknown request 'reed'; did you mean 'read'? Valid: read, write",
                "max(reed) <= 500 ms | unknown request 'reed'; did you mean 'read'? Valid: read, write",
                "mean(reed) <= 500 ms | unknown request 'reed'; did you mean 'read'? Valid: read, write",
                "error ratio of reed <= 5 % | unknown request 'reed'; did you mean 'read'? Valid: read, write",
                "rate(reed) >= 5 /s | unknown request 'reed'; did you mean 'read'? Valid: read, write",
                "p95(read) <= 500 ms during stedy | unknown phase 'stedy'; did you mean 'steady'? Valid: after-warm-up,"
                        + " steady, whole",
                "time from loadstep to healthy <= 7 min | unknown mark 'loadstep'; did you mean 'load-step'? Valid:"
                        + " alarm, healthy, launched, load-end, load-start, load-step, scale-in-activity,"
                        + " scale-in-alarm, scaling-activity, terminated, unhealthy, write-outage, writes-restored",
                "time from load-step to health <= 7 min | unknown mark 'health'; did you mean 'healthy'? Valid:"
                        + " alarm, healthy, launched, load-end, load-start, load-step, scale-in-activity,"
                        + " scale-in-alarm, scaling-activity, terminated, unhealthy, write-outage, writes-restored",
                "time from load-step to recovered(p95(reed) <= 1 s) <= 7 min | unknown request 'reed'; did you mean"
                        + " 'read'? Valid: read, write",
            })
    void whatIsUnknownIsNamedWithTheNearest(String slo, String problem) {
        assertThat(problems(slo, everything(), "ramp")).containsExactly("claim 1: " + slo + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max(replica lag) <= 5 s for each replica | REPLICA | the stack has no replica",
                "sum(cache hits) / sum(cache misses) >= 5 % | CACHE | the stack has no cache",
                "time from load-step to healthy <= 7 min | SCALING_GROUP | the stack has no scaling group",
                "time from alarm to load-step <= 7 min | SCALING_GROUP | the stack has no scaling group",
                "time from alarm to recovered(p95(read) <= 1 s) <= 7 min | SCALING_GROUP | the stack has no scaling group"
            })
    void whatTheStackDoesNotHaveIsNamed(String slo, ResourceKind missing, String problem) {
        Topology without = new Topology(everything().resources().stream()
                .filter(resource -> resource.kind() != missing)
                .toList());

        assertThat(problems(slo, without, "ramp")).containsExactly("claim 1: " + slo + ": " + problem);
    }

    @Test
    void aClaimOfAnotherProfileNeedsNothing() {
        assertThat(problems("p95(reed) <= 500 ms", everything(), "spike")).isEmpty();
        assertThat(problems("p95(reed) <= 500 ms", everything(), "ramp")).hasSize(1);
    }

    @Test
    void aClaimMustHaveSlosOrSayWhyNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StageClaim("9", "x", "s", Optional.empty(), List.of(), Optional.empty()))
                .withMessage("claim 9: must have SLOs or say why it is not tested");
    }

    private static List<String> problems(String slo, Topology topology, String profile) {
        StageClaim claim = new StageClaim(
                "1", "it holds", "s", Optional.of(profile), List.of(SloParser.parse(slo)), Optional.empty());
        return new Stage("s", "t", List.of(claim)).unresolvable(topology, Set.of("read", "write"), PLAN);
    }

    private static Topology everything() {
        return new Topology(Stream.of(ResourceKind.values())
                .map(kind -> Resource.of(kind, kind.word(), Map.of()))
                .toList());
    }
}
