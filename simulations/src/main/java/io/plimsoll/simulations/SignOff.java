package io.plimsoll.simulations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.FiguresFile;
import io.plimsoll.results.run.WholeFile;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Stores a run as a baseline, with who and why. The verdict is judged again, never taken from a file. */
public final class SignOff {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SignOff() {}

    /**
     * Who signs.
     *
     * @param by name; not blank
     * @param why what it is signed off for; not blank
     * @param accepted why something else than a PASS is accepted; empty if only a PASS is
     * @param at when
     */
    public record Signature(String by, String why, Optional<String> accepted, Instant at) {
        public Signature {
            if (by.isBlank() || why.isBlank()) {
                throw new RunFailure(RunFailure.Cause.USAGE, "sign-off: --by and --why must not be blank");
            }
        }
    }

    /**
     * What came of it.
     *
     * @param verdict as judged now
     * @param stored where the baseline is; empty if it was refused
     * @param refusal why; empty if it was stored
     */
    public record Result(Verdict verdict, Optional<Path> stored, String refusal) {}

    /**
     * Signs a run off.
     *
     * @param run the evidence
     * @param baselines where baselines are kept
     */
    public static Result of(Path run, Path baselines, Signature signature) {
        Verdict verdict = Judging.judge(run);
        EvidenceDirectory stored = EvidenceDirectory.open(run);
        Optional<String> refusal = refusal(verdict, signature);
        if (refusal.isPresent()) {
            return new Result(verdict, Optional.empty(), refusal.get());
        }
        Path file = baselines.resolve(verdict.runId() + ".json");
        WholeFile.write(file, document(stored, verdict, signature));
        return new Result(verdict, Optional.of(file), "");
    }

    private static Optional<String> refusal(Verdict verdict, Signature signature) {
        if (verdict.outcome() == Outcome.PASS) {
            return Optional.empty();
        }
        String said = "not signed off: the verdict is " + verdict.outcome() + ": " + verdict.reason();
        if (verdict.outcome() == Outcome.INVALID) {
            return Optional.of(said + "\n  A run that cannot be relied on is no baseline, whatever the reason.");
        }
        return signature.accepted().isPresent()
                ? Optional.empty()
                : Optional.of(said + "\n  --accept REASON signs it off all the same, and records the reason.");
    }

    private static String document(EvidenceDirectory stored, Verdict verdict, Signature signature) {
        ObjectNode root = tree(stored.derived(FiguresFile.NAME).orElse(""));
        ObjectNode signed = root.putObject("signature");
        signed.put("by", signature.by());
        signed.put("at", signature.at().toString());
        signed.put("why", signature.why());
        signed.put("verdict", verdict.outcome().name());
        signature
                .accepted()
                .filter(reason -> verdict.outcome() != Outcome.PASS)
                .ifPresentOrElse(reason -> signed.put("accepted", reason), () -> signed.putNull("accepted"));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a baseline must be printable", e);
        }
    }

    private static ObjectNode tree(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode node) {
                return node;
            }
            throw new EvidenceException("figures.json: must be an object");
        } catch (JsonProcessingException e) {
            throw new EvidenceException("figures.json: cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
