package io.plimsoll.simulations;

import io.plimsoll.results.load.GatlingLog;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.load.UnreadableLogException;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.run.ShardFacts;
import io.plimsoll.results.run.ShardPlace;
import io.plimsoll.simulations.daemon.Daemon;
import io.plimsoll.simulations.fleet.ShardContract;
import io.plimsoll.simulations.fleet.ShardReview;
import io.plimsoll.simulations.injector.InjectorMonitor;
import io.plimsoll.simulations.plan.Share;
import io.plimsoll.simulations.stop.StopMonitor;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The part of one injector of several: the same simulation, without collector and judgement. It begins at T0, sends its
 * share, and publishes its request log and facts.
 */
final class ShardRun implements LoadRun {
    private static final Clock CLOCK = Clock.systemUTC();

    private final RunInputs inputs;
    private final ShardContract contract;
    private final ShardPlace place;
    private final LoadPlan plan;
    private final PrintStream out;
    private final Instant started = CLOCK.instant();
    private final AtomicBoolean flowing = new AtomicBoolean();
    private volatile Optional<String> stopped = Optional.empty();
    private volatile Optional<RunFacts.ClockOffset> clockOffset = Optional.empty();
    private volatile long latenessMillis;
    private @Nullable Sending sending;
    private boolean over;
    private boolean complete;

    private record Sending(Path log, InjectorMonitor injector, StopMonitor stop) {}

    /**
     * @param whole the run that it is a part of
     * @param out what a person may want to read later
     */
    ShardRun(RunInputs whole, ShardContract contract, PrintStream out) {
        this.inputs = whole.sharedBy(contract.count());
        this.contract = contract;
        this.place = new ShardPlace(contract.results());
        this.plan = inputs.planAt(contract.start());
        this.out = out;
    }

    @Override
    public RunInputs inputs() {
        return inputs;
    }

    @Override
    public String address(String name) {
        return contract.addresses().getOrDefault(name, "");
    }

    @Override
    public Iterator<Map<String, Object>> visits() {
        return inputs.traffic().draws(() -> plan, CLOCK::instant, new Share(contract.index(), contract.count()));
    }

    /** Waits for T0. One that comes too late sends nothing: its run is void, whatever it would send. */
    @Override
    public void begin() throws InterruptedException {
        say("injector %d of %d, run %s", contract.index(), contract.count(), contract.run());
        List<String> refusals = Reached.refusals(contract.addresses(), inputs, contract.start());
        if (!refusals.isEmpty()) {
            throw new RunFailure(RunFailure.Cause.USAGE, "load is not allowed:\n  " + String.join("\n  ", refusals));
        }
        clockOffset = contract.clock().or(() -> Optional.of(place.clockOffset(CLOCK, "injector-" + contract.index())));
        Duration left = Duration.between(CLOCK.instant(), contract.start());
        say("T0 %s, in %.1f s", contract.start(), left.toMillis() / 1000.0);
        if (left.isNegative()) {
            latenessMillis = left.negated().toMillis();
        } else {
            Thread.sleep(left.toMillis());
            latenessMillis = Math.max(
                    0, Duration.between(contract.start(), CLOCK.instant()).toMillis());
        }
        if (latenessMillis > ShardReview.MOST_LATENESS_MILLIS) {
            throw new RunFailure(
                    RunFailure.Cause.UNAVAILABLE,
                    "was ready " + latenessMillis + " ms after T0, must be within " + ShardReview.MOST_LATENESS_MILLIS
                            + " ms");
        }
    }

    @Override
    public void loadFlows() {
        if (flowing.compareAndSet(false, true)) {
            var unused = Daemon.start("plimsoll-load-start", () -> GuardedRun.guard(this::watch));
        }
    }

    private synchronized void watch() {
        if (!over) {
            Path log = GatlingLoad.log(inputs, started);
            sending = new Sending(
                    log,
                    InjectorMonitor.start(),
                    // Alarms are the coordinator's to watch: once, not once an injector.
                    StopMonitor.start(log, inputs.environment().stop(), alarms -> List.of(), this::stopEarly));
        }
    }

    private void stopEarly(String reason) {
        stopped = Optional.of(reason);
        say("Stopping early: %s", reason);
    }

    @Override
    public Optional<String> stopped() {
        return stopped;
    }

    @Override
    public synchronized void end() {
        Sending sent = sending;
        if (sent == null) {
            throw new RunFailure(RunFailure.Cause.UNAVAILABLE, "no load was sent: not one user started");
        }
        over = true;
        Optional<RunFacts.InjectorHealth> health = sent.injector().health();
        sent.injector().close();
        sent.stop().close();
        GatlingLog.Content content = GatlingLog.read(sent.log());
        String reason = stopped.map(early -> "stopped early: " + early).orElse("");
        publish(reason, content.requests(), content.integrity(), health);
        complete = reason.isEmpty();
        say("published %d requests in %s", content.integrity().requests(), contract.results());
    }

    private void publish(
            String reason,
            RequestHistograms requests,
            LogIntegrity integrity,
            Optional<RunFacts.InjectorHealth> health) {
        place.publish(
                new ShardFacts(
                        ShardFacts.FORMAT,
                        contract.run(),
                        contract.index(),
                        contract.count(),
                        host(),
                        contract.start(),
                        latenessMillis,
                        reason.isEmpty() ? RunFacts.State.COMPLETE : RunFacts.State.ABORTED,
                        reason,
                        plan,
                        requests.span(),
                        requests.count(Set.of(), Set.of(RequestOutcome.values()), plan.afterWarmUp()),
                        integrity,
                        health,
                        clockOffset,
                        ShardFacts.GEOMETRY,
                        "",
                        new TreeMap<>(Map.of(
                                "gatling",
                                GatlingLog.VERSION,
                                "java",
                                Runtime.version().toString()))),
                requests);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Publishes as much as was seen, and why there is no more. */
    @Override
    public synchronized void abort(String reason) {
        if (over) {
            return;
        }
        over = true;
        Optional<Sending> sent = Optional.ofNullable(sending);
        RequestHistograms requests = RequestHistograms.empty();
        LogIntegrity integrity = new LogIntegrity(0, 0, 0, 0, List.of());
        try {
            if (sent.isPresent()) {
                GatlingLog.Content content = GatlingLog.read(sent.get().log());
                requests = content.requests();
                integrity = content.integrity();
            }
        } catch (UnreadableLogException e) {
            integrity = new LogIntegrity(0, 0, 0, 0, List.of(String.valueOf(e.getMessage())));
        }
        try {
            publish(
                    reason,
                    requests,
                    integrity,
                    sent.flatMap(one -> one.injector().health()));
        } catch (EvidenceException e) {
            say("%s", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized int exitCode() {
        return complete ? 0 : GuardedRun.ABORTED;
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
