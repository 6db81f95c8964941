package io.plimsoll.simulations;

import static java.util.Objects.requireNonNull;

import io.plimsoll.environments.aws.AlarmWatch;
import io.plimsoll.environments.aws.Fingerprint;
import io.plimsoll.environments.aws.Observations;
import io.plimsoll.results.load.GatlingLog;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.report.ConsoleTable;
import io.plimsoll.results.report.LiveHtml;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.verdict.Verdict;
import io.plimsoll.simulations.capacity.Pacer;
import io.plimsoll.simulations.console.LiveFacts;
import io.plimsoll.simulations.console.LiveLine;
import io.plimsoll.simulations.console.LiveWatcher;
import io.plimsoll.simulations.daemon.Daemon;
import io.plimsoll.simulations.live.LivePage;
import io.plimsoll.simulations.plan.Share;
import io.plimsoll.simulations.probe.DerivedSeries;
import io.plimsoll.simulations.probe.Findings;
import io.plimsoll.simulations.probe.Probes;
import io.plimsoll.simulations.probe.ServiceFront;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run: the stack is up and observed before the first request, and judged after the last.
 *
 * <p>{@link #begin} and {@link #end} are called by the load generator's main thread, {@link #loadFlows} by any of its
 * threads, {@link #abort} by any thread at any time.
 */
public final class StageRun implements LoadRun {
    private static final Clock CLOCK = Clock.systemUTC();

    private volatile RunInputs inputs;
    private final PrintStream out;
    private final Opened opened = new Opened(line -> say("%s", line));
    private final SentLoad.Source source;
    private final boolean sends;
    private final Instant started = CLOCK.instant();
    private final AtomicBoolean flowing = new AtomicBoolean();
    private volatile Optional<ServiceFront> front = Optional.empty();
    private volatile Optional<String> stopped = Optional.empty();
    private volatile Optional<LoadPlan> flow = Optional.empty();
    private RunStart.@Nullable Observed observed;
    private @Nullable Loading loading;
    private final Optional<CapacityRun> capacity;
    private @Nullable Verdict verdict;
    private boolean over;
    private volatile LiveWatcher watcher = LiveWatcher.NOBODY;

    /** What there is once load flows. */
    private record Loading(LoadPlan plan, SentLoad sent, Companions companions) {}

    /** A run whose load Gatling sends from this process. */
    StageRun(RunInputs inputs, PrintStream out) {
        this.inputs = inputs;
        this.out = out;
        this.capacity = CapacityRun.of(inputs, line -> say("%s", line));
        this.sends = true;
        this.source = run -> GatlingLoad.follow(inputs, started, run);
    }

    /** A run whose load others send. */
    StageRun(RunInputs inputs, PrintStream out, SentLoad.Source source) {
        this.inputs = inputs;
        this.out = out;
        this.capacity = Optional.empty();
        this.sends = false;
        this.source = source;
    }

    @Override
    public Optional<Pacer> pacer() {
        return capacity.map(CapacityRun::pacer);
    }

    @Override
    public RunInputs inputs() {
        return inputs;
    }

    @Override
    public String address(String name) {
        return front.map(known -> known.address(name)).orElse("");
    }

    /** Where requests can go, by name; known once {@link #begin} has returned. */
    Map<String, String> addresses() {
        return front.map(ServiceFront::addresses).orElse(Map.of());
    }

    /** Where the evidence is; known once {@link #begin} has returned. */
    synchronized EvidenceDirectory evidence() {
        return requireNonNull(observed, "begun").evidence();
    }

    @Override
    public Iterator<Map<String, Object>> visits() {
        return inputs.traffic()
                .draws(() -> flow.orElseGet(() -> inputs.planAt(CLOCK.instant())), CLOCK::instant, Share.WHOLE);
    }

    /** The verdict, once there is one. */
    synchronized Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    @Override
    public int exitCode() {
        return verdict().map(given -> given.outcome().exitCode()).orElse(GuardedRun.ABORTED);
    }

    /**
     * Starts or reaches the environment, finds out what is deployed, checks that load is allowed and that every SLO can
     * be answered, and begins to observe. Nothing has been sent before it returns.
     *
     * @throws RunFailure if the run cannot be carried out
     * @throws InterruptedException if the thread is interrupted
     */
    @Override
    public synchronized void begin() throws InterruptedException {
        watcher = watcher();
        RunStart.Observed now =
                new RunStart(inputs, sends, capacity, started, opened, watcher, line -> say("%s", line)).carryOut();
        inputs = now.inputs();
        front = Optional.of(now.reached().front());
        observed = now;
    }

    /** The live page, if one is asked for. */
    private LiveWatcher watcher() {
        if (inputs.options().livePort().isEmpty()) {
            return LiveWatcher.NOBODY;
        }
        int port = inputs.options().livePort().getAsInt();
        try {
            LivePage page = LivePage.open(
                    port,
                    LiveHtml.of(
                            inputs.stage().name(),
                            inputs.environment().name(),
                            inputs.plan().profile().name()));
            say("Live page: %s", page.address());
            return page;
        } catch (IOException e) {
            throw new RunFailure(
                    RunFailure.Cause.USAGE, "-Dlive.port: port " + port + " cannot be had: " + e.getMessage());
        }
    }

    /** One source of facts for all who watch. */
    private void show(LiveFacts facts) {
        out.println(LiveLine.format(facts));
        watcher.second(facts);
    }

    private void stopEarly(String reason) {
        stopped = Optional.of(reason);
        say("Stopping early: %s", reason);
    }

    @Override
    public Optional<String> stopped() {
        return stopped;
    }

    /** The first user fixes the plan on the wall clock. */
    @Override
    public void loadFlows() {
        if (flowing.compareAndSet(false, true)) {
            LoadPlan plan = inputs.planAt(CLOCK.instant());
            flow = Optional.of(plan);
            var unused = Daemon.start("plimsoll-load-start", () -> GuardedRun.guard(() -> watch(plan)));
        }
    }

    /** Fixes the plan on the wall clock for load that others begin at that moment. */
    void loadFlowsAt(Instant start) {
        if (flowing.compareAndSet(false, true)) {
            LoadPlan plan = inputs.planAt(start);
            flow = Optional.of(plan);
            watch(plan);
        }
    }

    private synchronized void watch(LoadPlan plan) {
        RunStart.Observed now = observed;
        if (now == null || over) {
            return;
        }
        now.journal().loadPlanned(plan);
        SentLoad sent = opened.add(source.follow(new SentLoad.Run(
                plan,
                () -> capacity.flatMap(search -> search.soFar(plan)).orElse(plan),
                now.evidence(),
                now.collector()::live,
                this::show,
                new AlarmWatch(now.clients(), CLOCK)::ringing,
                this::stopEarly)));
        Companions companions = opened.add(Companions.start(
                inputs,
                now.reached(),
                now.clients(),
                now.topology(),
                plan,
                event -> {
                    now.live().event(event);
                    watcher.event(event);
                    say("  DISTURBANCE  %s", event.summary());
                },
                CLOCK));
        loading = new Loading(plan, sent, companions);
        capacity.ifPresent(search -> sent.log()
                .ifPresent(log -> opened.add(search).start(log, plan.whole().start())));
    }

    /**
     * Waits until late metrics have settled, gathers the evidence, judges it, and writes and prints the verdict.
     *
     * @throws RunFailure if no load was sent, or the evidence cannot be written
     * @throws InterruptedException if the thread is interrupted
     */
    @Override
    public synchronized void end() throws InterruptedException {
        RunStart.Observed now = observed;
        Loading load = loading;
        if (now == null || load == null || over) {
            throw new RunFailure(RunFailure.Cause.UNAVAILABLE, "no load was sent: not one user started");
        }
        Instant loadEnded = CLOCK.instant();
        capacity.flatMap(CapacityRun::sent).ifPresent(now.journal()::loadPlanned);
        now.journal().took("load", Duration.between(load.plan().whole().start(), loadEnded));
        now.journal().loadEnded(load.sent().health());
        opened.close(load.sent());
        Optional<String> early = stopped;
        say("Load sent; waiting for late metrics");
        Findings found = load.companions().finish();
        TimeWindow window = new TimeWindow(started, loadEnded);
        Observations seen = now.collector().finish(window);
        List<Series> derived = DerivedSeries.of(
                seen.topologyAtEnd(),
                seen.series(),
                seen.events(),
                seen.collection().problems(),
                window);
        store(now, load.sent(), seen, new Findings(joined(found.series(), derived), found.events()));
        now.journal().observed(seen.collection(), seen.clockOffset());
        now.journal().left(Fingerprint.of(seen.topologyAtEnd()));
        now.journal().took("settle", Duration.between(loadEnded, CLOCK.instant()));
        if (early.isPresent()) {
            now.journal().aborted("stopped early: " + early.get(), CLOCK.instant());
        } else {
            now.journal().complete(CLOCK.instant());
        }
        opened.close(now.live());
        now.evidence().seal();
        over = true;
        opened.closeAll();
        judge(now.evidence());
    }

    private void store(RunStart.Observed run, SentLoad sent, Observations seen, Findings found) {
        EvidenceDirectory evidence = run.evidence();
        Optional<GatlingLog.Content> content = sent.store(evidence);
        List<Series> series = joined(seen.series(), found.series());
        if (capacity.isPresent() && content.isPresent()) {
            series = joined(series, capacity.get().conclude(evidence, content.get(), seen));
        }
        evidence.writeTopology(Probes.withClient(StackChange.byOthers(seen.topologyAtEnd(), found.events())));
        evidence.writeSeries(series);
        List<Event> events = joined(seen.events(), found.events());
        evidence.writeEvents(
                events.stream().sorted(Comparator.comparing(Event::at)).toList());
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private void judge(EvidenceDirectory evidence) {
        Instant begun = CLOCK.instant();
        Verdict judged = Judging.judge(evidence.path());
        verdict = judged;
        out.println();
        out.print(ConsoleTable.render(judged, 100, false));
        say("Judged in %.1f s", Duration.between(begun, CLOCK.instant()).toMillis() / 1000.0);
        Path report = inputs.options().relative(evidence.path().resolve("report.html"));
        say("Report:  %s", report);
        watcher.ended(ConsoleTable.sentence(judged) + ". Report: " + report);
    }

    /** Ends a run that is not over: the evidence says so, and the stack is stopped. Does nothing to one that is. */
    @Override
    public void abort(String reason) {
        synchronized (this) {
            if (!over) {
                over = true;
                RunStart.Observed now = observed;
                if (now != null) {
                    note(reason, now.journal());
                }
                opened.closeAll();
            }
            watcher.ended("no verdict: " + reason);
        }
    }

    /** A full disk must keep neither the stack running nor the exit code from telling. */
    private void note(String reason, RunJournal journal) {
        try {
            journal.aborted(reason, CLOCK.instant());
        } catch (EvidenceException e) {
            say("plimsoll: %s", String.valueOf(e.getMessage()));
        }
    }

    private void say(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        out.println(line);
        watcher.says(line);
    }
}
