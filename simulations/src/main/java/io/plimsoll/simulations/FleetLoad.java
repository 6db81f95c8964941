package io.plimsoll.simulations;

import io.plimsoll.environments.aws.descriptor.StopCondition;
import io.plimsoll.results.load.GatlingLog;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.RequestLog;
import io.plimsoll.results.load.UnreadableLogException;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.RunFacts.InjectorHealth;
import io.plimsoll.results.run.ShardFacts;
import io.plimsoll.results.run.ShardPlace;
import io.plimsoll.simulations.console.LiveFacts;
import io.plimsoll.simulations.daemon.Daemon;
import io.plimsoll.simulations.fleet.ResultsPlace;
import io.plimsoll.simulations.fleet.ShardReview;
import io.plimsoll.simulations.stop.StopMonitor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Load that several injectors send: what they publish is reviewed, merged exactly, and kept as if one had sent it. */
final class FleetLoad implements SentLoad {
    private static final Clock CLOCK = Clock.systemUTC();

    private final Run run;
    private final int count;
    private final ResultsPlace results;
    private final ShardPlace place;
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(Daemon.named("plimsoll-fleet-line"));
    private final StopMonitor alarms;

    private FleetLoad(Run run, int count, ResultsPlace results, StopMonitor alarms) {
        this.run = run;
        this.count = count;
        this.results = results;
        this.place = results.gathered();
        this.alarms = alarms;
    }

    /** Follows them; of the stop conditions, alarms are watched here, the others by each injector for its part. */
    static SentLoad follow(List<StopCondition> conditions, int count, ResultsPlace results, Run run) {
        StopMonitor alarms = StopMonitor.start(
                run.evidence().path().resolve("simulation.log"),
                conditions.stream()
                        .filter(StopCondition.Alarm.class::isInstance)
                        .toList(),
                run.alarms(),
                run.stop());
        FleetLoad load = new FleetLoad(run, count, results, alarms);
        var unused = load.ticker.scheduleAtFixedRate(load::tell, 1, 1, TimeUnit.SECONDS);
        return load;
    }

    private void tell() {
        Instant now = CLOCK.instant();
        if (!now.isBefore(run.plan().whole().start())) {
            run.live()
                    .accept(LiveFacts.ofInjectors(
                            count, now, run.plan(), run.stack().get()));
        }
    }

    @Override
    public Optional<InjectorHealth> health() {
        return gathered().stream()
                .flatMap(injector -> injector.facts().stream())
                .flatMap(facts -> facts.health().stream())
                .reduce(FleetLoad::worse);
    }

    /** Of each reading the worst: validity asks whether any injector was starved. Cores are those of all. */
    private static InjectorHealth worse(InjectorHealth a, InjectorHealth b) {
        return new InjectorHealth(
                a.cores() + b.cores(),
                Math.max(a.cpuRatioMean(), b.cpuRatioMean()),
                Math.max(a.cpuRatioMax(), b.cpuRatioMax()),
                Math.max(a.hostCpuRatioMean(), b.hostCpuRatioMean()),
                Math.max(a.gcPauseMaxMillis(), b.gcPauseMaxMillis()),
                Math.max(a.schedulingDelayMaxMillis(), b.schedulingDelayMaxMillis()),
                Math.max(a.schedulingDelayP99Millis(), b.schedulingDelayP99Millis()));
    }

    @Override
    public Optional<Path> log() {
        return Optional.empty();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        alarms.close();
    }

    private List<ShardReview.Injector> gathered() {
        return IntStream.range(0, count).mapToObj(this::gathered).toList();
    }

    private ShardReview.Injector gathered(int index) {
        OptionalInt exitCode = OptionalInt.empty();
        try {
            exitCode = place.exitCode(index);
            Optional<ShardFacts> facts = place.facts(index);
            boolean whole = facts.isEmpty() || place.logIsAsPublished(facts.get());
            return new ShardReview.Injector(
                    index,
                    exitCode,
                    facts,
                    results.damage(index)
                            .or(() -> whole
                                    ? Optional.empty()
                                    : Optional.of("its log is not there as its checksum says")));
        } catch (EvidenceException e) {
            return new ShardReview.Injector(
                    index, exitCode, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Optional<GatlingLog.Content> store(EvidenceDirectory evidence) {
        List<ShardReview.Injector> injectors = gathered();
        ShardReview review =
                new ShardReview(evidence.path().getFileName().toString(), run.plan(), results.clockOffset());
        List<String> problems = new ArrayList<>(review.problems(injectors));
        List<ShardFacts> usable = injectors.stream()
                .filter(injector -> injector.damage().isEmpty())
                .flatMap(injector -> injector.facts().stream())
                .filter(facts -> facts.geometry().equals(ShardFacts.GEOMETRY))
                .toList();
        try {
            write(evidence, usable, problems);
        } catch (UnreadableLogException e) {
            write(evidence, readable(usable, problems), problems);
        }
        return Optional.empty();
    }

    private void write(EvidenceDirectory evidence, List<ShardFacts> injectors, List<String> problems) {
        long requests = 0;
        long started = 0;
        long ended = 0;
        long trailing = 0;
        for (ShardFacts facts : injectors) {
            requests += facts.integrity().requests();
            started += facts.integrity().usersStarted();
            ended += facts.integrity().usersEnded();
            trailing += facts.integrity().trailingBytes();
        }
        evidence.writeRequests(
                injectors.stream().map(facts -> place.log(facts.index())).toList(),
                new LogIntegrity(requests, started, ended, trailing, problems));
    }

    /** A log that its injector wrote wrongly: the others are still worth reading, though the run is void. */
    private List<ShardFacts> readable(List<ShardFacts> injectors, List<String> problems) {
        List<ShardFacts> readable = new ArrayList<>();
        for (ShardFacts facts : injectors) {
            try {
                var unused = RequestLog.read(place.log(facts.index()));
                readable.add(facts);
            } catch (UnreadableLogException e) {
                problems.add("injector " + facts.index() + ": "
                        + String.valueOf(e.getMessage()).replace(place.directory() + "/", ""));
            }
        }
        return readable;
    }
}
