package io.plimsoll.results.run;

import io.plimsoll.results.load.RequestHistograms;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes whole evidence of what a killed run left: Gatling's log becomes histograms, {@code live.jsonl} becomes metrics and
 * events, and all of it is sealed. Such evidence says that its run was aborted, for ever: it is never judged PASS.
 */
public final class Salvage {
    /** How the reason of a salvaged run begins. */
    public static final String MARK = "salvaged: ";

    private Salvage() {}

    /**
     * Salvages a run.
     *
     * @return what is now whole
     * @throws EvidenceException if the path is no evidence, the run is complete, still going on, or salvaged already
     */
    public static Evidence of(Path path) {
        EvidenceDirectory directory = EvidenceDirectory.open(path);
        RunFacts facts = EvidenceReader.readFacts(path);
        refuse(path, facts);
        Evidence left = directory.read();
        directory.writeTopology(left.topology());
        directory.writeSeries(left.series());
        directory.writeEvents(left.events());
        if (!(left.client() instanceof RequestHistograms requests)) {
            throw new IllegalStateException(path + ": requests that were read must be histograms");
        }
        directory.writeRequests(requests, left.integrity());
        directory.writeFacts(facts.aborted(MARK + reason(facts, left)));
        directory.seal();
        return directory.read();
    }

    private static void refuse(Path path, RunFacts facts) {
        if (facts.state() == RunFacts.State.COMPLETE) {
            throw new EvidenceException(path + ": the run is complete; there is nothing to salvage");
        }
        if (facts.stateReason().startsWith(MARK) && Files.exists(path.resolve(EvidenceFiles.MANIFEST))) {
            throw new EvidenceException(path + ": was salvaged before");
        }
        if (LiveJournal.isWritten(path.resolve(EvidenceFiles.LIVE))) {
            throw new EvidenceException(path + ": the run is still going on; wait for its end, or end it");
        }
    }

    private static String reason(RunFacts facts, Evidence left) {
        String ended = facts.stateReason().isBlank()
                ? "the run was ended before its evidence was gathered"
                : facts.stateReason().replaceFirst("^" + MARK, "");
        return left.faults().isEmpty() ? ended : ended + "; found: " + String.join("; ", left.faults());
    }
}
