package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Comparison;
import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.ValidityCheck;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a run can be relied on at all, judged before any SLO. A fact that is not known is INCONCLUSIVE; a proven breach
 * makes the run INVALID, for better and for worse.
 */
public final class Validity {
    /** Below this the load that was to be shown was not sent. */
    static final double LEAST_ACHIEVED_PERCENT = 95;
    /** Above this the injector queues on its own processor, and measures itself. */
    static final double MOST_INJECTOR_CPU_PERCENT = 80;
    /** Above this nobody on the machine gets the processor in time, the injector included. */
    static final double MOST_HOST_CPU_PERCENT = 95;
    /** A pause longer than this shows as latency of the stack. */
    static final long MOST_GC_PAUSE_MILLIS = 500;
    /** One task in a hundred that runs later than this means requests were sent and timed late. */
    static final long MOST_SCHEDULING_DELAY_MILLIS = 100;
    /** Beyond this, events of the stack and seconds of the client do not line up. */
    static final long MOST_CLOCK_OFFSET_MILLIS = 2_000;

    /** The fact of a resource that says how its configuration was changed while the run went on. */
    public static final String CHANGED = "changed-during-run";

    private Validity() {}

    /** Every check, in a fixed order. */
    public static List<ValidityCheck> check(Evidence evidence) {
        List<ValidityCheck> checks = new ArrayList<>();
        checks.add(evidenceWhole(evidence));
        checks.add(runComplete(evidence.facts()));
        checks.add(
                onlyUsersUnended(evidence.integrity())
                        ? ofAborted(evidence, logIntact(evidence))
                        : logIntact(evidence));
        checks.add(ofAborted(evidence, achievedRate(evidence)));
        Optional<RunFacts.InjectorHealth> injector = evidence.facts().injector();
        checks.add(atMost(
                "injector CPU",
                injector.map(health -> 100 * health.cpuRatioMean()),
                MOST_INJECTOR_CPU_PERCENT,
                "% of its processors"));
        checks.add(atMost(
                "injector machine CPU",
                injector.map(health -> 100 * health.hostCpuRatioMean()),
                MOST_HOST_CPU_PERCENT,
                "% of its processors"));
        checks.add(atMost(
                "injector GC pause",
                injector.map(health -> (double) health.gcPauseMaxMillis()),
                MOST_GC_PAUSE_MILLIS,
                "ms at the longest"));
        checks.add(atMost(
                "injector scheduling delay",
                injector.map(health -> (double) health.schedulingDelayP99Millis()),
                MOST_SCHEDULING_DELAY_MILLIS,
                "ms in 99 % of the cases"));
        checks.add(clockOffset("clock offset", "stack", evidence.facts().clockOffset()));
        ServiceClocks.worst(evidence)
                .ifPresent(offset -> checks.add(clockOffset("service clock offset", "service", Optional.of(offset))));
        checks.add(stackKnown(evidence));
        checks.add(stackUnchanged(evidence));
        return List.copyOf(checks);
    }

    /** Whether the stack at the end was the one at the begin: a run over a deployment says nothing about either. */
    private static ValidityCheck stackUnchanged(Evidence evidence) {
        String name = "stack unchanged";
        if (evidence.topology().resources().isEmpty()) {
            return new ValidityCheck(name, Outcome.INCONCLUSIVE, "the stack was not described");
        }
        List<String> changes = evidence.topology().resources().stream()
                .filter(resource -> resource.facts().containsKey(CHANGED))
                .map(resource -> resource.kind().word() + " " + resource.id() + " changed: "
                        + resource.facts().get(CHANGED))
                .toList();
        return changes.isEmpty()
                ? new ValidityCheck(name, Outcome.PASS, "no configuration was changed during the run")
                : new ValidityCheck(name, Outcome.INVALID, String.join("; ", changes));
    }

    private static ValidityCheck evidenceWhole(Evidence evidence) {
        return evidence.faults().isEmpty()
                ? new ValidityCheck("evidence", Outcome.PASS, "every file is there and as it was written")
                : new ValidityCheck("evidence", Outcome.INVALID, String.join("; ", evidence.faults()));
    }

    private static ValidityCheck runComplete(RunFacts facts) {
        return switch (facts.state()) {
            case COMPLETE -> new ValidityCheck("run complete", Outcome.PASS, "the run ended as planned");
            case RUNNING ->
                new ValidityCheck(
                        "run complete", Outcome.INVALID, "the run never ended: it was killed, or is still going on");
            case ABORTED ->
                new ValidityCheck("run complete", Outcome.INVALID, "the run was aborted: " + facts.stateReason());
        };
    }

    /** Load and users that an abort cut off are no second reason beside the abort, which makes the run INVALID. */
    private static ValidityCheck ofAborted(Evidence evidence, ValidityCheck check) {
        return evidence.facts().state() == RunFacts.State.ABORTED && check.outcome() == Outcome.INVALID
                ? new ValidityCheck(
                        check.name(), Outcome.INCONCLUSIVE, "not to be told of an aborted run: " + check.reason())
                : check;
    }

    /** Whether all that is wrong with a log is that users were active at its end. */
    private static boolean onlyUsersUnended(LogIntegrity log) {
        return log.faults().size() == 1
                && log.usersStarted() > log.usersEnded()
                && log.trailingBytes() == 0
                && log.requests() > 0;
    }

