package io.plimsoll.simulations.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.aws.descriptor.LoadRates;
import io.plimsoll.results.document.Document;
import io.plimsoll.results.load.LoadPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagePlanTest {
    private static final String PLAN = """
            mix: hot-set
            phases:
              - {name: warm-up, duration: 4 min, rate: base}
              - {name: steady, duration: 10 min, rate: peak}
              - {name: surge, duration: 5 min, rate: peak, mix: write-surge, for: ["3.4"]}
              - {name: outage, duration: 5 min, rate: base, for: ["3.5"]}
            disturbances:
              - {at: 1 min into outage, do: fail-over-database, for: ["3.5"]}
              - {at: start of steady, do: terminate-instance, of: app tier, with: {count: 2}, for: ["3.1"]}
            """;

    @Test
    void aPlanSaysWhatIsDoneAndWhen() {
        StagePlan plan = plan(PLAN);

        assertThat(plan.profile().name()).isEqualTo("plan");
        assertThat(plan.mix()).contains("hot-set");
        assertThat(plan.profile().steps())
                .extracting(Step::mix)
                .filteredOn(Optional::isPresent)
                .containsExactly(Optional.of("write-surge"));
        assertThat(plan.disturbanceNames()).containsExactly("fail-over-database", "terminate-instance");
        assertThat(plan.disturbances())
                .extracting(PlannedDisturbance::toString)
                .containsExactly("fail-over-database", "terminate-instance of app tier");
        assertThat(plan.disturbances().get(1).with()).containsEntry("count", "2");
    }

    @Test
    void aDisturbanceIsDueAtItsMomentOnTheScaledPlan() {
        StagePlan plan = plan(PLAN);
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        LoadPlan load = plan.profile().startingAt(start, new LoadRates(1, 2), 0.05);

        // outage starts 19 min in, and the failover is due a minute later: 20 min × 0.05
        assertThat(plan.disturbances().get(0).due(load, 0.05)).isEqualTo(start.plus(Duration.ofSeconds(60)));
    }

    @Test
    void aClaimNeedsWhatIsThereForItOrForAll() {
        StagePlan only = plan(PLAN).only(Set.of("3.5"), Set.of());

        assertThat(names(only)).containsExactly("warm-up", "steady", "outage");
        assertThat(only.disturbanceNames()).containsExactly("fail-over-database");
    }

    @Test
    void aClaimNeedsThePhasesThatItsSlosName() {
        assertThat(names(plan(PLAN).only(Set.of("9.9"), Set.of("surge"))))
                .containsExactly("warm-up", "steady", "surge");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{at: 1 min into stedy, do: x} | must name a phase of this plan: a, was '1 min into stedy'",
                "{at: soon, do: x} | must be a moment such as '20 s into steady' or 'start of steady', was 'soon'",
                "{at: 5 min into a, do: x} | must lie within the phase, which lasts 5 min, was '5 min into a'",
                "{at: start of a, do: Kill} | must be lower-case letters, digits and hyphens, was 'Kill'",
            })
    void aMistakeIsNamed(String disturbance, String message) {
        assertThatThrownBy(() ->
                        plan("phases: [{name: a, duration: 5 min, rate: base}]\ndisturbances: [" + disturbance + "]\n"))
                .hasMessageContaining(message);
    }

    private static List<String> names(StagePlan plan) {
        return plan.profile().steps().stream().map(Step::name).toList();
    }

    private static StagePlan plan(String text) {
        return StagePlan.read(Document.parse("stage.yaml", text));
    }
}
