package io.plimsoll.assertions.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stacks whose bottleneck is known, each with several draws of noise. */
class KnownBottlenecksTest {
    private static final int SEEDS = 8;
    private static final double LIMIT_MILLIS = 200;

    private static Arguments stack(String what, String named, UnaryOperator<QueueModel> made) {
        return Arguments.of(what, named, made);
    }

    static Stream<Arguments> stacks() {
        return Stream.of(
                stack("CPU-bound web servers", "host cpu of web-", model -> model.bears("web", 240)),
                stack("CPU-bound app servers", "host cpu of app-", model -> model.bears("app", 240)),
                stack(
                        "one hot app server",
                        "host cpu of app-1",
                        model -> model.bears("app", 450).hottestApp(0.6)),
                stack("a lock in the database", "database lock waits of db", model -> model.bears("locks", 240)),
                stack(
                        "a lock in the database, after a cold start",
                        "database lock waits of db",
                        model -> model.coldStart().bears("locks", 240)),
                stack("a small pool of connections", "host pool busy of app-", model -> model.bears("pool", 240)),
                stack(
                        "a cache that is too small",
                        "evictions of redis",
                        model -> model.cacheHolds(0.3).bears("replica", 120)),
                stack(
                        "a cache that is too small before a pool of connections",
                        "evictions of redis",
                        model -> model.cacheHolds(0.3).poolOfMisses().bears("pool", 120)),
                stack(
                        "a small pool of connections behind a cache that is large enough",
                        "host pool busy of app-",
                        model -> model.poolOfMisses().bears("pool", 12)),
                stack("a slow replica", "replica cpu of replica-1", model -> model.bears("replica", 12)),
                stack(
                        "a hot shard",
                        "shard cpu of shard-0",
                        model -> model.bears("shard", 420).hottestShard(0.9)),
                stack("the network", "host network exceeded of app-1", model -> model.bears("network", 240)),
                stack(
                        "CPU-bound app servers beside a host that is always busy",
                        "host cpu of app-",
                        model -> model.bears("app", 240).someoneElseIsBusy()),
                stack(
                        "CPU-bound app servers behind a cache that evicts as usual",
                        "host cpu of app-",
                        model -> model.bears("app", 240).cacheHolds(0.7)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stacks")
    void theBottleneckIsNamed(String what, String named, UnaryOperator<QueueModel> made) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Optional<SaturationOrder.Cause> found =
                    made.apply(new QueueModel(seed)).run().limiting().ofClient(LIMIT_MILLIS);

            assertThat(found.map(SaturationOrder.Cause::reason).orElse("unattributed"))
                    .as(what + ", seed " + seed)
                    .startsWith(named);
        }
    }

    @Test
    void aReplicaThatAppliesTooSlowlyIsNamedForStaleCopiesAndNotForResponseTimes() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Limiting limiting = new QueueModel(seed).bears("apply", 240).run().limiting();

            assertThat(limiting.ofCopies("staleness", 5).map(SaturationOrder.Cause::reason))
                    .hasValueSatisfying(
                            reason -> assertThat(reason).startsWith("replica lag of replica-1 grew beyond 2 s"));
            assertThat(limiting.ofClient(LIMIT_MILLIS)).isEmpty();
        }
    }

    @Test
    void aStackThatHoldsTheRateHasNoBottleneck() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(new QueueModel(seed).run().limiting().ofClient(LIMIT_MILLIS))
                    .isEmpty();
            assertThat(new QueueModel(seed).someoneElseIsBusy().run().limiting().ofClient(LIMIT_MILLIS))
                    .isEmpty();
        }
    }

    @Test
    void aBreachThatNothingObservedExplainsIsUnattributed() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(new QueueModel(seed)
                            .bears("other", 240)
                            .someoneElseIsBusy()
                            .run()
                            .limiting()
                            .ofClient(LIMIT_MILLIS))
                    .isEmpty();
        }
    }

    @Test
    void whereTimeIsLostIsToldThoughNothingExplainsIt() {
        assertThat(new QueueModel(1).bears("other", 240).run().limiting().lostTime(LIMIT_MILLIS))
                .hasValueSatisfying(where -> assertThat(where)
                        .matches("Time is lost behind the load balancer lb \\(p95 \\d{3} ms\\) and not behind app-lb"
                                + " \\(p95 10 ms\\): a network, or a wait that no metric shows"));
    }

    @Test
    void theReasonTellsOrderCorrelationDemandAndTheOthers() {
        assertThat(new QueueModel(1)
                        .bears("shard", 420)
                        .hottestShard(0.9)
                        .run()
                        .limiting()
                        .ofClient(LIMIT_MILLIS)
                        .orElseThrow()
                        .reason())
                .matches("shard cpu of shard-0 was above 85 % \\d+ s before the limit on response times and"
                        + " errors was missed, and what was missed follows it( \\d+ s later)? \\(rank correlation 0\\.\\d\\d\\); it spends"
                        + " [34]\\.\\d\\d ms on a request, so it is busy all the time at 2[0-9]{2} /s; the others of its"
                        + " kind were busy \\d\\d % on average");
    }
}