    private static ValidityCheck logIntact(Evidence evidence) {
        String name = "log integrity";
        LogIntegrity log = evidence.integrity();
        if (!log.intact()) {
            return new ValidityCheck(name, Outcome.INVALID, String.join("; ", log.faults()));
        }
        ClientRecord client = evidence.client();
        long recorded = client.count(Set.of(), EnumSet.allOf(RequestOutcome.class), client.span());
        if (recorded != log.requests()) {
            return new ValidityCheck(
                    name,
                    Outcome.INVALID,
                    "the log held " + Values.count(log.requests()) + " requests, the evidence has "
                            + Values.count(recorded));
        }
        return new ValidityCheck(
                name,
                Outcome.PASS,
                Values.count(recorded) + " requests, " + Values.count(log.usersStarted())
                        + " users started and ended, no byte left over");
    }

    private static ValidityCheck achievedRate(Evidence evidence) {
        String name = "achieved rate";
        if (evidence.facts().plan().isEmpty()) {
            return new ValidityCheck(name, Outcome.INVALID, "no load was planned");
        }
        LoadPlan plan = evidence.facts().plan().get();
        TimeWindow window = plan.afterWarmUp();
        double offered = plan.offeredRequests(Seconds.of(window));
        long sent = evidence.client().count(Set.of(), EnumSet.allOf(RequestOutcome.class), window);
        if (!(offered > 0)) {
            return new ValidityCheck(name, Outcome.INVALID, "no load was offered after the warm-up");
        }
        double percent = 100 * sent / offered;
        String requests = "sent " + Values.count(sent) + " of " + Values.number(offered)
                + " requests offered after the warm-up, "
                + Values.print(percent, Dimension.RATIO, Comparison.AT_LEAST, LEAST_ACHIEVED_PERCENT);
        String least = ", must be >= " + Values.number(LEAST_ACHIEVED_PERCENT) + " %";
        if (percent >= LEAST_ACHIEVED_PERCENT
                || plan.phases().stream().allMatch(phase -> phase.requestsPerUser() <= 1)) {
            return new ValidityCheck(
                    name, percent >= LEAST_ACHIEVED_PERCENT ? Outcome.PASS : Outcome.INVALID, requests + least);
        }
        return achievedUsers(name, requests, plan, evidence.integrity().usersStarted(), least);
    }

    /** A visit that fails ends early, and its later requests are not sent: that is the service's fault. */
    private static ValidityCheck achievedUsers(
            String name, String requests, LoadPlan plan, long started, String least) {
        double offered = plan.phases().stream().mapToDouble(Phase::offeredUsers).sum();
        double percent = 100 * started / offered;
        return new ValidityCheck(
                name,
                percent >= LEAST_ACHIEVED_PERCENT ? Outcome.PASS : Outcome.INVALID,
                requests + ", by " + Values.count(started) + " of " + Values.number(offered) + " users offered, "
                        + Values.print(percent, Dimension.RATIO, Comparison.AT_LEAST, LEAST_ACHIEVED_PERCENT) + least);
    }

    /** Whether every resource that a series or an event tells of is known: an unknown one escapes the judgement. */
    private static ValidityCheck stackKnown(Evidence evidence) {
        String name = "stack known";
        List<String> omissions = Stream.concat(Omissions.inSeries(evidence), Omissions.inEvents(evidence))
                .distinct()
                .sorted()
                .toList();
        return omissions.isEmpty()
                ? new ValidityCheck(
                        name, Outcome.PASS, "metrics and events are of known resources, and events in unbroken order")
                : new ValidityCheck(name, Outcome.INCONCLUSIVE, String.join("; ", omissions));
    }

    private static ValidityCheck atMost(String name, Optional<Double> measured, double limit, String unit) {
        if (measured.isEmpty()) {
            return new ValidityCheck(name, Outcome.INCONCLUSIVE, "not measured");
        }
        boolean holds = measured.get() <= limit;
        return new ValidityCheck(
                name,
                holds ? Outcome.PASS : Outcome.INVALID,
                Values.print(measured.get(), Dimension.COUNT, Comparison.AT_MOST, limit) + " " + unit + ", must be <= "
                        + Values.number(limit));
    }

    private static ValidityCheck clockOffset(String name, String whose, Optional<RunFacts.ClockOffset> measured) {
        if (measured.isEmpty()) {
            return new ValidityCheck(name, Outcome.INCONCLUSIVE, "not measured");
        }
        double offset = Math.abs((double) measured.get().millis());
        double error = Math.abs((double) measured.get().errorMillis());
        Outcome outcome = offset + error <= MOST_CLOCK_OFFSET_MILLIS
                ? Outcome.PASS
                : offset - error > MOST_CLOCK_OFFSET_MILLIS ? Outcome.INVALID : Outcome.INCONCLUSIVE;
        return new ValidityCheck(
                name,
                outcome,
                "the " + whose + "'s clock is " + measured.get().millis() + " ± "
                        + measured.get().errorMillis()
                        + " ms from the injector's, must be within ± " + MOST_CLOCK_OFFSET_MILLIS + " ms");
    }
}
