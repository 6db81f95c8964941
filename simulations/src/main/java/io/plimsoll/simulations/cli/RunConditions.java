package io.plimsoll.simulations.cli;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What two runs were of: environment, stage, load, input files, versions, and what was deployed. */
final class RunConditions {
    /** Facts that say what a resource is, and not how it fares. */
    private static final Set<String> DESCRIBING =
            Set.of("engine", "version", "class", "type", "node-type", "image", "min", "max", "scheme");

    private final Path earlierDirectory;
    private final Evidence earlier;
    private final Path laterDirectory;
    private final Evidence later;

    RunConditions(Path earlierDirectory, Evidence earlier, Path laterDirectory, Evidence later) {
        this.earlierDirectory = earlierDirectory;
        this.earlier = earlier;
        this.laterDirectory = laterDirectory;
        this.later = later;
    }

    /** One sentence each. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        RunFacts before = earlier.facts();
        RunFacts after = later.facts();
        add(differences, "environment", before.environment(), after.environment());
        add(differences, "stage", before.stage(), after.stage());
        add(differences, "load profile", profile(before), profile(after));
        add(differences, "time scale", String.valueOf(before.timeScale()), String.valueOf(after.timeScale()));
        differences.addAll(entries("override ", before.overrides(), after.overrides()));
        differences.addAll(entries("version of ", software(before), software(after)));
        changed(files(earlierDirectory), files(laterDirectory))
                .forEach(file -> differences.add("input file " + file + " differs"));
        for (ResourceKind kind : ResourceKind.values()) {
            add(differences, "number of " + kind.word() + "s", count(earlier, kind), count(later, kind));
            add(differences, kind.word() + " is", description(earlier, kind), description(later, kind));
        }
        return differences;
    }

    /** Versions without the stack's fingerprint: what was deployed is compared part by part. */
    private static Map<String, String> software(RunFacts facts) {
        Map<String, String> versions = new TreeMap<>(facts.versions());
        versions.keySet().removeIf(name -> name.startsWith(RunFacts.STACK));
        return versions;
    }

    private static void add(List<String> differences, String what, String before, String after) {
        if (!before.equals(after)) {
            differences.add(what + ": " + before + " -> " + after);
        }
    }

    private static List<String> entries(String what, Map<String, String> before, Map<String, String> after) {
        return changed(before, after).stream()
                .map(key ->
                        what + key + ": " + before.getOrDefault(key, "none") + " -> " + after.getOrDefault(key, "none"))
                .toList();
    }

    /** Keys whose values differ, or that only one has. */
    private static List<String> changed(Map<String, String> before, Map<String, String> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .toList();
    }

    private static String profile(RunFacts facts) {
        return facts.plan().map(plan -> plan.profile()).orElse("none");
    }

    private static String count(Evidence evidence, ResourceKind kind) {
        return String.valueOf(evidence.topology().of(kind).size());
    }

    /** What the resources of a kind are, each sort once. */
    private static String description(Evidence evidence, ResourceKind kind) {
        Stream<String> sorts = evidence.topology().of(kind).stream()
                .map(RunConditions::described)
                .filter(text -> !text.isEmpty());
        return sorts.distinct().sorted().collect(Collectors.joining("; "));
    }

    private static String described(Resource resource) {
        return resource.facts().entrySet().stream()
                .filter(fact -> DESCRIBING.contains(fact.getKey()))
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The files that said what to do, with their text; what earlier runs came to differs from run to run. */
    private static Map<String, String> files(Path directory) {
        Path inputs = directory.resolve("inputs");
        Map<String, String> files = new TreeMap<>();
        if (!Files.isDirectory(inputs)) {
            return files;
        }
        try (Stream<Path> all = Files.walk(inputs)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = inputs.relativize(file).toString().replace('\\', '/');
                if (!name.equals("baseline.json")) {
                    files.put(name, Files.readString(file));
                }
            }
            return files;
        } catch (IOException e) {
            throw new EvidenceException(inputs + ": cannot be read: " + e, e);
        }
    }
}
