package io.plimsoll.assertions.binding;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Origin;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A stack as a network of queues, second by second, under a rate that rises from 60 to 400 requests a second in 100 s: two web
 * servers, three app servers with a pool of connections, a database with its locks, a cache before a replica, two shards, the
 * network, and a dependency that nobody observes. Each can bear twice the highest rate unless it is made the bottleneck. What
 * waits longer than half a second is answered with an error. Every reading is noisy.
 */
final class QueueModel {
    static final int SECONDS = 120;
    /** So long is not judged. */
    static final int WARM_UP = 10;

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double AMPLE = 800;
    private static final double LONGEST_WAIT = 0.5;

    /** What each part bears, in requests a second of the whole stack; ample unless it is named. */
    private final Map<String, Double> bears = new TreeMap<>();

    private final Map<String, double[]> readings = new LinkedHashMap<>();
    private final Map<String, Double> waiting = new TreeMap<>();
    private final Random noise;
    private double hottestApp = 1.0 / 3;
    private double hottestShard = 0.5;
    private double cacheHolds = 1;
    private boolean poolOfMisses;
    private boolean coldStart;
    private boolean someoneElse;

    QueueModel(long seed) {
        noise = new Random(seed);
    }

    QueueModel bears(String part, double perSecond) {
        bears.put(part, perSecond);
        return this;
    }

    /** One app server gets that share of all requests. */
    QueueModel hottestApp(double share) {
        hottestApp = share;
        return this;
    }

    /** One shard gets that share of all requests. */
    QueueModel hottestShard(double share) {
        hottestShard = share;
        return this;
    }

    /** The cache holds that share of what is asked for at the end. */
    QueueModel cacheHolds(double share) {
        cacheHolds = share;
        return this;
    }

    /** The pool of connections is needed for what the cache does not hold, and for nothing else. */
    QueueModel poolOfMisses() {
        poolOfMisses = true;
        return this;
    }

    /** For the first eight seconds everything is slow, and nothing is full. */
    QueueModel coldStart() {
        coldStart = true;
        return this;
    }

    /** A host that has nothing to do with requests is always busy. */
    QueueModel someoneElseIsBusy() {
        someoneElse = true;
        return this;
    }

    /** What the run left. */
    record Left(ClientRecord client, List<Series> series) {
        Limiting limiting() {
            return new Limiting(
                    client,
                    series,
                    new Topology(List.of(Resource.of(
                            ResourceKind.DATABASE,
                            "db",
                            Map.of("parameters", "max_connections=200, wait_timeout=60")))),
                    new TimeWindow(START, START.plusSeconds(SECONDS)),
                    START.plusSeconds(WARM_UP));
        }
    }

    Left run() {
        RequestHistograms.Builder log = new RequestHistograms.Builder();
        for (int second = 0; second < SECONDS; second++) {
            double rate = (60 + Math.min(100, second) * 3.4) * noisy();
            step(second, rate, log);
        }
        List<Series> series = new ArrayList<>();
        readings.forEach((name, values) -> series.add(series(name, values)));
        return new Left(log.build(), series);
    }

