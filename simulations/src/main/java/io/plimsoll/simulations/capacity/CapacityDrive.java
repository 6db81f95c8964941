package io.plimsoll.simulations.capacity;

import io.plimsoll.assertions.capacity.CapacitySearch;
import io.plimsoll.assertions.capacity.ProbeResult;
import io.plimsoll.assertions.capacity.SearchPlan;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.simulations.plan.SearchSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Carries out a capacity search while load flows: orders a stretch, waits until its requests are in the load generator's
 * log, sees what it shows, and orders the next, until the search is done or its time is over. Then no user starts any
 * more, so that the run ends by itself with a whole log.
 */
public final class CapacityDrive implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(200);
    /** Responses to the last users of a probe are waited for no longer than this, beside the log's own buffer. */
    private static final Duration LATEST_RESPONSE = Duration.ofSeconds(3);
    /** The log is written once this many requests have gathered (8 KiB of them, with a margin). */
    private static final double REQUESTS_BUFFERED = 250;

    private final SearchPlan plan;
    private final Duration warmUp;
    private final long mostRequests;
    private final Pacer pacer;
    private final ProbeReading reading;
    private final Consumer<String> told;
    private final Clock clock;
    private final Wait wait;
    private final List<Tried> tried = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private Optional<CapacitySearch.Done> done = Optional.empty();
    private Optional<Instant> start = Optional.empty();

    /** Lets time pass. */
    @FunctionalInterface
    public interface Wait {
        /** Real time. */
        Wait REAL = duration -> Thread.sleep(duration.toMillis());

        /** Returns after that time, at once if it is not positive. */
        void forSo(Duration duration) throws InterruptedException;
    }

    /**
     * A probe that was made.
     *
     * @param result what it showed
     * @param reason why, in one sentence
     * @param window when
     */
    public record Tried(ProbeResult result, String reason, TimeWindow window) {}

    /**
     * A search that has not begun. Its pacer begins with the warm-up.
     *
     * @param warmUp sent at the rate of the first probe before it, and not judged
     * @param mostRequests the search ends before it has sent more
     * @param reading sees what a probe shows
     * @param told takes one line for each probe
     * @param wait lets the clock's time pass
     */
    public CapacityDrive(
            SearchPlan plan,
            Duration warmUp,
            long mostRequests,
            ProbeReading reading,
            Consumer<String> told,
            Clock clock,
            Wait wait) {
        this.plan = plan;
        this.warmUp = warmUp;
        this.mostRequests = mostRequests;
        this.pacer = new Pacer(plan.startPerSecond());
        this.reading = reading;
        this.told = told;
        this.clock = clock;
        this.wait = wait;
        pacer.order(plan.startPerSecond(), warmUp);
    }

    /** When users start. */
    public Pacer pacer() {
        return pacer;
    }

    /**
     * Searches on a thread of its own from now on.
     *
     * @param begun when the first user started
     * @param limit so long after the warm-up the search ends as it is
     * @param affordable so long after the first user it ends as it is, as it would cost more than it may
     */
    public void start(Instant begun, Duration limit, Optional<Duration> affordable) {
        Thread thread = new Thread(() -> search(begun, limit, affordable), "plimsoll-capacity");
        thread.setDaemon(true);
        thread.start();
    }

    /** Searches on this thread. */
    void search(Instant begun, Duration limit, Optional<Duration> affordable) {
        synchronized (this) {
            start = Optional.of(begun);
        }
        Instant end = begun.plus(warmUp).plus(limit);
        Instant paid = affordable.map(begun::plus).orElse(Instant.MAX);
        Instant deadline = paid.isBefore(end) ? paid : end;
        String over = paid.isBefore(end)
                ? "the money for the search was spent (most-usd)"
                : "the time for the search was over";
        try {
            await(begun, deadline);
            List<ProbeResult> results = new ArrayList<>();
            while (CapacitySearch.next(plan, results) instanceof CapacitySearch.Probe probe) {
                Duration needed = probe.length().plus(plan.coolDown()).plus(stragglers());
                if (stopped.get() || clock.instant().plus(needed).isAfter(deadline)) {
                    finish(CapacitySearch.brokenOff(results, over));
                    return;
                }
                if (sent() + requests(probe.ratePerSecond(), probe.length()) + requests(plan.startPerSecond(), needed)
                        > mostRequests) {
                    finish(CapacitySearch.brokenOff(
                            results, "the environment allows no more than " + mostRequests + " requests"));
                    return;
                }
                results.add(make(probe, begun, deadline));
            }
            finish((CapacitySearch.Done) CapacitySearch.next(plan, results));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pacer.end();
        }
    }

    private double sent() {
        return pacer.stretches().stream()
                .mapToDouble(
                        stretch -> requests(stretch.perSecond(), stretch.to().minus(stretch.from())))
                .sum();
    }

    private static double requests(double perSecond, Duration length) {
        return perSecond * length.toMillis() / 1000.0;
    }

    private ProbeResult make(CapacitySearch.Probe probe, Instant begun, Instant deadline) throws InterruptedException {
        pacer.order(probe.ratePerSecond(), probe.length());
        TimeWindow window = await(begun, deadline);
        Instant lastLook = window.end().plus(stragglers());
        ProbeReading.Seen seen = reading.see(probe, window, false);
        while (!seen.whole() && clock.instant().isBefore(lastLook)) {
            wait.forSo(GLANCE);
            seen = reading.see(probe, window, false);
        }
        if (!seen.whole()) {
            seen = reading.see(probe, window, true);
        }
        ProbeResult result = new ProbeResult(probe, seen.outcome(), seen.goodPerSecond());
        synchronized (this) {
            tried.add(new Tried(result, seen.reason(), window));
        }
        pacer.idle(idlePerSecond());
        told.accept(String.format(
                Locale.ROOT,
                "%-7s %7.1f /s  %-12s %s",
                probe.kind().name().toLowerCase(Locale.ROOT),
                probe.ratePerSecond(),
                seen.outcome(),
                seen.reason()));
        Duration rest = Duration.between(clock.instant(), window.end().plus(plan.coolDown()));
        wait.forSo(rest.isNegative() ? Duration.ZERO : rest);
        return result;
    }

    /** Waits until the stretch that was ordered last is over on the wall clock, and tells when it was. */
    private TimeWindow await(Instant begun, Instant deadline) throws InterruptedException {
        while (!stopped.get()) {
            Optional<Pacer.Stretch> stretch = pacer.finished();
            Instant end = stretch.map(over -> begun.plus(over.to())).orElse(Instant.MAX);
            if (!clock.instant().isBefore(end) || clock.instant().isAfter(deadline.plus(stragglers()))) {
                return stretch.map(over -> new TimeWindow(begun.plus(over.from()), begun.plus(over.to())))
                        .orElseThrow(() -> new InterruptedException("the load generator starts no users"));
            }
            wait.forSo(GLANCE);
        }
        throw new InterruptedException("the search was ended");
    }

    /** The rate between probes: that of the first one, or half of what was not held, so that the stack recovers. */
    private synchronized double idlePerSecond() {
        return tried.stream()
                .filter(probe -> probe.result().outcome() == Outcome.FAIL)
                .mapToDouble(probe -> probe.result().step().ratePerSecond() / 2)
                .reduce(plan.startPerSecond(), Math::min);
    }

    private Duration stragglers() {
        return LATEST_RESPONSE.plusMillis(Math.round(REQUESTS_BUFFERED * 1000 / idlePerSecond()));
    }

    private void finish(CapacitySearch.Done end) {
        synchronized (this) {
            done = Optional.of(end);
        }
        pacer.end();
    }

    /** Every probe so far, in order. */
    public synchronized List<Tried> tried() {
        return List.copyOf(tried);
    }

    /** How the search ended; empty while it goes on, or if it was broken off. */
    public synchronized Optional<CapacitySearch.Done> done() {
        return done;
    }

    /**
     * The load that was sent, as a plan: the warm-up, each probe and each pause. The last hold is named {@value
     * SearchSpec#HOLD_PHASE}.
     */
    public synchronized Optional<LoadPlan> sent(String profile) {
        List<Pacer.Stretch> stretches = pacer.stretches();
        if (start.isEmpty() || stretches.isEmpty()) {
            return Optional.empty();
        }
        List<Phase> phases = new ArrayList<>();
        for (Pacer.Stretch stretch : stretches) {
            Instant from = start.get().plus(stretch.from());
            Instant to = start.get().plus(stretch.to());
            double rate = stretch.perSecond();
            phases.add(new Phase(name(stretch, from, phases.size()), new TimeWindow(from, to), rate, rate));
        }
        return Optional.of(new LoadPlan(profile, phases, new TreeMap<>()));
    }

    private String name(Pacer.Stretch stretch, Instant from, int number) {
        if (!stretch.ordered()) {
            return "pause-" + number;
        }
        Optional<Tried> probe = tried.stream()
                .filter(made -> made.window().start().equals(from))
                .findFirst();
        if (probe.isEmpty()) {
            return stretch.from().isZero() ? "warm-up" : "probe-" + number;
        }
        boolean lastHold = probe.get().equals(tried.get(tried.size() - 1))
                && probe.get().result().step().kind() == CapacitySearch.Kind.HOLD;
        return lastHold ? SearchSpec.HOLD_PHASE : "probe-" + number;
    }

    @Override
    public void close() {
        stopped.set(true);
        pacer.end();
    }
}
