package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.aws.Preflight.Check;
import io.plimsoll.environments.aws.Preflight.State;
import io.plimsoll.environments.aws.WireAws.Call;
import io.plimsoll.environments.aws.WireAws.Reply;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.environments.aws.descriptor.Observing;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Series.Completeness;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The collector over real HTTP, with the SDK's own clients: they sign, retry, time out and read what a service answers. Only
 * the time that passes between two pulls is not real. Each trouble ends in an outcome that says so; none hangs.
 */
@Timeout(120)
class WireFaultsTest {
    private static final Instant FROM = Instant.parse("2026-11-24T09:58:00Z");
    private static final TimeWindow WINDOW = new TimeWindow(FROM, FROM.plusSeconds(10));
    private static final String GET = "monitoring:GetMetricData";

    private final FakeTime time = new FakeTime();
    private final WireAws aws = new WireAws(time);
    private Environment environment = Descriptors.looking(lookingForTheBalancer());
    private AwsClients clients = open(environment, time);

    private static Landmarks lookingForTheBalancer() {
        return new Landmarks(Optional.of("shop-lb"), Optional.empty(), Optional.empty());
    }

    private AwsClients open(Environment environment, Clock clock) {
        return AwsClients.open(environment.at(aws.address(), aws.address()), clock);
    }

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private Topology discover() throws InterruptedException {
        return new TopologyDiscovery(clients, environment).discover();
    }

    private Observations gather(TimeWindow window) throws InterruptedException {
        Topology topology = discover();
        TargetHealthWatch watch = new TargetHealthWatch(
                clients.services().loadBalancing(), AwsCalls.unbounded(time), topology.of(ResourceKind.TARGET_GROUP));
        watch.poll();
        return new Gathering(clients, environment, time, time)
                .gather(
                        topology,
                        SettlementCase.metric("host cpu"),
                        watch,
                        window,
                        time.instant().plus(environment.observe().settleDeadline()));
    }

    private Observations gather() throws InterruptedException {
        return gather(WINDOW);
    }

    private Observations gatherOf(int instances) throws InterruptedException {
        WireStack.in(aws, instances);
        return gather();
    }

    private static List<Double> values(Series series) {
        return series.samples().stream().map(Sample::value).toList();
    }

    private void during(String operation, java.util.function.Function<Call, Optional<Reply>> fault) {
        aws.fault(call ->
                operation.equals(call.service() + ":" + call.operation()) ? fault.apply(call) : Optional.empty());
    }

