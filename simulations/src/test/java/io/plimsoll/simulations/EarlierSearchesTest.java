package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierSearchesTest {
    @TempDir
    Path runs = Path.of("");

    @TempDir
    Path files = Path.of("");

    private EvidenceDirectory run(String id, Map<String, String> overrides, String traffic, int instances)
            throws IOException {
        EvidenceDirectory run = EvidenceDirectory.create(runs, id);
        run.writeFacts(new RunFacts(
                RunFacts.FORMAT,
                id,
                RunFacts.State.COMPLETE,
                "",
                "local",
                "auto-scaled",
                "",
                1,
                new TreeMap<>(overrides),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>()));
        input(run, "environments/local.yaml", "environment: local\n");
        input(run, "traffic/reference.yaml", traffic);
        run.writeInput("baseline.json", "{\"of\": \"" + id + "\"}");
        run.writeCapacity(new CapacityResult(
                Optional.of(100.0 * instances),
                Optional.of(104.0 * instances),
                true,
                "so",
                Optional.empty(),
                new TreeMap<>(Map.of("read", instances)),
                Optional.of("read"),
                instances,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty()));
        return run;
    }

    private void input(EvidenceDirectory run, String name, String text) throws IOException {
        run.addInput(Files.writeString(files.resolve("input.yaml"), text), name);
    }

    private void judged(EvidenceDirectory run, String verdict) throws IOException {
        Files.writeString(run.path().resolve("verdict.json"), "{\"verdict\": \"" + verdict + "\"}");
    }

    @Test
    void searchesOfTheSameStackByTheSameLoadAreFoundTheLatestFirst() throws IOException {
        judged(run("1", Map.of("instances", "1"), "mix", 1), "PASS");
        judged(run("2", Map.of("instances", "2"), "mix", 2), "FAIL");
        EvidenceDirectory here = run("3", Map.of("instances", "4"), "mix", 4);

        assertThat(EarlierSearches.like(here))
                .extracting(CapacityResult::instances)
                .containsExactly(2, 1);
    }

    @Test
    void aSearchAtAThirdSizeHasTheLawOfTheSizesAndOneAtASecondKeepsItsOwn() throws IOException {
        judged(run("1", Map.of("instances", "1"), "mix", 1), "FAIL");
        EvidenceDirectory second = run("2", Map.of("instances", "2"), "mix", 2);
        judged(second, "PASS");
        EvidenceDirectory third = run("3", Map.of("instances", "4"), "mix", 4);

        assertThat(withLaw(third).scalability()).hasValueSatisfying(law -> {
            assertThat(law.of()).isEqualTo("instances of read");
            assertThat(law.lambda()).isBetween(100.0, 104.0);
        });
        Files.delete(third.path().resolve("capacity.json"));
        assertThat(withLaw(second).scalability()).isEmpty();
    }

    private static CapacityResult withLaw(EvidenceDirectory run) {
        return CapacityRun.withLaw(run.capacity().orElseThrow(), EarlierSearches.like(run));
    }

    @Test
    void aSearchOfAnotherStackOrLoadAndOneThatCannotBeReliedOnAreNot() throws IOException {
        judged(run("1", Map.of("stack.service.read-cost", "9 ms"), "mix", 1), "PASS");
        judged(run("2", Map.of(), "another mix", 1), "PASS");
        judged(run("3", Map.of(), "mix", 1), "INVALID");
        run("4", Map.of(), "mix", 1);
        judged(run("5", Map.of(), "mix", 2), "INCONCLUSIVE");
        Files.createDirectories(runs.resolve("6"));
        Files.writeString(runs.resolve("6").resolve("capacity.json"), "{");

        assertThat(EarlierSearches.like(run("7", Map.of(), "mix", 4)))
                .extracting(CapacityResult::instances)
                .containsExactly(2);
    }
}
