package io.plimsoll.simulations.fleet;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.run.ShardFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is wrong with the injectors of a run: anything here makes it INVALID, whatever the others sent. Pure.
 *
 * @param run the run's id
 * @param plan the whole load
 * @param clockOffset the clock of the place for results minus that of whoever gathers
 */
public record ShardReview(String run, LoadPlan plan, RunFacts.ClockOffset clockOffset) {
    /** Requests are judged by the second: an injector that begins a second late sends another plan. */
    public static final long MOST_LATENESS_MILLIS = 1_000;
    /** The same for clocks, by which seconds are told. */
    static final long MOST_CLOCK_OFFSET_MILLIS = 1_000;
    /** As for the whole run. */
    static final double LEAST_SENT_PERCENT = 95;
    /** Visits that may be missing at the edges of the judged window before an injector was not there. */
    private static final int EDGE_VISITS = 5;

    /** How {@link RunFacts} of an injector say that something from outside ended it. */
    public static final String ENDED = "the process was ended before its run was over";

    private static final int SIGNALLED = 128;

    /**
     * What is known of one injector.
     *
     * @param index from 0
     * @param exitCode of its process; empty if it left none
     * @param facts that it published
     * @param damage why what it published cannot be used; empty if it can
     */
    public record Injector(int index, OptionalInt exitCode, Optional<ShardFacts> facts, Optional<String> damage) {
        /** Whether it was ended from outside, by a signal that lets a process say so: the fault of another one. */
        boolean endedFromOutside() {
            return facts.filter(told -> told.stateReason().equals(ENDED)).isPresent();
        }
    }

    /** One sentence for each problem, with the injector's name; empty if there is none. */
    public List<String> problems(List<Injector> injectors) {
        List<String> problems = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        for (Injector injector : injectors) {
            if (injector.endedFromOutside()) {
                ended.add(String.valueOf(injector.index()));
                continue;
            }
            for (String problem : problems(injector, injectors.size())) {
                problems.add("injector " + injector.index() + ": " + problem);
            }
        }
        if (!ended.isEmpty()) {
            problems.add((ended.size() == 1 ? "injector " : "injectors ") + String.join(", ", ended)
                    + ": ended before all load was sent");
        }
        return List.copyOf(problems);
    }

    private List<String> problems(Injector injector, int count) {
        List<String> problems = new ArrayList<>();
        if (injector.damage().isPresent()) {
            problems.add(injector.damage().get());
        }
        if (injector.facts().isEmpty()) {
            problems.add("published nothing; " + exit(injector.exitCode()));
            return problems;
        }
        ShardFacts facts = injector.facts().get();
        if (facts.state() != RunFacts.State.COMPLETE) {
            problems.add(facts.stateReason());
        } else if (injector.exitCode().isEmpty() || injector.exitCode().getAsInt() != 0) {
            problems.add(exit(injector.exitCode()));
        }
        if (!(facts.run().equals(run) && facts.index() == injector.index() && facts.count() == count)) {
            problems.add("published as injector " + facts.index() + " of " + facts.count() + " of run " + facts.run()
                    + ", must be of " + count + " of run " + run);
        }
        if (!facts.geometry().equals(ShardFacts.GEOMETRY)) {
            problems.add("its histograms must be of " + ShardFacts.GEOMETRY + ", were of " + facts.geometry());
        }
        facts.integrity().faults().forEach(problems::add);
        time(facts, problems);
        if (facts.state() == RunFacts.State.COMPLETE) {
            load(facts, count, problems);
        }
        return problems;
    }

    private static String exit(OptionalInt exitCode) {
        if (exitCode.isEmpty()) {
            return "its process left no exit code: it was killed with what started it, or still runs";
        }
        int code = exitCode.getAsInt();
        return "exit code " + code + (code > SIGNALLED ? " (killed by signal " + (code - SIGNALLED) + ")" : "");
    }

    private void time(ShardFacts facts, List<String> problems) {
        if (!facts.start().equals(plan.whole().start())) {
            problems.add("its T0 must be " + plan.whole().start() + ", was " + facts.start());
        }
        if (facts.latenessMillis() > MOST_LATENESS_MILLIS) {
            problems.add(
                    "started " + facts.latenessMillis() + " ms late, must be within " + MOST_LATENESS_MILLIS + " ms");
        }
        if (facts.clockOffset().isEmpty()) {
            problems.add("its clock was not measured");
            return;
        }
        RunFacts.ClockOffset own = facts.clockOffset().get();
        long offset = clockOffset.millis() - own.millis();
        long error = clockOffset.errorMillis() + own.errorMillis();
        if (Math.abs(offset) + error > MOST_CLOCK_OFFSET_MILLIS) {
            problems.add("its clock is " + offset + " ± " + error + " ms from the coordinator's, must be within ± "
                    + MOST_CLOCK_OFFSET_MILLIS + " ms");
        }
    }

    /** All that is judged must lie where every injector was sending. */
    private void load(ShardFacts facts, int count, List<String> problems) {
        TimeWindow judged = seconds(plan.afterWarmUp());
        double whole = plan.offeredRequests(judged);
        double offered = facts.plan().offeredRequests(judged);
        if (!(Math.abs(offered * count - whole) <= 1e-6 * whole)) {
            problems.add(String.format(
                    Locale.ROOT, "must offer 1/%d of %.0f requests, offered %.1f", count, whole, offered));
        }
        double percent = 100 * facts.sentAfterWarmUp() / offered;
        if (!(percent >= LEAST_SENT_PERCENT)) {
            problems.add(String.format(
                    Locale.ROOT,
                    "sent %d of %.0f requests offered after the warm-up, %.1f %%, must be >= %.0f %%",
                    facts.sentAfterWarmUp(),
                    offered,
                    percent,
                    LEAST_SENT_PERCENT));
        }
        Instant begin = judged.start().plus(edge(facts.plan(), judged.start()));
        if (facts.sent().start().isAfter(begin)) {
            problems.add("sent its first request at " + facts.sent().start() + ", after the judged window began at "
                    + judged.start());
        }
        Instant end = judged.end().minus(edge(facts.plan(), judged.end().minusMillis(1)));
        if (facts.sent().end().isBefore(end)) {
            problems.add("sent its last request at " + facts.sent().end() + ", before the judged window ended at "
                    + judged.end());
        }
    }

    /** A second, and as long as a few requests take to fall due at the injector's rate then. */
    private static Duration edge(LoadPlan plan, Instant at) {
        double perSecond = plan.offeredRequests(new TimeWindow(at.minusMillis(500), at.plusMillis(500)));
        return perSecond > 0
                ? Duration.ofSeconds(1).plusMillis((long) Math.min(1000.0 * EDGE_VISITS / perSecond, 1e9))
                : plan.whole().length();
    }

    /** Whole seconds whose start lies in a window, as requests are counted. */
    private static TimeWindow seconds(TimeWindow window) {
        return new TimeWindow(nextSecond(window.start()), nextSecond(window.end()));
    }

    private static Instant nextSecond(Instant instant) {
        return instant.getNano() == 0 ? instant : Instant.ofEpochSecond(instant.getEpochSecond() + 1);
    }
}
