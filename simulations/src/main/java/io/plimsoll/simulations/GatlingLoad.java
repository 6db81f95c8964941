package io.plimsoll.simulations;

import io.plimsoll.results.load.GatlingLog;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.simulations.console.LiveTicker;
import io.plimsoll.simulations.injector.InjectorMonitor;
import io.plimsoll.simulations.stop.StopMonitor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Load that Gatling sends from this process: its log is followed and kept, and the process watched. */
final class GatlingLoad implements SentLoad {
    private final Path log;
    private final InjectorMonitor injector;
    private final LiveTicker live;
    private final StopMonitor monitor;

    private GatlingLoad(Path log, InjectorMonitor injector, LiveTicker live, StopMonitor monitor) {
        this.log = log;
        this.injector = injector;
        this.live = live;
        this.monitor = monitor;
    }

    /** Follows the log that Gatling began since a moment. */
    static SentLoad follow(RunInputs inputs, Instant since, Run run) {
        InjectorMonitor injector = InjectorMonitor.start();
        Path log = log(inputs, since);
        run.evidence().adoptLog(log);
        return new GatlingLoad(
                log,
                injector,
                LiveTicker.start(log, run.known(), run.stack(), run.live()),
                StopMonitor.start(log, inputs.environment().stop(), run.alarms(), run.stop()));
    }

    /** The log that Gatling began since a moment. */
    static Path log(RunInputs inputs, Instant since) {
        return GatlingResults.of(inputs.options())
                .logSince(since)
                .orElseThrow(() -> new RunFailure(RunFailure.Cause.IO, "Gatling writes no simulation.log"));
    }

    @Override
    public Optional<RunFacts.InjectorHealth> health() {
        return injector.health();
    }

    @Override
    public Optional<Path> log() {
        return Optional.of(log);
    }

    @Override
    public void close() {
        injector.close();
        live.close();
        monitor.close();
    }

    @Override
    public Optional<GatlingLog.Content> store(EvidenceDirectory evidence) {
        evidence.adoptLog(log);
        GatlingLog.Content content = GatlingLog.read(log);
        evidence.writeRequests(content.requests(), content.integrity());
        return Optional.of(content);
    }
}
