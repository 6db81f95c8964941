package io.plimsoll.simulations;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.EvidenceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Earlier searches for the capacity of the same stack by the same load: those whose files and options were the same but for
 * the size of the groups, and whose verdict was not INVALID.
 */
final class EarlierSearches {
    private static final List<String> SAME = List.of("environments/", "profiles/", "traffic/");

    private EarlierSearches() {}

    /** The results of searches like that of a run whose facts and inputs are written, the latest first. */
    static List<CapacityResult> like(EvidenceDirectory run) {
        Optional<SortedMap<String, String>> wanted = setting(run);
        List<CapacityResult> found = new ArrayList<>();
        String here = name(run.path());
        for (Path other : directories(run.path().toAbsolutePath().resolveSibling("."))) {
            if (!name(other).equals(here) && Files.exists(other.resolve("capacity.json"))) {
                result(other, wanted).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private static List<Path> directories(Path runs) {
        try (Stream<Path> entries = Files.list(runs)) {
            return entries.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(EarlierSearches::name).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(runs + ": cannot be listed", e);
        }
    }

    private static String name(Path directory) {
        return String.valueOf(directory.getFileName());
    }

    /** Empty for evidence that cannot be read: it is for {@code judge} to complain about it. */
    private static Optional<CapacityResult> result(Path directory, Optional<SortedMap<String, String>> wanted) {
        try {
            EvidenceDirectory other = EvidenceDirectory.open(directory);
            boolean valid = other.derived("verdict.json")
                    .map(text -> Document.parse("verdict.json", text)
                            .required("verdict")
                            .text())
                    .filter(outcome -> !outcome.equals("INVALID"))
                    .isPresent();
            return valid && wanted.isPresent() && setting(other).equals(wanted) ? other.capacity() : Optional.empty();
        } catch (EvidenceException | DocumentException e) {
            return Optional.empty();
        }
    }

    /** All that must be the same. */
    private static Optional<SortedMap<String, String>> setting(EvidenceDirectory run) {
        return run.derived("run.json").map(text -> {
            SortedMap<String, String> setting = new TreeMap<>();
            Document.Node facts = Document.parse("run.json", text);
            setting.put("stage", facts.required("stage").text());
            facts.required("overrides").mapping().forEach((name, value) -> {
                if (!name.equals(RunOptions.INSTANCES)) {
                    setting.put(name, value.text());
                }
            });
            run.inputs().forEach((name, content) -> {
                if (SAME.stream().anyMatch(name::startsWith)) {
                    setting.put(name, content);
                }
            });
            return setting;
        });
    }
}
