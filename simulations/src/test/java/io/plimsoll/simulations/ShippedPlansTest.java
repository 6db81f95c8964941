package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageClaim;
import io.plimsoll.assertions.StageFiles;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.EnvironmentFiles;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.simulations.plan.RunTraffic;
import io.plimsoll.simulations.plan.StagePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plans of the shipped stage files, as a run on the local environment would read them. */
class ShippedPlansTest {
    private static final Environment LOCAL = EnvironmentFiles.named(Path.of("..", "environments"), "local");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "single-box",
                "object-store",
                "load-balanced",
                "cached-replicas",
                "auto-scaled",
                "distributed-data"
            })
    void aPlanFitsInThreeMinutesLocallyAndHasAllThatItsStagesOwnClaimsName(String name) {
        RunOptions options = options(name);
        StageFiles files = StageFiles.load(options.stages());
        Stage stage = files.stage(name);
        PlanFiles plans = new PlanFiles(options, files);
        StagePlan plan = plans.chosen(stage, LOCAL);
        RunTraffic traffic = plans.traffic(plan);

        LoadPlan load = plan.profile().startingAt(Instant.EPOCH, LOCAL.rates(), LOCAL.timeScale());
        Map<String, String> omissions = plans.exercise(plan, traffic, LOCAL).omissions(stage);

        assertThat(load.whole().length()).isLessThanOrEqualTo(Duration.ofMinutes(3));
        assertThat(stage.claims().stream()
                        .filter(claim -> claim.stage().equals(name)
                                && claim.exercisedBy().isEmpty())
                        .map(StageClaim::id))
                .isNotEmpty()
                .noneMatch(omissions::containsKey);
        assertThat(stage.without(omissions)
                        .unresolvable(
                                everything(), traffic.requestNames(plan.profile()), load, plan.disturbanceNames()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.2", "5.4", "5.5", "5.2,5.4,5.5"})
    void claimsThatAFurtherPlanExercisesChooseIt(String claims) {
        Properties properties = new Properties();
        properties.setProperty("claims", claims);
        RunOptions options = RunOptions.of(properties, Path.of(""));
        StageFiles files = StageFiles.load(options.stages());
        Stage stage = files.stage("auto-scaled");
        PlanFiles plans = new PlanFiles(options, files);
        StagePlan plan = plans.chosen(stage, LOCAL);
        RunTraffic traffic = plans.traffic(plan);
        LoadPlan load = plan.profile().startingAt(Instant.EPOCH, LOCAL.rates(), LOCAL.timeScale());
        Map<String, String> omissions = plans.exercise(plan, traffic, LOCAL).omissions(stage);

        assertThat(plan.profile().name()).isEqualTo("operations");
        assertThat(load.whole().length()).isLessThanOrEqualTo(Duration.ofMinutes(3));
        assertThat(omissions).doesNotContainKeys(claims.split(",", -1));
        assertThat(stage.without(omissions)
                        .unresolvable(
                                everything(), traffic.requestNames(plan.profile()), load, plan.disturbanceNames()))
                .isEmpty();
    }

    @Test
    void disturbancesBeyondThePlanMustBePermittedAndLieInItsPhases() {
        assertThatThrownBy(() -> withDisturbance("[{at: start of steady, do: burn-down}]"))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith("-Ddisturb: burn-down: the environment does not permit it");
        assertThatThrownBy(() -> withDisturbance("[{at: start of dusk, do: cache-off}]"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("must name a phase of this plan: warm-up, ramp, stabilise, steady");
        assertThat(withDisturbance("[{at: start of steady, do: cache-off}]").disturbanceNames())
                .containsExactly("cache-off");
    }

    @ParameterizedTest
    @CsvSource({
        "cached-replicas, ,         hot-set", // the plan's own
        "cached-replicas, even,     even",
        "auto-scaled,     ,         reference",
        "auto-scaled,     sessions, sessions"
    })
    void phasesThatNameNoMixSendTheOneGivenOrThePlansOrTheReference(String stage, @Nullable String given, String sent) {
        Properties properties = new Properties();
        properties.setProperty("stage", stage);
        if (given != null) {
            properties.setProperty("traffic", given);
        }
        RunOptions options = RunOptions.of(properties, Path.of(""));
        StageFiles files = StageFiles.load(options.stages());
        PlanFiles plans = new PlanFiles(options, files);

        RunTraffic traffic = plans.traffic(plans.chosen(files.stage(stage), LOCAL));

        assertThat(traffic.otherwise().name()).isEqualTo(sent);
    }

    private static StagePlan withDisturbance(String disturb) {
        Properties properties = new Properties();
        properties.setProperty("disturb", disturb);
        RunOptions options = RunOptions.of(properties, Path.of(""));
        StageFiles files = StageFiles.load(options.stages());
        return new PlanFiles(options, files).chosen(files.stage("auto-scaled"), LOCAL);
    }

    private static RunOptions options(String stage) {
        Properties properties = new Properties();
        properties.setProperty("stage", stage);
        return RunOptions.of(properties, Path.of(""));
    }

    private static Topology everything() {
        return new Topology(Stream.of(ResourceKind.values())
                .map(kind -> Resource.of(kind, kind.word(), Map.of()))
                .toList());
    }
}
