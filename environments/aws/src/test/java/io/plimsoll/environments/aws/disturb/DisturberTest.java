package io.plimsoll.environments.aws.disturb;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.plimsoll.environments.aws.descriptor.Disturbing;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.PutScheduledUpdateGroupActionRequest;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.fis.model.StartExperimentRequest;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceRequest;

class DisturberTest {
    private static final Instant DUE = Instant.parse("2026-01-01T00:00:20Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:21Z");

    private final FakeStack aws = new FakeStack();

    @Test
    void terminatesOneRunningInstanceOfTheTierAndTellsIt() {
        Event event = disturber("terminate-instance").carryOut(asked("terminate-instance", "app tier"), DUE);

        assertThat(event.kind()).isEqualTo(Event.Kind.DISTURBANCE);
        assertThat(event.at()).isEqualTo(NOW);
        assertThat(event.details())
                .containsEntry("disturbance", "terminate-instance")
                .containsEntry("outcome", "done")
                .containsEntry("planned", "2026-01-01T00:00:20Z")
                .containsEntry("end", "2026-01-01T00:00:21Z");
        assertThat(event.resource()).isIn("i-app1", "i-app2", "i-app3");
        assertThat(event.summary()).isEqualTo("terminate-instance of app tier: terminated " + event.resource());
        assertThat(aws.calls)
                .containsExactly(TerminateInstancesRequest.builder()
                        .instanceIds(event.resource())
                        .build());
    }

    @Test
    void theSameSeedChoosesTheSameTargetAndAnotherSeedMayNot() {
        Set<String> chosen = new java.util.TreeSet<>();
        for (long seed = 0; seed < 20; seed++) {
            String first = disturber(seed, "terminate-instance")
                    .carryOut(asked("terminate-instance", "app tier"), DUE)
                    .resource();
            String second = disturber(seed, "terminate-instance")
                    .carryOut(asked("terminate-instance", "app tier"), DUE)
                    .resource();
            assertThat(second).isEqualTo(first);
            chosen.add(first);
        }
        assertThat(chosen).containsExactly("i-app1", "i-app2", "i-app3");
    }

    @Test
    void aZoneIsAllInstancesOfTheTierThere() {
        Disturbance zone =
                new Disturbance("terminate-zone", Optional.of("app tier"), new TreeMap<>(Map.of("zone", "us-east-1a")));

        Event event = disturber("terminate-zone").carryOut(zone, DUE);

        assertThat(event.resource()).isEqualTo("i-app1,i-app3");
        assertThat(event.summary())
                .isEqualTo("terminate-zone of app tier: terminated i-app1, i-app3, all of us-east-1a");
    }

    @Test
    void anInstanceIsStoppedGivenAnotherTypeAndStarted() {
        aws.statuses.addAll(List.of("stopping", "stopped", "pending", "running"));
        Disturbance resize =
                new Disturbance("resize-instance", Optional.of("web tier"), new TreeMap<>(Map.of("type", "m7g.large")));

        Event event = disturber("resize-instance").carryOut(resize, DUE);

        assertThat(event.summary()).isEqualTo("resize-instance of web tier: resized i-web1 to m7g.large");
        assertThat(aws.calls)
                .extracting(call -> call.getClass().getSimpleName())
                .containsExactly("StopInstancesRequest", "ModifyInstanceAttributeRequest", "StartInstancesRequest");
    }

    @Test
    void anInstanceThatIsToLoseItsHostIsStoppedAndStarted() {
        aws.statuses.addAll(List.of("stopping", "stopped", "pending", "running"));

        Event event = disturber("stop-start-instance").carryOut(asked("stop-start-instance", "web tier"), DUE);

        assertThat(event.summary()).isEqualTo("stop-start-instance of web tier: stopped and started i-web1");
        assertThat(aws.calls)
                .extracting(call -> call.getClass().getSimpleName())
                .containsExactly("StopInstancesRequest", "StartInstancesRequest");
    }