    private void step(int second, double rate, RequestHistograms.Builder log) {
        double missing = Math.max(0, Math.min(1, (second - 20) / 40.0)) * (1 - cacheHolds);
        double web = queue("web", rate);
        double app = queue("app", rate * hottestApp * 3);
        double network = queue("network", rate);
        double locks = queue("locks", rate);
        double shard = queue("shard", rate * hottestShard * 2);
        double missed = rate * (0.05 + missing);
        double replica = queue("replica", missed);
        double other = queue("other", rate);
        double held = 0.01 + locks + shard + replica; // seconds that a request holds a connection
        double borrowing = poolOfMisses ? missed : rate;
        double pool = queue("pool", borrowing);

        for (int i = 1; i <= 2; i++) {
            reads(second, "host cpu/web-" + i, 100 * share("web", rate));
        }
        for (int i = 1; i <= 3; i++) {
            double part = i == 1 ? hottestApp * 3 : (1 - hottestApp) * 1.5;
            reads(second, "host cpu/app-" + i, 100 * Math.min(1, rate * part / bears("app")));
            double taken = Math.max(share("pool", borrowing), rate * held / 60);
            reads(second, "host pool busy/app-" + i, 100 * Math.min(1, taken));
        }
        reads(second, "host network exceeded/app-1", 20 * Math.max(0, rate - bears("network")));
        reads(second, "database cpu/db", 100 * Math.min(1, rate / 1000));
        reads(second, "database connections/db", Math.min(180, 20 + rate * held));
        double lockShare = share("locks", rate);
        reads(second, "database lock waits/db", locks > 0 ? rate * locks : lockShare < 0.8 ? 0.02 : 0.5);
        reads(second, "cache hits/redis", rate - missed);
        reads(second, "cache misses/redis", missed);
        reads(second, "evictions/redis", second < 20 || cacheHolds == 1 ? 0 : missed);
        reads(second, "replica cpu/replica-1", 100 * share("replica", missed));
        reads(second, "replica lag/replica-1", queue("apply", rate) * 4);
        reads(second, "staleness/replica-1", waiting("apply") * 4 + 0.2);
        reads(second, "shard cpu/shard-0", 100 * share("shard", rate * hottestShard * 2));
        reads(second, "shard cpu/shard-1", 100 * Math.min(1, rate * (1 - hottestShard) * 2 / bears("shard")));
        if (someoneElse) {
            reads(second, "host cpu/backup", 96);
        }
        double cold = coldStart && second < 8 ? 0.45 : 0;
        double wait = web + app + network + locks + shard + replica + other + pool + cold;
        reads(second, "target response time/lb", 0.015 + wait);
        reads(second, "target response time/app-lb", 0.01 + app + locks + shard + replica + pool);
        answer(second, rate, wait, log);
    }

    private void answer(int second, double rate, double wait, RequestHistograms.Builder log) {
        boolean tooLong = wait > LONGEST_WAIT;
        for (int request = 0; request < rate; request++) {
            boolean error = tooLong && request % 5 == 0;
            double millis = 12 + noise.nextInt(8) + 1000 * Math.min(wait, LONGEST_WAIT) * noisy();
            log.record(
                    "read",
                    error ? RequestOutcome.KO : RequestOutcome.OK,
                    START.plusSeconds(second).toEpochMilli() + Math.round(request * 999 / rate),
                    error ? 2 : (int) millis);
        }
    }

    private double bears(String part) {
        return bears.getOrDefault(part, AMPLE);
    }

    private double share(String part, double rate) {
        return waiting(part) > 0 ? 1 : Math.min(1, rate / bears(part));
    }

    private double waiting(String part) {
        return waiting.getOrDefault(part, 0.0);
    }

    /** Seconds that a request waits at a part after it was offered that rate for one more second. */
    private double queue(String part, double rate) {
        double seconds = Math.max(0, waiting(part) + rate / bears(part) - 1);
        double longest = part.equals("apply") ? 60 : LONGEST_WAIT * 1.2; // a service turns away what waits too long
        waiting.put(part, Math.min(longest, seconds));
        return waiting(part);
    }

    private double noisy() {
        return 1 + 0.02 * noise.nextGaussian();
    }

    private void reads(int second, String name, double value) {
        readings.computeIfAbsent(name, key -> new double[SECONDS])[second] = Math.max(
                0, name.contains("cpu") || name.contains("busy") ? Math.min(100, value * noisy()) : value * noisy());
    }

    private static Series series(String name, double[] values) {
        String[] parts = name.split("/", -1);
        MetricDefinition metric = MetricCatalogue.named(parts[0]).orElseThrow();
        List<Sample> samples = new ArrayList<>();
        for (int second = 0; second < values.length; second++) {
            samples.add(new Sample(START.plusSeconds(second), values[second]));
        }
        return new Series(
                metric.name(),
                metric.kind(),
                parts[1],
                new Origin("test", metric.name(), new TreeMap<>(), metric.statistic(), "test"),
                metric.unit(),
                Duration.ofSeconds(1),
                Series.Completeness.COMPLETE,
                "",
                samples);
    }
}
