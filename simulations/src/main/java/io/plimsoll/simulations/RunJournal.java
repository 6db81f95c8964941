package io.plimsoll.simulations;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps {@code run.json} true while a run goes on: each thing learnt is written at once, so that a killed run leaves all
 * that was known, and a state that says it never finished.
 */
final class RunJournal {
    private final EvidenceDirectory directory;
    private final RunInputs inputs;
    private final Instant started;
    private final SortedMap<String, Double> timings = new TreeMap<>();
    private String baseUrl = "";
    private Optional<LoadPlan> plan = Optional.empty();
    private Optional<RunFacts.InjectorHealth> injector = Optional.empty();
    private Optional<RunFacts.ClockOffset> clockOffset = Optional.empty();
    private Optional<RunFacts.Collection> collection = Optional.empty();
    private final SortedMap<String, String> versions = new TreeMap<>();

    RunJournal(EvidenceDirectory directory, RunInputs inputs, Instant started) {
        this.directory = directory;
        this.inputs = inputs;
        this.started = started;
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        versions.put("gatling", io.plimsoll.results.load.GatlingLog.VERSION);
        write(RunFacts.State.RUNNING, "", Optional.empty());
    }

    synchronized void reached(String baseUrl) {
        this.baseUrl = baseUrl;
        write(RunFacts.State.RUNNING, "", Optional.empty());
    }

    /** Notes the fingerprint of the stack as the run found it. */
    synchronized void found(String fingerprint) {
        versions.put(RunFacts.STACK, fingerprint);
        write(RunFacts.State.RUNNING, "", Optional.empty());
    }

    /** Notes the fingerprint of the stack as the run left it, if that is another. */
    synchronized void left(String fingerprint) {
        if (!fingerprint.equals(versions.get(RunFacts.STACK))) {
            versions.put(RunFacts.STACK + " at the end", fingerprint);
        }
    }

    synchronized void loadPlanned(LoadPlan plan) {
        this.plan = Optional.of(plan);
        write(RunFacts.State.RUNNING, "", Optional.empty());
    }

    synchronized void loadEnded(Optional<RunFacts.InjectorHealth> health) {
        injector = health;
        write(RunFacts.State.RUNNING, "", Optional.empty());
    }

    synchronized void observed(RunFacts.Collection collection, Optional<RunFacts.ClockOffset> clockOffset) {
        this.collection = Optional.of(collection);
        this.clockOffset = clockOffset;
    }

    /** Notes how long a step took. */
    synchronized void took(String step, Duration time) {
        timings.put(step, time.toMillis() / 1000.0);
    }

    synchronized void complete(Instant ended) {
        write(RunFacts.State.COMPLETE, "", Optional.of(ended));
    }

    synchronized void aborted(String reason, Instant ended) {
        write(RunFacts.State.ABORTED, reason, Optional.of(ended));
    }

    private void write(RunFacts.State state, String reason, Optional<Instant> ended) {
        directory.writeFacts(new RunFacts(
                RunFacts.FORMAT,
                directory.path().getFileName().toString(),
                state,
                reason,
                inputs.environment().name(),
                inputs.stage().name(),
                baseUrl,
                inputs.environment().timeScale(),
                inputs.options().given(),
                started,
                ended,
                plan,
                injector,
                clockOffset,
                collection,
                timings,
                versions));
    }
}