    @Test
    void aDatabaseIsRebootedWithFailover() {
        disturber("fail-over-database").carryOut(asked("fail-over-database", "database"), DUE);

        assertThat(aws.calls)
                .containsExactly(RebootDbInstanceRequest.builder()
                        .dbInstanceIdentifier("db")
                        .forceFailover(true)
                        .build());
    }

    @Test
    void anInstanceRefreshIsWaitedForAndFailsIfItDoes() {
        aws.statuses.addAll(List.of("Pending", "InProgress", "Successful"));
        Event done = disturber("refresh-instances").carryOut(asked("refresh-instances", "app tier"), DUE);

        assertThat(done.summary())
                .isEqualTo("refresh-instances of app tier: replaced every instance of app-group (refresh r-1)");
        assertThat(((StartInstanceRefreshRequest) aws.calls.get(0))
                        .preferences()
                        .minHealthyPercentage())
                .isEqualTo(90);

        aws.statuses.clear();
        aws.statuses.add("Failed");
        Event failed = disturber("refresh-instances").carryOut(asked("refresh-instances", "app tier"), DUE);
        assertThat(failed.details())
                .containsEntry("outcome", "failed")
                .containsEntry("reason", "instance refresh r-1 of app-group ended as Failed");
    }

    @Test
    void anExperimentIsThatOfTheDescriptor() {
        aws.statuses.addAll(List.of("running", "completed"));
        Disturber disturber = disturber(
                new Disturbing(new java.util.TreeSet<>(Set.of("run-experiment")), Optional.of("EXT9")),
                Optional.empty(),
                1);

        assertThat(disturber.carryOut(asked("run-experiment", ""), DUE).details())
                .containsEntry("outcome", "done");
        assertThat(((StartExperimentRequest) aws.calls.get(0)).experimentTemplateId())
                .isEqualTo("EXT9");
        assertThat(disturber("run-experiment")
                        .carryOut(asked("run-experiment", ""), DUE)
                        .details())
                .containsEntry("reason", "the environment names no disturb.experiment-template");
    }

    @Test
    void nothingIsDoneThatTheDescriptorDoesNotName() {
        Event event = disturber("reboot-instance").carryOut(asked("terminate-instance", "app tier"), DUE);

        assertThat(event.details())
                .containsEntry("outcome", "refused")
                .containsEntry("reason", "the environment does not permit it (disturb.allowed: reboot-instance)");
        assertThat(aws.calls).isEmpty();
    }

    @Test
    void aMissingPermissionIsNamed() {
        aws.denied = true;

        assertThat(disturber("terminate-instance")
                        .carryOut(asked("terminate-instance", "app tier"), DUE)
                        .details())
                .containsEntry("outcome", "failed")
                .containsEntry(
                        "reason", "permission ec2:TerminateInstances is missing (UnauthorizedOperation: not you)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "terminate-instance | read tier | the stack has no instance of 'read tier'",
                "refresh-instances | web tier | the stack has no scaling group of 'web tier'",
                "set-desired-capacity | app tier | set-desired-capacity needs 'capacity'",
                "schedule-capacity | app tier | schedule-capacity needs 'min', 'max' or 'desired'",
                "flush-cache | cache | AWS has no call for it, and this environment has no control channel",
            })
    void whatCannotBeDoneSaysWhy(String name, String of, String reason) {
        assertThat(disturber(name).carryOut(asked(name, of), DUE).details())
                .containsEntry("outcome", "failed")
                .containsEntry("reason", reason);
        assertThat(aws.calls).isEmpty();
    }

    @Test
    void aCapacityIsSetOnTheTiersGroup() {
        Disturbance four = new Disturbance(
                "set-desired-capacity", Optional.of("app tier"), new TreeMap<>(Map.of("capacity", "4")));

        disturber("set-desired-capacity").carryOut(four, DUE);

        assertThat(aws.calls)
                .containsExactly(SetDesiredCapacityRequest.builder()
                        .autoScalingGroupName("app-group")
                        .desiredCapacity(4)
                        .build());
    }

