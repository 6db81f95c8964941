package io.plimsoll.simulations;

import io.plimsoll.environments.aws.LiveSnapshot;
import io.plimsoll.results.load.GatlingLog;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.simulations.console.LiveFacts;
import io.plimsoll.simulations.stop.StopMonitor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Load that is being sent, by this process or by others, and what the client saw of it. */
interface SentLoad extends AutoCloseable {
    /**
     * What following it needs of the run.
     *
     * @param plan the load on the wall clock
     * @param known the same as far as it is known: of a search for capacity what was sent, to the end of what it may take
     * @param evidence of the run
     * @param stack what was last observed of the stack
     * @param live takes the facts of each second
     * @param alarms where alarms that end the run are asked for
     * @param stop told once, with the reason, if the load must end early
     */
    record Run(
            LoadPlan plan,
            Supplier<LoadPlan> known,
            EvidenceDirectory evidence,
            Supplier<Optional<LiveSnapshot>> stack,
            Consumer<LiveFacts> live,
            StopMonitor.Alarms alarms,
            Consumer<String> stop) {}

    /** Who sends it. */
    interface Source {
        /** Begins to follow. */
        SentLoad follow(Run run);
    }

    /** How the injector fared so far; of several the worst. */
    Optional<RunFacts.InjectorHealth> health();

    /** Ends following. */
    @Override
    void close();

    /** The log that is written, if this process sends the load. */
    Optional<Path> log();

    /**
     * Writes what the client saw into the evidence, once all load has been sent.
     *
     * @return what the log holds, if this process sent the load
     */
    Optional<GatlingLog.Content> store(EvidenceDirectory evidence);
}
