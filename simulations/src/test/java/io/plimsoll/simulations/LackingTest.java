package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageClaim;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LackingTest {
    private static final RunInputs INPUTS = RunInputs.read(RunOptions.of(new Properties(), Path.of("")));

    private static Topology topology(ResourceKind... kinds) {
        return new Topology(Stream.of(kinds)
                .map(kind -> Resource.of(kind, kind.word(), Map.of()))
                .toList());
    }

    /** Why each claim is not shown, of which every one has some SLOs: of the first the id is 1. */
    private static Map<String, String> reasons(Lacking lacking, List<List<String>> claims) {
        List<StageClaim> made = claims.stream()
                .map(slos -> new StageClaim(
                        String.valueOf(claims.indexOf(slos) + 1),
                        "it holds",
                        "a",
                        Optional.empty(),
                        slos.stream().map(SloParser::parse).toList(),
                        Optional.empty(),
                        List.of()))
                .toList();
        return lacking.of(new Stage("a", "a stage", made), INPUTS, INPUTS.planAt(Instant.EPOCH));
    }

    @Test
    void aClaimAboutAPartThatIsNotThereSaysWhichAndWhyTheStackHasNone() {
        List<List<String>> claims = List.of(
                List.of("p95(all) <= 1 s"),
                List.of("max(host cpu) <= 90 %"),
                List.of("p95(all) <= 1 s", "max(replica lag) <= 5 s", "max(queue messages) <= 5"),
                List.of("sum(evictions) <= 0"));
        Map<String, String> why = Map.of("replica", "its database is one server");

        assertThat(reasons(new Lacking(topology(ResourceKind.INSTANCE), Set.of(), why), claims))
                .containsExactly(
                        Map.entry("3", "the stack has no replica: its database is one server"),
                        Map.entry("4", "the stack has no cache"));
        assertThat(reasons(new Lacking(topology(ResourceKind.values()), Set.of(), why), claims))
                .isEmpty();
    }

    @Test
    void aClaimAboutWhatNothingMeasuresSaysSoWhateverTheStackHas() {
        List<List<String>> claims = List.of(List.of("p95(all) <= 1 s"), List.of("max(staleness) <= 5 s"));
        Topology everything = topology(ResourceKind.values());

        assertThat(reasons(new Lacking(everything, Set.of(), Map.of()), claims))
                .containsExactly(Map.entry("2", "nothing measures 'staleness' in this environment"));
        assertThat(reasons(new Lacking(topology(), Set.of(), Map.of()), claims))
                .containsExactly(Map.entry("2", "nothing measures 'staleness' in this environment"));
        assertThat(reasons(new Lacking(everything, Set.of("staleness"), Map.of()), claims))
                .isEmpty();
    }

    @Test
    void aMistakeOfTheFileIsNotSomethingThatTheStackLacks() {
        List<List<String>> claims = List.of(List.of("p95(unheard-of) <= 1 s"), List.of("p95(all) <= 1 s during noon"));

        assertThat(reasons(new Lacking(topology(ResourceKind.values()), Set.of(), Map.of()), claims))
                .isEmpty();
    }
}
