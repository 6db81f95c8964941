package io.plimsoll.simulations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.assertions.Exercise;
import io.plimsoll.assertions.Stage;
import io.plimsoll.results.document.Document;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which claims a run did not show, and why, as its evidence says: what was known beforehand, and what did not happen. */
final class Omissions {
    private static final String FILE = "not-exercised.json";

    private Omissions() {}

    /** Keeps what was known before load was sent. */
    static void write(EvidenceDirectory evidence, Map<String, String> reasons) {
        try {
            evidence.writeInput(
                    FILE,
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(new TreeMap<>(reasons))
                            + "\n");
        } catch (JsonProcessingException e) {
            throw new AssertionError("a map of text is always JSON", e);
        }
    }

    /** A stage as a stored run has exercised it. */
    static Stage apply(Stage stage, Path directory, Evidence evidence) {
        Map<String, String> reasons = new LinkedHashMap<>();
        Path file = directory.resolve("inputs").resolve(FILE);
        if (Files.isRegularFile(file)) {
            Document.read(file).mapping().forEach((claim, reason) -> reasons.put(claim, reason.text()));
        }
        Exercise.undone(stage, evidence.events()).forEach(reasons::putIfAbsent);
        return stage.without(reasons);
    }
}
