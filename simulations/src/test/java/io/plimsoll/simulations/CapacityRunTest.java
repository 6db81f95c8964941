package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A search for capacity as the shipped files plan it. */
class CapacityRunTest {
    private static RunInputs inputs(String... options) {
        Properties properties = new Properties();
        properties.setProperty("profile", "capacity");
        for (String option : options) {
            properties.setProperty(option.split("=", 2)[0], option.split("=", 2)[1]);
        }
        return RunInputs.read(RunOptions.of(properties, Path.of("")));
    }

    @Test
    void aSearchShowsOnlyWhatIsAboutCapacity() {
        RunInputs inputs = inputs();

        assertThat(inputs.stage().claims().stream()
                        .filter(claim -> claim.notTested().isEmpty())
                        .map(claim -> claim.id()))
                .containsExactly("0.2");
        assertThat(inputs.omissions())
                .containsEntry("5.0", "this run searched for capacity, and overloaded the stack for it");
        assertThat(inputs("profile=ramp").omissions()).containsKey("0.2").doesNotContainKey("5.0");
    }

    @Test
    void aSearchStaysWithinWhatItsEnvironmentAllows() {
        for (String environment : new String[] {"local", "staging"}) {
            RunInputs inputs = inputs("environment=" + environment);
            LoadPlan plan = inputs.planAt(Instant.EPOCH);
            double most = inputs.environment().permission().maxRequestsPerSecond();

            assertThat(plan.phases()).extracting(Phase::toRequestsPerSecond).allMatch(rate -> rate <= most);
            assertThat(plan.whole().length())
                    .isLessThanOrEqualTo(inputs.environment().permission().maxDuration());
            assertThat(plan.phases().stream()
                            .mapToDouble(Phase::offeredRequests)
                            .sum())
                    .isLessThanOrEqualTo(
                            (double) inputs.environment().permission().maxRequests());
        }
        assertThat(inputs().planAt(Instant.EPOCH).whole().length()).isLessThan(Duration.ofMinutes(4));
    }

    @Test
    void theSizeIsPartOfWhatMakesARunDifferent() {
        assertThat(inputs("instances=2").options().given()).containsEntry("instances", "2");
        assertThat(inputs().options().given()).isEmpty();
    }

    @Test
    void aSizeThatIsNoneIsRefusedAndSoIsASizeWithoutASearch() {
        assertThatThrownBy(() -> CapacityRun.of(inputs("instances=many"), line -> {}))
                .isInstanceOf(DocumentException.class)
                .hasMessage("-Dinstances: must be 'current', 'maximum' or a number of instances from 1 to 9999, was"
                        + " 'many'");
        assertThatThrownBy(() -> inputs("profile=ramp", "instances=2"))
                .isInstanceOf(DocumentException.class)
                .hasMessage("-Dinstances: only a search for capacity holds groups at a size, and 'ramp' is none; add"
                        + " -Dprofile=capacity");
    }

    @Test
    void aMixOfJourneysIsRefused() {
        assertThatThrownBy(() -> CapacityRun.of(inputs("traffic=sessions"), line -> {}))
                .isInstanceOf(DocumentException.class)
                .hasMessage("-Dtraffic: a search for capacity needs a mix of single requests, and 'sessions' has"
                        + " journeys");
        assertThat(CapacityRun.of(inputs(), line -> {})).isPresent();
        assertThat(CapacityRun.of(inputs("profile=ramp"), line -> {})).isEmpty();
        assertThat(new TreeSet<>(inputs().requestNames())).containsExactly("read", "write");
    }
}
