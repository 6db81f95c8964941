package io.plimsoll.simulations.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.simulations.RunFailure;
import io.plimsoll.simulations.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs stages one after the other, each by {@code mvn gatling:test} in a process of its own, and reads their verdicts.
 *
 * @param home the checkout
 * @param command how Maven is called: its name, then what it is always given
 */
public record StageRuns(Path home, List<String> command) {
    private static final String EVIDENCE = "Evidence: ";

    /**
     * What a run said.
     *
     * @param evidence where its evidence is; empty if it did not come so far
     * @param verdict its outcome in the words of the console; {@code NONE} if there is none
     * @param reason why
     * @param claims of each claim, in order
     */
    public record Result(Optional<Path> evidence, String verdict, String reason, Map<String, Claim> claims) {}

    /**
     * One claim of a run.
     *
     * @param id such as {@code 5.1}
     * @param stage the stage whose file holds it
     * @param says the sentence
     * @param outcome in the words of the console
     * @param reason why
     */
    public record Claim(String id, String stage, String says, String outcome, String reason) {
        /** Whether anything was shown. */
        public boolean tested() {
            return !outcome.equals("NOT TESTED");
        }
    }

    public StageRuns {
        command = List.copyOf(command);
    }

    /**
     * Runs a stage.
     *
     * @param properties options of the run, such as {@code stage}
     * @param lines takes what the run prints
     * @throws InterruptedException if the thread is interrupted; the run is ended
     */
    public Result run(SortedMap<String, String> properties, Consumer<String> lines) throws InterruptedException {
        List<String> line = new ArrayList<>(command);
        properties.forEach((name, value) -> line.add("-D" + name + "=" + value));
        Process process;
        try {
            process = new ProcessBuilder(line)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new RunFailure(RunFailure.Cause.UNAVAILABLE, "Maven cannot be started: " + e.getMessage());
        }
        List<String> last = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            Optional<Path> evidence = Optional.empty();
            for (String said = output.readLine(); said != null; said = output.readLine()) {
                lines.accept(said);
                if (said.startsWith(EVIDENCE)) {
                    evidence = Optional.of(
                            home.resolve(said.substring(EVIDENCE.length()).strip()));
                }
                if (said.startsWith("plimsoll: ")) {
                    last.add(said.substring("plimsoll: ".length()));
                }
            }
            process.waitFor();
            return result(evidence, last);
        } catch (IOException e) {
            throw new RunFailure(RunFailure.Cause.IO, "the run's output cannot be read: " + e.getMessage());
        } finally {
            process.destroy();
        }
    }

    /**
     * The whole runs of a stage's plan that have a verdict of PASS or FAIL, the oldest first; not those of a stack broken on
     * purpose, nor those for some claims only.
     *
     * @param name environment, stage and plan, joined by hyphens, as the names of runs end
     * @param given the options by which such a run differs from others of its name
     * @param earliest begun at that moment or later
     */
    public List<Result> earlier(String name, Map<String, String> given, Instant earliest) {
        Path runs = home.resolve("results").resolve("runs");
        String since = RunId.time(earliest);
        try (Stream<Path> all = Files.list(runs)) {
            List<Path> candidates = all.filter(
                            run -> run.getFileName().toString().matches("\\d{8}-\\d{9}-" + Pattern.quote(name)))
                    .filter(run -> run.getFileName().toString().compareTo(since) >= 0)
                    .sorted()
                    .toList();
            List<Result> whole = new ArrayList<>();
            for (Path run : candidates) {
                whole(run, given).ifPresent(whole::add);
            }
            return whole;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new RunFailure(RunFailure.Cause.IO, runs + ": cannot be read: " + e.getMessage());
        }
    }

    private static Optional<Result> whole(Path run, Map<String, String> given) throws IOException {
        Result result = result(Optional.of(run), List.of());
        Path facts = run.resolve("run.json");
        if (!List.of("PASS", "FAIL").contains(result.verdict())
                || result.claims().values().stream()
                        .anyMatch(claim -> claim.reason().startsWith("not asked for"))
                || !Files.isRegularFile(facts)
                || !overrides(facts).equals(given)) {
            return Optional.empty();
        }
        return Optional.of(result);
    }

    private static Map<String, String> overrides(Path facts) throws IOException {
        Map<String, String> overrides = new TreeMap<>();
        new ObjectMapper()
                .readTree(facts.toFile())
                .path("overrides")
                .properties()
                .forEach(option ->
                        overrides.put(option.getKey(), option.getValue().asText()));
        return overrides;
    }

    private static Result result(Optional<Path> evidence, List<String> complaints) throws IOException {
        Optional<Path> verdict =
                evidence.map(path -> path.resolve("verdict.json")).filter(Files::isRegularFile);
        if (verdict.isEmpty()) {
            return new Result(
                    evidence, "NONE", complaints.isEmpty() ? "it gave no verdict" : complaints.get(0), Map.of());
        }
        JsonNode root = new ObjectMapper().readTree(verdict.get().toFile());
        Map<String, Claim> claims = new LinkedHashMap<>();
        root.required("claims")
                .forEach(node -> claims.put(
                        node.required("id").asText(),
                        new Claim(
                                node.required("id").asText(),
                                node.required("stage").asText(),
                                node.required("says").asText(),
                                node.required("outcome").asText(),
                                node.required("reason").asText())));
        return new Result(
                evidence,
                root.required("verdict").asText(),
                root.required("reason").asText(),
                claims);
    }
}
