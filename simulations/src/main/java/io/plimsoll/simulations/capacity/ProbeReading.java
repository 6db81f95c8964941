package io.plimsoll.simulations.capacity;

import io.plimsoll.assertions.capacity.CapacitySearch;
import io.plimsoll.assertions.capacity.LatencyTrend;
import io.plimsoll.assertions.judgement.SloJudge;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * What a probe shows, by what the load generator has logged. A rate is held if every SLO is shown to hold, and if response
 * times that keep rising would not break the time limit within the long hold. It is not held if one SLO is refuted.
 */
public final class ProbeReading {
    /** A probe is whole once this share of its requests is in the log. */
    private static final double WHOLE = 0.995;

    private static final Set<String> ALL = Set.of();
    private static final Set<RequestOutcome> OK = Set.of(RequestOutcome.OK);
    private static final Set<RequestOutcome> ANY = Set.of(RequestOutcome.values());

    private final List<Slo> slos;
    private final Duration limit;
    private final Duration hold;
    private final Supplier<ClientRecord> log;

    /**
     * What was seen.
     *
     * @param whole whether all of the probe's requests were in the log
     * @param outcome {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}
     * @param goodPerSecond OK requests a second in the probe's second half, when queues have filled
     * @param reason why, in one sentence
     */
    public record Seen(boolean whole, Outcome outcome, double goodPerSecond, String reason) {}

    /**
     * A reading by some SLOs.
     *
     * @param limit the response time that a rise must not reach
     * @param hold how far a rise is followed: the hold as on AWS
     * @param log reads what has been logged so far
     */
    public ProbeReading(List<Slo> slos, Duration limit, Duration hold, Supplier<ClientRecord> log) {
        this.slos = List.copyOf(slos);
        this.limit = limit;
        this.hold = hold;
        this.log = log;
    }

    /**
     * Looks at a probe.
     *
     * @param last whether requests that are not in the log yet are given up; they count as not held
     */
    Seen see(CapacitySearch.Probe probe, TimeWindow window, boolean last) {
        ClientRecord client = log.get();
        TimeWindow seconds = wholeSeconds(window);
        double expected = probe.ratePerSecond() * seconds.length().toMillis() / 1000.0;
        long logged = client.count(ALL, ANY, seconds);
        Instant middle = seconds.start().plus(seconds.length().dividedBy(2)).truncatedTo(ChronoUnit.SECONDS);
        TimeWindow half = new TimeWindow(middle, seconds.end());
        double good =
                client.count(ALL, OK, half) * 1000.0 / Math.max(1, half.length().toMillis());
        boolean whole = logged >= expected * WHOLE - 1;
        if (!whole && last) {
            return new Seen(
                    false,
                    Outcome.FAIL,
                    good,
                    String.format(
                            Locale.ROOT,
                            "%d of %.0f requests were not answered in time",
                            Math.round(expected - logged),
                            expected));
        }
        return judged(probe, client, seconds, whole, good);
    }

    private Seen judged(
            CapacitySearch.Probe probe, ClientRecord client, TimeWindow seconds, boolean whole, double good) {
        List<SloResult> results = judge(probe, client, seconds);
        Optional<SloResult> failed = first(results, Outcome.FAIL);
        if (failed.isPresent()) {
            return new Seen(whole, Outcome.FAIL, good, plain(failed.get()));
        }
        LatencyTrend trend = LatencyTrend.of(medians(client, seconds));
        double later = trend.after(hold.toMillis() / 1000.0);
        if (trend.rising() && later > limit.toMillis()) {
            return new Seen(
                    whole,
                    Outcome.FAIL,
                    good,
                    String.format(
                            Locale.ROOT,
                            "response times rise by %.1f ms a second: a hold of %d s would see a median of %.0f ms, limit %d ms",
                            trend.slopePerSecond(),
                            hold.toSeconds(),
                            later,
                            limit.toMillis()));
        }
        Optional<SloResult> open = results.stream()
                .filter(result -> result.outcome() != Outcome.PASS)
                .findFirst();
        return open.map(result -> new Seen(whole, Outcome.INCONCLUSIVE, good, plain(result)))
                .orElseGet(() -> new Seen(whole, Outcome.PASS, good, plain(results.get(0))));
    }

    /** The reason without the window, which is the probe's. */
    private static String plain(SloResult result) {
        return result.reason().replaceFirst(", during after-warm-up \\([^)]*\\)", "");
    }

    private static Optional<SloResult> first(List<SloResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).findFirst();
    }

    private List<SloResult> judge(CapacitySearch.Probe probe, ClientRecord client, TimeWindow window) {
        LoadPlan plan = new LoadPlan(
                "capacity",
                List.of(new Phase("probe", window, probe.ratePerSecond(), probe.ratePerSecond())),
                new TreeMap<>());
        RunFacts facts = new RunFacts(
                RunFacts.FORMAT,
                "probe",
                RunFacts.State.RUNNING,
                "",
                "",
                "",
                "",
                1,
                new TreeMap<>(),
                window.start(),
                Optional.empty(),
                Optional.of(plan),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>());
        SloJudge judge = new SloJudge(
                new Evidence(
                        facts,
                        new Topology(List.of()),
                        client,
                        new LogIntegrity(0, 0, 0, 0, List.of()),
                        List.of(),
                        List.of(),
                        List.of()),
                Optional.empty());
        return slos.stream().map(slo -> judge.judge("capacity", slo)).toList();
    }

    private static List<Double> medians(ClientRecord client, TimeWindow window) {
        List<Double> medians = new ArrayList<>();
        for (Instant at = window.start(); at.isBefore(window.end()); at = at.plusSeconds(1)) {
            Histogram second = client.responseTimes(ALL, OK, new TimeWindow(at, at.plusSeconds(1)));
            if (second.getTotalCount() > 0) {
                medians.add((double) second.getValueAtPercentile(50));
            }
        }
        return medians;
    }

    /** The seconds that lie wholly within a window: those at its ends were shared with another rate. */
    static TimeWindow wholeSeconds(TimeWindow window) {
        Instant start = window.start().truncatedTo(ChronoUnit.SECONDS);
        Instant first = start.equals(window.start()) ? start : start.plusSeconds(1);
        Instant end = window.end().truncatedTo(ChronoUnit.SECONDS);
        return new TimeWindow(first, end.isBefore(first) ? first : end);
    }
}
