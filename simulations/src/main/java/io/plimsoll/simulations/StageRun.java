package io.plimsoll.simulations;

import static java.util.Objects.requireNonNull;

import io.plimsoll.environments.aws.AlarmWatch;
import io.plimsoll.environments.aws.AwsClients;
import io.plimsoll.environments.aws.Collector;
import io.plimsoll.environments.aws.Fingerprint;
import io.plimsoll.environments.aws.Observations;
import io.plimsoll.environments.aws.Preflight;
import io.plimsoll.environments.aws.Secrets;
import io.plimsoll.environments.aws.TopologyDiscovery;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.load.GatlingLog;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.report.ConsoleTable;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.LiveJournal;
import io.plimsoll.results.verdict.Verdict;
import io.plimsoll.simulations.capacity.CapacitySeries;
import io.plimsoll.simulations.capacity.Pacer;
import io.plimsoll.simulations.console.LiveLine;
import io.plimsoll.simulations.plan.Share;
import io.plimsoll.simulations.plan.StagePlan;
import io.plimsoll.simulations.probe.DerivedSeries;
import io.plimsoll.simulations.probe.Findings;
import io.plimsoll.simulations.probe.Probes;
import io.plimsoll.simulations.probe.ServiceFront;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run: the stack is up and observed before the first request, and judged after the last.
 *
 * <p>{@link #begin} and {@link #end} are called by the load generator's main thread, {@link #loadFlows} by any of its
 * threads, {@link #abort} by any thread at any time. Whatever was opened is closed in reverse order, once.
 */
public final class StageRun implements LoadRun {
    private static final Clock CLOCK = Clock.systemUTC();

    private volatile RunInputs inputs;
    private final PrintStream out;
    private final SentLoad.Source source;
    private final boolean sends;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Instant started = CLOCK.instant();
    private final AtomicBoolean flowing = new AtomicBoolean();
    private volatile Optional<ServiceFront> front = Optional.empty();
    private volatile Optional<String> stopped = Optional.empty();
    private volatile Optional<LoadPlan> flow = Optional.empty();
    private @Nullable Observed observed;
    private @Nullable Loading loading;
    private final Optional<CapacityRun> capacity;
    private @Nullable Verdict verdict;
    private boolean over;

    /** What there is once the stack is up and watched. */
    private record Observed(
            Reached reached,
            AwsClients clients,
            Topology topology,
            EvidenceDirectory evidence,
            RunJournal journal,
            LiveJournal live,
            Collector collector) {}

    /** What there is once load flows. */
    private record Loading(LoadPlan plan, SentLoad sent, Companions companions) {}

    /** A run whose load Gatling sends from this process. */
    StageRun(RunInputs inputs, PrintStream out) {
        this.inputs = inputs;
        this.out = out;
        this.capacity = CapacityRun.of(inputs, line -> say("%s", line));
        this.sends = true;
        this.source = run -> GatlingLoad.follow(inputs, started, out, run);
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
        Environment environment = inputs.environment();
        say(
                "Plimsoll: stage %s on environment %s, %s",
                inputs.stage().name(),
                environment.name(),
                described(inputs.plan().profile().name()));
        Reached reached = reached();
        front = Optional.of(reached.front());
        refuseIfAny("load is not allowed", reached.refusals(inputs, started));
        AwsClients clients = opened(AwsClients.open(reached.deployed(), CLOCK));
        if (sends) {
            refuse(Machine.checks(environment.rates().peakPerSecond()));
        }
        if (!environment.embedded()) {
            preflight(clients, environment);
        }
        Topology found = new TopologyDiscovery(clients, environment).discover();
        Topology topology = Probes.withClient(
                capacity.isPresent() ? capacity.get().held(found, this::opened, reached, clients) : found);
        Set<String> measured = new TreeSet<>(Companions.measured(inputs, reached, topology));
        capacity.ifPresent(search -> measured.addAll(CapacitySeries.NAMES));
        Lacking lacking = new Lacking(topology, measured, reached.lacks());
        inputs = inputs.without(lacking.of(inputs.stage(), inputs, inputs.planAt(started)));
        refuseIfAny(
                "this run cannot answer its SLOs",
                inputs.stage()
                        .unresolvable(
                                topology,
                                inputs.requestNames(),
                                inputs.planAt(started),
                                inputs.plan().disturbanceNames()));
        EvidenceDirectory evidence = EvidenceDirectory.create(inputs.options().runs(), RunId.of(inputs, started));
        if (environment.observe().hideAccountIds()) {
            evidence.conceal(Secrets::withoutAccounts);
        }
        inputs.copyTo(evidence);
        RunJournal journal = new RunJournal(evidence, inputs, started);
        journal.reached(reached.deployed().baseUrl().toString());
        LiveJournal live = opened(evidence.live(GuardedRun::refuseUnwritable));
        journal.found(Fingerprint.of(found));
        live.topology(topology);
        Collector collector = opened(new Collector(clients, environment, CLOCK));
        collector.keepIn(live);
        collector.start(topology, SloMetrics.of(inputs.stage()));
        observed = new Observed(reached, clients, topology, evidence, journal, live, collector);
        journal.took("start", Duration.between(started, CLOCK.instant()));
        say("Evidence: %s", inputs.options().relative(evidence.path()));
    }

    private Reached reached() {
        Environment environment = inputs.environment();
        if (!environment.embedded()) {
            return Reached.deployed(environment, inputs.probes());
        }
        say("Starting the local stack");
        StackProcess stack = opened(StackProcess.start(
                inputs.options().home(),
                inputs.options().environmentFile(),
                inputs.stage().name(),
                inputs.options().overrides(),
                line -> say("  %s", line)));
        return Reached.started(environment, stack, inputs.probes());
    }

    private static String described(String profile) {
        return profile.equals(StagePlan.NAME) ? "the stage's plan" : "profile " + profile;
    }

    /** Says what a run on this stack would not see; refuses one that could not be carried out. */
    private void preflight(AwsClients clients, Environment environment) throws InterruptedException {
        Preflight.Findings seen = new Preflight(clients, environment, CLOCK).look(SloMetrics.of(inputs.stage()));
        refuse(seen.checks());
        seen.checks().stream()
                .filter(check -> check.state() == Preflight.State.BLIND)
                .forEach(check -> say("Not seen: %s. Do: %s", check.says(), check.remedy()));
        Blindness.of(inputs.stage(), seen.dark()).forEach(line -> say("Will be INCONCLUSIVE: %s", line));
    }

    private static void refuse(List<Preflight.Check> checks) {
        refuseIfAny(
                "the environment is not ready",
                checks.stream()
                        .filter(check -> check.state() == Preflight.State.REFUSED)
                        .map(check -> check.says() + (check.remedy().isEmpty() ? "" : "; do: " + check.remedy()))
                        .toList());
    }

    private void stopEarly(String reason) {
        stopped = Optional.of(reason);
        say("Stopping early: %s", reason);
    }

    @Override
    public Optional<String> stopped() {
        return stopped;
    }

    private static void refuseIfAny(String what, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new RunFailure(RunFailure.Cause.USAGE, what + ":\n  " + String.join("\n  ", problems));
        }
    }

    /** The first user fixes the plan on the wall clock. */
    @Override
    public void loadFlows() {
        if (flowing.compareAndSet(false, true)) {
            LoadPlan plan = inputs.planAt(CLOCK.instant());
            flow = Optional.of(plan);
            Thread thread = new Thread(() -> GuardedRun.guard(() -> watch(plan)), "plimsoll-load-start");
            thread.setDaemon(true);
            thread.start();
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
        Observed now = observed;
        if (now == null || over) {
            return;
        }
        now.journal().loadPlanned(plan);
        SentLoad sent = opened(source.follow(new SentLoad.Run(
                plan,
                () -> capacity.flatMap(search -> search.soFar(plan)).orElse(plan),
                now.evidence(),
                () -> LiveLine.stack(now.collector().live()),
                new AlarmWatch(now.clients(), CLOCK)::ringing,
                this::stopEarly)));
        Companions companions = opened(Companions.start(
                inputs,
                now.reached(),
                now.clients(),
                now.topology(),
                plan,
                event -> {
                    now.live().event(event);
                    say("  DISTURBANCE  %s", event.summary());
                },
                CLOCK));
        loading = new Loading(plan, sent, companions);
        capacity.ifPresent(search -> sent.log()
                .ifPresent(log -> opened(search).start(log, plan.whole().start())));
    }

    /**
     * Waits until late metrics have settled, gathers the evidence, judges it, and writes and prints the verdict.
     *
     * @throws RunFailure if no load was sent, or the evidence cannot be written
     * @throws InterruptedException if the thread is interrupted
     */
    @Override
    public synchronized void end() throws InterruptedException {
        Observed now = observed;
        Loading load = loading;
        if (now == null || load == null || over) {
            throw new RunFailure(RunFailure.Cause.UNAVAILABLE, "no load was sent: not one user started");
        }
        Instant loadEnded = CLOCK.instant();
        capacity.flatMap(CapacityRun::sent).ifPresent(now.journal()::loadPlanned);
        now.journal().took("load", Duration.between(load.plan().whole().start(), loadEnded));
        now.journal().loadEnded(load.sent().health());
        close(load.sent());
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
        close(now.live());
        now.evidence().seal();
        over = true;
        closeAll();
        judge(now.evidence());
    }

    private void store(Observed run, SentLoad sent, Observations seen, Findings found) {
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
        say("Report:  %s", inputs.options().relative(evidence.path().resolve("report.html")));
    }

    /** Ends a run that is not over: the evidence says so, and the stack is stopped. Does nothing to one that is. */
    @Override
    public void abort(String reason) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            Observed now = observed;
            if (now != null) {
                note(reason, now.journal());
            }
            closeAll();
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

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    /** Closes all that was opened, the latest first. One that fails does not keep the others open. */
    private void closeAll() {
        while (!open.isEmpty()) {
            close(open.getFirst());
        }
    }

    private void close(AutoCloseable resource) {
        open.remove(resource);
        try {
            resource.close();
        } catch (Exception e) {
            say("plimsoll: %s did not close cleanly: %s", resource.getClass().getSimpleName(), e);
        }
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