    @Test
    void aCapacityIsScheduledAheadByTheScaledTime() {
        Disturbance three = new Disturbance(
                "schedule-capacity",
                Optional.of("app tier"),
                new TreeMap<>(Map.of("desired", "3", "min", "2", "in", "2 min")));

        Event event = disturber("schedule-capacity").carryOut(three, DUE);

        assertThat(event.summary())
                .isEqualTo("schedule-capacity of app tier: scheduled desired=3, min=2 of app-group for "
                        + "2026-01-01T00:00:27Z");
        assertThat(aws.calls)
                .containsExactly(PutScheduledUpdateGroupActionRequest.builder()
                        .autoScalingGroupName("app-group")
                        .scheduledActionName("plimsoll-desired-3-min-2")
                        .startTime(NOW.plusSeconds(6))
                        .minSize(2)
                        .desiredCapacity(3)
                        .build());
    }

    @Test
    void whatAwsHasNoCallForGoesThroughTheControlChannelWithItsToken() throws IOException {
        List<String> orders = new ArrayList<>();
        HttpServer stack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stack.createContext("/", exchange -> {
            orders.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Plimsoll-Token"));
            boolean known = exchange.getRequestURI().getPath().equals("/disturb/replica-delay");
            byte[] said = (known ? "delayed\n" : "unknown order\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 404, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        stack.start();
        try {
            ControlChannel channel = new ControlChannel(
                    URI.create("http://127.0.0.1:" + stack.getAddress().getPort()), "secret");
            Disturber disturber =
                    disturber(Disturbing.only(Set.of("replica-delay", "nonsense")), Optional.of(channel), 1);

            Event done = disturber.carryOut(
                    new Disturbance("replica-delay", Optional.of("replica"), new TreeMap<>(Map.of("seconds", "5"))),
                    DUE);
            Event failed = disturber.carryOut(asked("nonsense", ""), DUE);

            assertThat(orders)
                    .containsExactly(
                            "POST /disturb/replica-delay?id=db-replica&seconds=5 secret",
                            "POST /disturb/nonsense secret");
            assertThat(done.summary()).isEqualTo("replica-delay of replica: delayed");
            assertThat(done.resource()).isEqualTo("db-replica");
            assertThat(failed.details()).containsEntry("reason", "the stack refused it: unknown order");
            assertThat(channel.toString()).doesNotContain("secret");
        } finally {
            stack.stop(0);
        }
    }

    private Disturber disturber(String... allowed) {
        return disturber(1, allowed);
    }

    private Disturber disturber(long seed, String... allowed) {
        return disturber(Disturbing.only(Set.of(allowed)), Optional.empty(), seed);
    }

    private Disturber disturber(Disturbing permission, Optional<ControlChannel> channel, long seed) {
        return new Disturber(
                aws.clients(),
                channel,
                permission,
                Duration.ofMillis(1),
                DisturberTest::stack,
                seed,
                0.05,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Disturbance asked(String name, String of) {
        return new Disturbance(name, Optional.ofNullable(of).filter(part -> !part.isEmpty()), new TreeMap<>());
    }

    private static Topology stack() {
        return new Topology(List.of(
                Resource.of(ResourceKind.SCALING_GROUP, "app-group", Map.of("tier", "app")),
                instance("i-app1", "us-east-1a", "app", "running"),
                instance("i-app2", "us-east-1b", "app", "running"),
                instance("i-app3", "us-east-1a", "app", "running"),
                instance("i-app4", "us-east-1a", "app", "terminated"),
                instance("i-web1", "us-east-1a", "web", "running"),
                Resource.of(ResourceKind.DATABASE, "db", Map.of()),
                Resource.of(ResourceKind.REPLICA, "db-replica", Map.of()),
                Resource.of(ResourceKind.CACHE, "cache", Map.of())));
    }

    private static Resource instance(String id, String zone, String tier, String state) {
        return Resource.of(ResourceKind.INSTANCE, id, Map.of("zone", zone, "tier", tier, "state", state));
    }
}
