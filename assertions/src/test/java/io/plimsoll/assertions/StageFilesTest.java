package io.plimsoll.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.document.DocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageFilesTest {
    private static final Path SHIPPED = Path.of("stages");
    private static final String BASE = """
            stage: base
            title: the base
            claims:
              - id: "1"
                says: one
                slos: [error ratio <= 1 %]
              - id: "2"
                says: two
                not-tested: no time
            """;

    @TempDir
    private Path directory;

    @Test
    void theSixShippedStagesLoadAndTheirSlosPrintAsTheyRead() {
        StageFiles files = StageFiles.load(SHIPPED);

        assertThat(files.names())
                .containsExactly(
                        "single-box",
                        "object-store",
                        "load-balanced",
                        "cached-replicas",
                        "auto-scaled",
                        "distributed-data");
        List<Slo> slos = files.stage("distributed-data").claims().stream()
                .flatMap(claim -> claim.slos().stream())
                .toList();
        assertThat(slos)
                .hasSizeGreaterThan(10)
                .allSatisfy(slo -> assertThat(SloParser.parse(slo.toString())).isEqualTo(slo));
    }

    @Test
    void aShippedStageKeepsLowerClaimsInPlaceAndReplacesTheOnesItRepeats() {
        Stage stage = StageFiles.load(SHIPPED).stage("auto-scaled");

        assertThat(stage.claims())
                .extracting(StageClaim::id)
                .containsSubsequence("1.1", "2.1", "3.1", "4.1", "4.2", "4.3", "4.4", "5.0", "5.1", "5.6")
                .doesNotHaveDuplicates()
                .doesNotContain("6.1");
        assertThat(stage.claims())
                .filteredOn(claim -> claim.id().equals("4.2"))
                .singleElement()
                .satisfies(claim -> assertThat(claim.stage()).isEqualTo("auto-scaled"))
                .satisfies(claim -> assertThat(claim.slos()).hasSize(2));
    }

    @Test
    void inheritanceGoesThroughAllParentsWhateverTheFilesAreCalled() throws IOException {
        write("c.yaml", BASE);
        write("b.yaml", """
                stage: middle
                title: the middle
                extends: base
                claims:
                  - {id: "3", says: three, not-tested: no time}
                  - {id: "1", says: one again, exercised-by: spike, slos: [p95(read) <= 1 s]}
                """);
        write("a.yaml", """
                stage: top
                title: the top
                extends: middle
                claims: []
                """);
        write("notes.txt", "not a stage");

        StageFiles files = StageFiles.load(directory);

        assertThat(files.names()).containsExactly("top", "middle", "base");
        assertThat(files.files())
                .extracting(path -> path.getFileName().toString())
                .containsExactly("a.yaml", "b.yaml", "c.yaml");
        Stage top = files.stage("top");
        assertThat(top.title()).isEqualTo("the top");
        assertThat(top.claims()).extracting(StageClaim::says).containsExactly("one again", "two", "three");
        assertThat(top.claims()).extracting(StageClaim::stage).containsExactly("middle", "base", "middle");
        assertThat(top.claims().get(0).exercisedBy()).contains("spike");
        assertThat(files.stage("base").claims()).extracting(StageClaim::says).containsExactly("one", "two");
    }

    @Test
    void anUnknownStageListsAll() throws IOException {
        write("a.yaml", BASE);

        StageFiles files = StageFiles.load(directory);

        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> files.stage("bass"))
                .withMessage(directory + ": unknown stage 'bass'; did you mean 'base'? Valid: base");
    }

    @Test
    void anUnknownParentIsNamedWhereItStands() throws IOException {
        write("a.yaml", BASE);
        Path top = write("b.yaml", """
                stage: top
                title: the top
                extends: bass
                claims: []
                """);

        fails(top + ":3: extends: unknown stage 'bass'; did you mean 'base'? Valid: base, top");
    }

    @Test
    void aCycleIsNamedWhereItStands() throws IOException {
        Path one = write("a.yaml", "stage: one\ntitle: t\nextends: two\nclaims: []\n");
        Path two = write("b.yaml", "stage: two\ntitle: t\nextends: one\nclaims: []\n");

        assertThat(one).exists();
        fails(two + ":3: extends: a stage must not extend itself, directly or through others, was 'one'");
    }

    @Test
    void aStageThatExtendsItselfIsRefused() throws IOException {
        Path one = write("a.yaml", "stage: one\ntitle: t\nextends: one\nclaims: []\n");

        fails(one + ":3: extends: a stage must not extend itself, directly or through others, was 'one'");
    }

    @Test
    void claimIdsMustDiffer() throws IOException {
        Path file = write("a.yaml", BASE.replace("\"2\"", "\"1\""));

        fails(file + ":7: claims[1].id: claim ids must differ, was '1'");
    }

    @Test
    void stageNamesMustDiffer() throws IOException {
        Path first = write("a.yaml", BASE);
        Path second = write("b.yaml", BASE);

        fails(second + ":1: stage: stage names must differ, also in " + first + ", was 'base'");
    }

    @Test
    void aClaimHasSlosOrSaysWhyItHasNone() throws IOException {
        Path file = write("a.yaml", BASE.replace("    not-tested: no time\n", ""));
        fails(file + ":7: claims[1].id: a claim must have either 'slos' or 'not-tested' with the reason, was '2'");

        write("a.yaml", BASE.replace("not-tested: no time", "slos: []"));
        fails(file + ":7: claims[1].id: a claim must have either 'slos' or 'not-tested' with the reason, was '2'");

        write("a.yaml", BASE.replace("slos: [", "not-tested: no time\n    slos: ["));
        fails(file + ":4: claims[0].id: a claim must have either 'slos' or 'not-tested' with the reason, was '1'");
    }

    @Test
    void aMisspeltKeyIsSuggestedAt() throws IOException {
        Path file = write("a.yaml", BASE.replace("slos:", "slo:"));

        fails(file + ":6: unknown key 'claims[0].slo'; did you mean 'claims[0].slos'? Valid: claims[0].exercised-by,"
                + " claims[0].id, claims[0].needs, claims[0].not-tested, claims[0].says, claims[0].slos");
    }

    @Test
    void aMissingKeyIsNamed() throws IOException {
        Path file = write("a.yaml", BASE.replace("title: the base\n", ""));

        fails(file + ":1: key 'title' is required");
    }

    @Test
    void aBadSloShowsFileLineAndPlace() throws IOException {
        Path file = write("a.yaml", BASE.replace("slos: [error ratio <= 1 %]", "slos:\n      - error ratio <= 1 ms"));

        fails(file + ":7: error ratio is compared with a share such as 95 %, not with 'ms'\n"
                + "    error ratio <= 1 ms\n                     ^");
    }

    @Test
    void anEmptyDirectoryIsRefused() {
        fails(directory + ": holds no stage file (*.yaml)");
    }

    @Test
    void aMissingDirectoryIsRefused() {
        Path missing = directory.resolve("missing");

        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> StageFiles.load(missing))
                .withMessageStartingWith(missing + ": cannot be listed: ");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private void fails(String message) {
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> StageFiles.load(directory))
                .withMessage(message);
    }
}
