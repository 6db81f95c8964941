package io.plimsoll.results.report;

import static io.plimsoll.results.verdict.Outcome.FAIL;
import static io.plimsoll.results.verdict.Outcome.INCONCLUSIVE;
import static io.plimsoll.results.verdict.Outcome.NOT_TESTED;
import static io.plimsoll.results.verdict.Outcome.PASS;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.SloResult.ResourceResult;
import io.plimsoll.results.verdict.ValidityCheck;
import io.plimsoll.results.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A made-up run for tests: 80 to 320 requests a second within 100 s, one instance becomes three. Always the same. */
final class ExampleRun {
    static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    /** When the rate begins to rise, in seconds after the start. */
    static final int STEP = 30;

    static final int SECONDS = 100;

    private ExampleRun() {}

    static Evidence evidence() {
        return new Evidence(
                facts(),
                ExampleStack.topology(),
                client(),
                new LogIntegrity(23_400, 23_400, 23_400, 0, List.of()),
                ExampleStack.series(),
                ExampleStack.events(),
                List.of());
    }

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    static LoadPlan plan() {
        return new LoadPlan(
                "ramp",
                List.of(
                        phase("warm-up", 0, 10, 80, 80),
                        phase("base", 10, STEP, 80, 80),
                        phase("ramp", STEP, 40, 80, 320),
                        phase("steady", 40, SECONDS, 320, 320)),
                new TreeMap<>(Map.of("load-step", at(STEP))));
    }

    private static Phase phase(String name, int from, int to, double fromRate, double toRate) {
        return new Phase(name, new TimeWindow(at(from), at(to)), fromRate, toRate);
    }

    static RunFacts facts() {
        return new RunFacts(
                RunFacts.FORMAT,
                "2026-11-24T10-00-00Z-local-auto-scaled-ramp",
                RunFacts.State.COMPLETE,
                "",
                "local",
                "auto-scaled",
                "http://127.0.0.1:40123",
                0.05,
                new TreeMap<>(Map.of("stack.group.max", "3")),
                START.minusSeconds(9),
                Optional.of(START.plusSeconds(112)),
                Optional.of(plan()),
                Optional.of(new RunFacts.InjectorHealth(2, 0.31, 0.52, 0.74, 12, 38, 6)),
                Optional.of(new RunFacts.ClockOffset(0, 2)),
                Optional.of(new RunFacts.Collection(
                        new TreeMap<>(
                                Map.of("cloudwatch:GetMetricData", 4L, "autoscaling:DescribeScalingActivities", 3L)),
                        96,
                        0.00096,
                        true,
                        List.of())),
                new TreeMap<>(Map.of("start", 8.7, "load", 100.4, "settle", 6.2)),
                new TreeMap<>(Map.of("gatling", "3.15.1", "java", "17.0.13", "os", "Linux amd64")));
    }

    /** Instances that serve at a second; each carries about 120 requests a second. */
    static int instances(int second) {
        return second < 46 ? 1 : second < 58 ? 2 : 3;
    }

    private static RequestHistograms client() {
        Random random = new Random(7);
        RequestHistograms.Builder requests = new RequestHistograms.Builder();
        for (int second = 0; second < SECONDS; second++) {
            long rate = Math.round(plan().offeredRequests(new TimeWindow(at(second), at(second + 1))));
            double load = rate / (120.0 * instances(second));
            for (long i = 0; i < rate; i++) {
                long sent = at(second + (double) i / rate).toEpochMilli();
                double queue = load < 0.95 ? 6 / (1 - load) : 120 + 260 * Math.min(1.5, load - 0.9);
                int millis = (int) (3 + queue * -Math.log(1 - 0.9995 * random.nextDouble()) / 2);
                boolean refused = load > 1.6 && random.nextDouble() < 0.03;
                requests.record(
                        random.nextInt(100) == 0 ? "write item" : "read item",
                        refused ? RequestOutcome.KO : RequestOutcome.OK,
                        sent,
                        millis);
            }
        }
        return requests.build();
    }

    /** The verdict with the latency SLO judged so; the worst outcome is the run's. */
    static Verdict verdict(Outcome latency) {
        String why = latency == PASS
                ? "p95(read) was 41 ms over 18,911 requests during steady, limit <= 500 ms"
                : latency == FAIL
                        ? "p95(read) was 612 ms over 18,911 requests during steady, 112 ms above the limit of 500 ms"
                        : "p95(read) lies between 480 ms and 530 ms over 18,911 requests: the interval straddles 500 ms";
        List<SloResult> inTime = List.of(
                slo("5.1", "time from load-step to healthy <= 7 min", PASS, "16 s", "21 s", 1),
                slo("5.1", "p95(read) <= 500 ms during steady", latency, latency == PASS ? "41 ms" : "612 ms", why));
        SloResult lag = new SloResult(
                "4.4",
                "max(replica lag) <= 5 s for each replica",
                PASS,
                "the worst of 1 replica was 1 s over 100 samples, limit 5 s",
                Optional.of("1 s"),
                "5 s",
                Optional.of(new TimeWindow(at(10), at(SECONDS))),
                100,
                List.of(new ResourceResult("plimsoll-db-replica-1", PASS, "1 s over 100 samples", Optional.of("1 s"))));
        return new Verdict(
                facts().runId(),
                "auto-scaled",
                "local",
                "ramp",
                latency,
                latency == PASS ? "all 3 SLOs of 2 tested claims hold" : "5.1: " + why,
                List.of(
                        new ValidityCheck(
                                "achieved rate", PASS, "99.8 % of the offered requests were sent, limit 95 %"),
                        new ValidityCheck("log integrity", PASS, "23,400 records, 0 bytes after the last"),
                        new ValidityCheck("injector CPU", PASS, "52 % in its worst second, limit 80 %")),
                List.of(
                        new ClaimResult("5.1", "scale-out is in time", "auto-scaled", latency, why, inTime),
                        untested("5.2", "scale-in saves and hurts nobody", "auto-scaled"),
                        untested("5.3", "min and max hold, one group a tier, zones balanced", "auto-scaled"),
                        new ClaimResult(
                                "4.4", "replicas keep up", "cached-replicas", PASS, "its SLO holds", List.of(lag)),
                        untested("4.2", "the memory cache takes the reads", "cached-replicas")));
    }

    private static SloResult slo(
            String claim, String text, Outcome outcome, String measured, String limit, long samples) {
        return new SloResult(
                claim,
                text,
                outcome,
                "measured " + measured + ", limit " + limit,
                Optional.of(measured),
                limit,
                Optional.of(new TimeWindow(at(STEP), at(SECONDS))),
                samples,
                List.of());
    }

    private static SloResult slo(String claim, String text, Outcome outcome, String measured, String why) {
        Optional<TimeWindow> steady = Optional.of(new TimeWindow(at(40), at(SECONDS)));
        return new SloResult(claim, text, outcome, why, Optional.of(measured), "500 ms", steady, 18_911, List.of());
    }

    private static ClaimResult untested(String id, String says, String stage) {
        return new ClaimResult(id, says, stage, NOT_TESTED, "profile ramp does not exercise it", List.of());
    }

    /** A verdict about nothing. */
    static Verdict empty() {
        return new Verdict("r", "s", "e", "p", INCONCLUSIVE, "no claim was tested", List.of(), List.of());
    }
}
