package io.plimsoll.simulations.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree is the architecture; these rules hold it. {@code environments/local} has its own class path and tests. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.plimsoll");
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.plimsoll");

    private static final ArchRule AWS_STAYS_IN_ITS_ADAPTER = noClasses()
            .that()
            .resideOutsideOfPackage("io.plimsoll.environments..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    private static final ArchRule GATLING_STAYS_IN_THE_SIMULATIONS =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.gatling..");

    private static final ArchRule JUDGEMENT_IS_PURE = noClasses()
            .that()
            .resideInAPackage("io.plimsoll.assertions..")
            .and()
            .haveNameNotMatching(".*StageFiles.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.io..", "java.net..", "org.slf4j..");

    private static final ArchRule LAYERS_RUN_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("simulations")
            .definedBy("io.plimsoll.simulations..")
            .layer("environments")
            .definedBy("io.plimsoll.environments..")
            .layer("assertions")
            .definedBy("io.plimsoll.assertions..")
            .layer("results")
            .definedBy("io.plimsoll.results..")
            .whereLayer("simulations")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("environments")
            .mayOnlyBeAccessedByLayers("simulations")
            .whereLayer("assertions")
            .mayOnlyBeAccessedByLayers("simulations");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.plimsoll.results.observation",
                "io.plimsoll.results.load",
                "io.plimsoll.results.run",
                "io.plimsoll.results.verdict",
                "io.plimsoll.results.document",
                "io.plimsoll.results.report",
                "io.plimsoll.assertions",
                "io.plimsoll.environments.aws",
                "io.plimsoll.simulations"
            })
    void everyPackageThatARuleNamesHoldsClasses(String name) {
        assertThat(MAIN.containPackage(name)).as(name).isTrue();
        assertThat(MAIN.getPackage(name).getClassesInPackageTree()).as(name).isNotEmpty();
    }

    @Test
    void layersRunOneWay() {
        LAYERS_RUN_ONE_WAY.check(MAIN);
    }

    @Test
    void typesOfTheAwsSdkStayInTheirAdapter() {
        AWS_STAYS_IN_ITS_ADAPTER.check(MAIN);
    }

    @Test
    void typesOfGatlingStayInTheSimulations() {
        GATLING_STAYS_IN_THE_SIMULATIONS.check(MAIN);
    }

    @Test
    void judgementTouchesNoFileNetworkOrLog() {
        JUDGEMENT_IS_PURE.check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.plimsoll.(**)").should().beFreeOfCycles().check(MAIN);
    }

    /** A gate that cannot close is no gate: the simulation classes, which do use Gatling, must breach its rule. */
    @Test
    void theRuleAboutGatlingCanFail() {
        EvaluationResult result = GATLING_STAYS_IN_THE_SIMULATIONS.evaluate(ALL);

        assertThat(result.hasViolation()).isTrue();
        assertThat(List.copyOf(result.getFailureReport().getDetails()))
                .anyMatch(detail -> detail.contains("StageSimulation"));
    }
}