    @Test
    void aCallThatIsThrottledAtTimesIsMadeAgain() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        during(
                GET,
                call -> made.getAndIncrement() % 2 == 0
                        ? Optional.of(WireAws.error(400, "Throttling", "Rate exceeded"))
                        : Optional.empty());
        Observations seen = gatherOf(2);
        assertThat(seen.series()).hasSize(2).extracting(Series::completeness).containsOnly(Completeness.COMPLETE);
        assertThat(seen.collection().settled()).isTrue();
        assertThat(seen.collection().problems()).isEmpty();
        assertThat(seen.collection().apiCalls()).containsEntry("cloudwatch:GetMetricData", (long) made.get());
        assertThat(made.get()).isEqualTo(4);
    }

    @Test
    void aServiceThatThrottlesForGoodIsGivenUpAtTheDeadline() throws InterruptedException {
        // time for two pulls, because the SDK waits longer and longer
        environment = Descriptors.observed(
                lookingForTheBalancer(),
                new Observing(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        false,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3)));
        during(GET, call -> Optional.of(WireAws.error(400, "Throttling", "Rate exceeded")));
        Observations seen = gatherOf(1);
        Series series = seen.series().get(0);
        assertThat(series.completeness()).isEqualTo(Completeness.FAILED);
        assertThat(series.note()).isEqualTo("cloudwatch:GetMetricData was throttled (Throttling: Rate exceeded)");
        assertThat(seen.collection().settled()).isFalse();
        assertThat(seen.collection().problems())
                .containsExactly("1 of 1 metric series, such as 'host cpu' of " + WireStack.instance(0)
                        + ", are FAILED: cloudwatch:GetMetricData was throttled (Throttling: Rate exceeded)");
        assertThat(Duration.between(FakeTime.START, time.instant()))
                .isLessThanOrEqualTo(environment.observe().settleDeadline());
    }

    @Test
    void credentialsThatExpireInMidRunKeepWhatWasSeenAndEndTheWaiting() throws InterruptedException {
        AtomicInteger pulls = new AtomicInteger();
        during(
                GET,
                call -> pulls.getAndIncrement() > 0
                        ? Optional.of(WireAws.error(
                                403, "ExpiredToken", "The security token included in the request is expired"))
                        : Optional.empty());
        Series series = gatherOf(1).series().get(0);
        assertThat(series.completeness()).isEqualTo(Completeness.REFUSED);
        assertThat(series.note())
                .isEqualTo("the credentials are not accepted for cloudwatch:GetMetricData (ExpiredToken: The security"
                        + " token included in the request is expired)");
        assertThat(values(series)).hasSize(10).containsOnly(42.0);
        assertThat(pulls.get()).as("an expired token is not tried again").isEqualTo(2);
    }

    @Test
    void aPageThatIsLostForGoodMakesTheSeriesFailed() throws InterruptedException {
        during(
                GET,
                call -> Optional.of(
                        call.parameter("NextToken").isEmpty()
                                ? WireStack.results(call, WireStack.result("m0", List.of(FROM), List.of(1.0)), "second")
                                : Reply.NONE));
        Observations seen = gatherOf(2);
        assertThat(seen.series()).hasSize(2).extracting(Series::completeness).containsOnly(Completeness.FAILED);
        assertThat(seen.series().get(0).note()).startsWith("cloudwatch:GetMetricData failed: ");
        assertThat(seen.collection().settled()).isFalse();
    }

    @Test
    void pagesThatComeTwiceAndInDisorderAreCountedOnceAndSorted() throws InterruptedException {
        String late = WireStack.result("m0", List.of(FROM.plusSeconds(3), FROM.plusSeconds(2)), List.of(30.0, 20.0));
        String early = WireStack.result("m0", List.of(FROM.plusSeconds(1), FROM), List.of(10.0, 0.0));
        during(
                GET,
                call -> Optional.of(
                        switch (call.parameter("NextToken")) {
                            case "" -> WireStack.results(call, late, "second");
                            case "second" -> WireStack.results(call, late + early, "third");
                            default -> WireStack.results(call, early, "");
                        }));
        Series series = gatherOf(1).series().get(0);
        assertThat(series.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(values(series)).containsExactly(0.0, 10.0, 20.0, 30.0);
    }

    @Test
    void datapointsThatComeLateAndAreRevisedAreTakenAsTheyStandInTheEnd() throws InterruptedException {
        AtomicInteger pulls = new AtomicInteger();
        during(GET, call -> {
            int pull = pulls.incrementAndGet();
            List<Instant> times = IntStream.range(0, Math.min(8 + pull, 10))
                    .mapToObj(FROM::plusSeconds)
                    .toList();
            return Optional.of(WireStack.results(
                    call,
                    WireStack.result(
                            "m0",
                            times,
                            times.stream()
                                    .map(at -> pull < 3 ? 1.0 * pull : 3.0)
                                    .toList()),
                    ""));
        });
        Observations seen = gatherOf(1);
        assertThat(seen.series().get(0).completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(values(seen.series().get(0))).hasSize(10).containsOnly(3.0);
        assertThat(seen.collection().settled()).isTrue();
        assertThat(pulls.get())
                .as("changed at the second and third pull, unchanged at the fourth")
                .isEqualTo(4);
    }

    @Test
    void twelveHundredTargetsAreReadPageByPageAndPulledInFullBatches() throws InterruptedException {
        Observations seen = gatherOf(1200);
        assertThat(seen.topologyAtEnd().of(ResourceKind.INSTANCE)).hasSize(1200);
        assertThat(seen.topologyAtEnd().of(ResourceKind.SCALING_GROUP)).hasSize(12);
        assertThat(seen.series()).hasSize(1200).extracting(Series::completeness).containsOnly(Completeness.COMPLETE);
        assertThat(seen.collection().problems()).isEmpty();
        assertThat(aws.calls("ec2:DescribeInstances"))
                .allSatisfy(call -> assertThat(call.list("Filter.1.Value")).hasSizeLessThanOrEqualTo(200));
        assertThat(aws.calls(GET))
                .extracting(call -> WireStack.queries(call).size())
                .containsExactly(500, 500, 200, 300);
    }

    @Test
    void sixtySeriesOverAnHourAreAtMostOneAndAHalfMetricsEach() throws InterruptedException {
        Observing hourly = new Observing(
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                false,
                Duration.ofMinutes(3),
                Duration.ofMinutes(15),
                false,
                0.02);
        environment = Descriptors.observed(lookingForTheBalancer(), hourly);
        WireStack.in(aws, 60);
        Instant start = FakeTime.START.minus(Duration.ofHours(1));
        Observations seen = gather(new TimeWindow(start, FakeTime.START));
        assertThat(seen.series()).hasSize(60).allSatisfy(series -> {
            assertThat(series.completeness()).isEqualTo(Completeness.COMPLETE);
            assertThat(series.samples()).hasSize(60);
        });
        int counted = aws.calls(GET).stream()
                .mapToInt(call -> WireStack.queries(call).size())
                .sum();
        assertThat(counted).isBetween(61, 90);
        assertThat(seen.collection().metricsRequested()).isEqualTo(counted);
        assertThat(seen.collection().costUsd()).as("at the file's price").isEqualTo(0.02 * counted / 1_000);
    }

    @Test
    void permissionsThatOneServiceLacksBlindItAndNothingElse() throws InterruptedException {
        aws.fault(call -> call.service().equals("rds")
                ? Optional.of(WireAws.error(
                        call,
                        403,
                        "AccessDenied",
                        "User: arn:aws:iam::123456789012:user/load-test is not authorized to perform: rds:"
                                + call.operation()))
                : Optional.empty());
        Observations seen = gatherOf(2);
        assertThat(seen.series()).extracting(Series::completeness).containsOnly(Completeness.COMPLETE);
        assertThat(seen.collection().problems())
                .anySatisfy(
                        problem -> assertThat(problem)
                                .startsWith(
                                        "databases are not seen: permission rds:DescribeDBInstances is missing (AccessDenied: "))
                .allSatisfy(problem -> assertThat(problem).contains("rds:"));
        assertThat(preflight(time))
                .filteredOn(
                        check -> check.state() == State.BLIND && check.says().contains("rds:"))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.remedy()).isNotEmpty());
    }

    private List<Check> preflight(Clock clock) throws InterruptedException {
        return new Preflight(clients, environment, clock).look(List.of()).checks();
    }

    @ParameterizedTest
    @ValueSource(ints = {-90, 90})
    void aClockThatIsApartIsMeasuredAndRefusesTheRunThoughEveryCallIsAnswered(int seconds) throws InterruptedException {
        try (WireAws apart = new WireAws(Clock.systemUTC());
                AwsClients there =
                        AwsClients.open(environment.at(apart.address(), apart.address()), Clock.systemUTC())) {
            WireStack.in(apart, 1);
            apart.skew(Duration.ofSeconds(seconds));
            List<Check> checks = new Preflight(there, environment, Clock.systemUTC())
                    .look(List.of())
                    .checks();
            assertThat(checks)
                    .filteredOn(check -> check.state() == State.REFUSED)
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.what()).isEqualTo("clock");
                        assertThat(check.remedy())
                                .isEqualTo(
                                        "set this machine's clock and the stack's (chrony, NTP): what they say could not be"
                                                + " lined up");
                    });
            assertThat(there.clockOffset())
                    .hasValueSatisfying(offset -> assertThat(Math.abs(offset.millis() - seconds * 1000L))
                            .isLessThanOrEqualTo(offset.errorMillis()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-600, 600})
    void aClockSoFarApartThatSignaturesExpireIsCorrectedByTheSdkAndStillMeasured(int seconds)
            throws InterruptedException {
        try (WireAws apart = new WireAws(Clock.systemUTC());
                AwsClients there =
                        AwsClients.open(environment.at(apart.address(), apart.address()), Clock.systemUTC())) {
            WireStack.in(apart, 1);
            apart.skew(Duration.ofSeconds(seconds));
            assertThat(AwsCalls.unbounded(Clock.systemUTC())
                            .call(
                                    "sts:GetCallerIdentity",
                                    () -> there.services().sts().getCallerIdentity())
                            .arn())
                    .endsWith("user/load-test");
            Set<String> signed = new HashSet<>();
            apart.calls("sts:GetCallerIdentity").forEach(call -> signed.add(call.signed()));
            assertThat(signed)
                    .as("refused, and signed again by the service's clock")
                    .hasSize(2);
            assertThat(there.clockOffset())
                    .hasValueSatisfying(offset -> assertThat(Math.abs(offset.millis() - seconds * 1000L))
                            .isLessThanOrEqualTo(offset.errorMillis()));
        }
    }
}
