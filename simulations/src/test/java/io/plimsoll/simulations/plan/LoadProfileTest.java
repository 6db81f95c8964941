package io.plimsoll.simulations.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.aws.descriptor.LoadRates;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadProfileTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final LoadRates RATES = new LoadRates(80, 320);

    @TempDir
    Path directory = Path.of("");

    @Test
    void theShippedRampWarmsUpRampsAndHolds() {
        LoadPlan plan = LoadProfile.read(Path.of("profiles"), "ramp").startingAt(START, RATES, 1);

        assertThat(plan.phases()).extracting(Phase::name).containsExactly("warm-up", "ramp", "stabilise", "steady");
        assertThat(plan.phases()).extracting(Phase::fromRequestsPerSecond).containsExactly(80.0, 80.0, 320.0, 320.0);
        assertThat(plan.phases()).extracting(Phase::toRequestsPerSecond).containsExactly(80.0, 320.0, 320.0, 320.0);
        assertThat(plan.marks()).containsOnlyKeys("load-step");
        assertThat(plan.marks().get("load-step")).isEqualTo(START.plusSeconds(240));
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "day", "ramp", "soak", "spike", "stairs"})
    void everyShippedProfileHasAWarmUpAndNeverStops(String name) {
        LoadPlan plan = LoadProfile.read(Path.of("profiles"), name).startingAt(START, RATES, 1);

        assertThat(plan.phases().get(0).name()).isEqualTo("warm-up");
        assertThat(plan.phases())
                .allSatisfy(phase -> assertThat(phase.fromRequestsPerSecond()).isPositive());
    }

    @Test
    void theSpikeGoesToThreeTimesTheBaseRateAndBack() {
        LoadPlan plan = LoadProfile.read(Path.of("profiles"), "spike").startingAt(START, RATES, 0.05);

        assertThat(plan.phases())
                .extracting(Phase::fromRequestsPerSecond)
                .containsExactly(80.0, 80.0, 240.0, 240.0, 80.0);
        assertThat(plan.marks()).containsOnlyKeys("load-step", "load-drop");
        assertThat(plan.whole().length()).isEqualTo(Duration.ofSeconds(102));
    }

    @Test
    void ratesAreMultiplesOfTheEnvironmentsTwo() throws IOException {
        write("phases:\n  - {name: a, duration: 1 min, from: 1.5 x base, to: 50 % of peak}\n");

        Phase phase = LoadProfile.read(directory, "mine")
                .startingAt(START, RATES, 1)
                .phases()
                .get(0);

        assertThat(phase.fromRequestsPerSecond()).isEqualTo(120);
        assertThat(phase.toRequestsPerSecond()).isEqualTo(160);
    }

    @Test
    void aRateIsNeverAPlainNumber() throws IOException {
        write("phases:\n  - {name: a, duration: 1 min, rate: 100}\n");

        assertThatThrownBy(() -> LoadProfile.read(directory, "mine"))
                .hasMessage(directory.resolve("mine.yaml") + ":4: phases[0].rate: must be 'base', 'peak', or a multiple"
                        + " such as '3 x base' or '50 % of peak', was '100'");
    }

    @Test
    void aTimeScaleShortensEveryPhase() {
        LoadPlan plan = LoadProfile.read(Path.of("profiles"), "ramp").startingAt(START, RATES, 0.05);

        assertThat(plan.whole().length()).isEqualTo(Duration.ofSeconds(102));
        assertThat(plan.marks().get("load-step")).isEqualTo(START.plusSeconds(12));
    }

    @Test
    void noPhaseGetsShorterThanOneSecond() throws IOException {
        write("phases:\n  - {name: hold, duration: 5 s, rate: peak}\n");

        LoadPlan plan = LoadProfile.read(directory, "mine").startingAt(START, RATES, 0.05);

        assertThat(plan.whole().length()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anUnknownProfileListsTheValidOnes() {
        assertThatThrownBy(() -> LoadProfile.read(Path.of("profiles"), "rmap"))
                .isInstanceOf(DocumentException.class)
                .hasMessage(
                        "profiles: unknown profile 'rmap'. Valid: calm, capacity, constant, day, key-value, ramp, soak, spike, stairs");
    }

    @Test
    void aMisspeltKeyIsRefusedWithASuggestion() throws IOException {
        write("phases:\n  - {name: hold, duraton: 5 s, rate: peak}\n");

        assertThatThrownBy(() -> LoadProfile.read(directory, "mine"))
                .hasMessageStartingWith(directory.resolve("mine.yaml") + ":4: unknown key 'phases[0].duraton'; did you"
                        + " mean 'phases[0].duration'?");
    }

    @Test
    void aPhaseHasARateOrARampAndNotBoth() throws IOException {
        write("phases:\n  - {name: hold, duration: 5 s, rate: peak, to: base}\n");

        assertThatThrownBy(() -> LoadProfile.read(directory, "mine"))
                .hasMessageContaining("a phase has either 'rate' or 'from' and 'to'");
    }

    @Test
    void twoPhasesOfOneNameAreRefused() throws IOException {
        write("phases:\n  - {name: a, duration: 5 s, rate: peak}\n  - {name: a, duration: 5 s, rate: base}\n");

        assertThatThrownBy(() -> LoadProfile.read(directory, "mine"))
                .hasMessage(directory.resolve("mine.yaml") + ":5: phases[1].name: phase names must differ, was 'a'");
    }

    @Test
    void aPhaseLastsLongerThanNothing() throws IOException {
        write("phases:\n  - {name: a, duration: 0 s, rate: peak}\n");

        assertThatThrownBy(() -> LoadProfile.read(directory, "mine"))
                .hasMessageContaining("phases[0].duration: must be longer than 0, was '0 s'");
    }

    private void write(String body) throws IOException {
        Files.writeString(directory.resolve("mine.yaml"), "profile: mine\nsays: a test\n" + body);
    }
}
