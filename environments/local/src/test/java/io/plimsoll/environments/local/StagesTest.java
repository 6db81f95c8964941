package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.process.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Each stage serves through the parts it is made of, and does without those that are taken away. */
class StagesTest {
    private static final String FEW_ITEMS = "stack.service.items=50";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final byte[] BODY = "x".repeat(1_024).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String cookie(HttpResponse<byte[]> opened) {
        assertThat(opened.statusCode()).isEqualTo(201);
        return opened.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    static List<Instance> running(Ec2Client ec2, String tier) {
        return ec2.describeInstances().reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .filter(instance -> instance.state().name() == InstanceStateName.RUNNING)
                .filter(instance -> instance.tags().stream()
                        .anyMatch(tag -> tag.key().equals("tier") && tag.value().equals(tier)))
                .toList();
    }

    private static Set<String> ids(List<Instance> instances) {
        return instances.stream().map(Instance::instanceId).collect(Collectors.toSet());
    }

    private static Set<String> zones(List<Instance> instances) {
        return instances.stream()
                .map(instance -> instance.placement().availabilityZone())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void anObjectStoreStageIsOneWebServerWhoseAddressAndDataOutliveARestart() throws IOException {
        try (RunningStack stack = RunningStack.startStage("object-store", temporary, FEW_ITEMS);
                Ec2Client ec2 = stack.aws(Ec2Client.builder()).build()) {
            assertThat(text(stack.post("/items", BODY))).isEqualTo("{\"id\":51}\n");
            String cookie = cookie(stack.post("/session", new byte[0]));
            assertThat(text(stack.get("/session", cookie))).contains("\"visits\":1}");
            HttpResponse<byte[]> file = stack.get("/static/7");
            assertThat(file.statusCode()).isEqualTo(302);
            assertThat(file.headers().firstValue("Location"))
                    .hasValueSatisfying(url ->
                            assertThat(url).startsWith("http://127.0.0.1:").endsWith("/static/7"));
            String id = running(ec2, "web").get(0).instanceId();
            long before = stack.pid(id);

            ec2.rebootInstances(request -> request.instanceIds(id));

            assertThat(Await.until(() -> !RunningStack.runs(before), LIMIT)).isTrue();
            assertThat(Await.until(() -> answers(stack, "/items/51", 200), LIMIT))
                    .isTrue();
            assertThat(running(ec2, "web").get(0).instanceId()).isEqualTo(id);
            assertThat(ec2.describeAddresses().addresses().get(0).instanceId()).isEqualTo(id);
            assertThat(stack.get("/session", cookie).statusCode())
                    .as("a session in the memory of the server that was restarted")
                    .isEqualTo(401);

            ec2.stopInstances(request -> request.instanceIds(id));
            assertThat(Await.until(() -> running(ec2, "web").isEmpty(), LIMIT)).isTrue();
            assertThat(answers(stack, "/health", 200)).isFalse();
            assertThat(Await.until(() -> starts(ec2, id), LIMIT)).isTrue();
            assertThat(Await.until(() -> answers(stack, "/items/51", 200), LIMIT))
                    .isTrue();
        }
    }

    static boolean starts(Ec2Client ec2, String id) {
        return ec2.startInstances(request -> request.instanceIds(id))
                        .startingInstances()
                        .get(0)
                        .currentState()
                        .name()
                != InstanceStateName.STOPPED;
    }

    static boolean answers(RunningStack stack, String path, int status) {
        try {
            return stack.get(path).statusCode() == status;
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    @Test
    void aLoadBalancedStageServesThroughTwoTiersInTwoZonesAndDoesWithoutOneZone() throws IOException {
        try (RunningStack stack = RunningStack.startStage("load-balanced", temporary, FEW_ITEMS);
                Ec2Client ec2 = stack.aws(Ec2Client.builder()).build();
                ElasticLoadBalancingV2Client elb =
                        stack.aws(ElasticLoadBalancingV2Client.builder()).build()) {
            for (String tier : List.of("web", "read", "write")) {
                assertThat(zones(running(ec2, tier))).containsExactly("us-east-1a", "us-east-1b");
            }
            assertThat(elb.describeTargetGroups().targetGroups())
                    .extracting(group -> group.targetGroupName())
                    .containsExactly("plimsoll-web", "plimsoll-read", "plimsoll-write");
            assertThat(stack.post("/items", BODY).headers().firstValue("Location"))
                    .contains("/items/51");
            assertThat(stack.get("/items/51").body()).isEqualTo(BODY);
            assertThat(text(stack.get("/items/51?from=nowhere")))
                    .isEqualTo("no database 'nowhere', only plimsoll-db\n");
            assertThat(stack.get("/nowhere").statusCode()).isEqualTo(404);

            String frozen = running(ec2, "read").get(0).instanceId();
            stack.disturb("freeze-instance?id=" + frozen);
            assertThat(Await.until(() -> !healthyTargets(elb, "plimsoll-read").contains(frozen), LIMIT))
                    .isTrue();
            assertThat(stack.get("/items/1").statusCode()).isEqualTo(200);
            assertThat(Await.until(
                            () -> !ids(running(ec2, "read")).contains(frozen)
                                    && healthyTargets(elb, "plimsoll-read").size() == 2,
                            LIMIT))
                    .as("the group has replaced it")
                    .isTrue();

            Set<String> taken = Stream.of("web", "read", "write")
                    .flatMap(tier -> running(ec2, tier).stream())
                    .filter(instance -> instance.placement().availabilityZone().equals("us-east-1a"))
                    .map(Instance::instanceId)
                    .collect(Collectors.toSet());
            assertThat(taken).isNotEmpty();
            stack.disturb("take-zone?zone=us-east-1a");
            assertThat(Await.until(
                            () -> List.of("web", "read", "write").stream()
                                    .noneMatch(tier -> !Collections.disjoint(ids(running(ec2, tier)), taken)),
                            LIMIT))
                    .isTrue();
            assertThat(Await.until(
                            () -> List.of("plimsoll-web", "plimsoll-read", "plimsoll-write").stream()
                                    .map(group -> healthyTargets(elb, group))
                                    .noneMatch(healthy -> healthy.isEmpty() || !Collections.disjoint(healthy, taken)),
                            LIMIT))
                    .isTrue();
            assertThat(stack.get("/items/51").body()).isEqualTo(BODY);
            assertThat(stack.post("/items", BODY).statusCode()).isEqualTo(201);
        }
    }

    private static String arn(ElasticLoadBalancingV2Client elb, String group) {
        return elb.describeTargetGroups(request -> request.names(group))
                .targetGroups()
                .get(0)
                .targetGroupArn();
    }

    private static Set<String> healthyTargets(ElasticLoadBalancingV2Client elb, String group) {
        return elb
                .describeTargetHealth(request -> request.targetGroupArn(arn(elb, group)))
                .targetHealthDescriptions()
                .stream()
                .filter(target -> target.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
                .map(target -> target.target().id())
                .collect(Collectors.toSet());
    }

    @Test
    void aCachedStageSwitchesItsCacheAndKeepsSessionsWhenAWebServerIsLost() throws IOException {
        try (RunningStack stack = RunningStack.startStage("cached-replicas", temporary, FEW_ITEMS);
                Ec2Client ec2 = stack.aws(Ec2Client.builder()).build();
                ElasticLoadBalancingV2Client elb =
                        stack.aws(ElasticLoadBalancingV2Client.builder()).build()) {
            assertThat(cached(stack)).isEqualTo("miss");
            assertThat(cached(stack)).isEqualTo("hit");
            stack.disturb("cache-flush");
            assertThat(cached(stack)).isEqualTo("miss");
            stack.disturb("cache-off");
            assertThat(Await.until(() -> both(stack, "miss"::equals), LIMIT)).isTrue();
            stack.disturb("cache-on");
            assertThat(Await.until(() -> both(stack, "hit"::equals), LIMIT)).isTrue();
            assertThat(stack.get("/items/1?from=plimsoll-db-replica-2")
                            .headers()
                            .firstValue("X-Cache"))
                    .contains("bypass");

            String cookie = cookie(stack.post("/session", new byte[0]));
            stack.disturb("terminate-instance?id=" + running(ec2, "web").get(0).instanceId());
            assertThat(Await.until(() -> healthyTargets(elb, "plimsoll-web").size() == 1, LIMIT))
                    .isTrue();
            assertThat(text(stack.get("/session", cookie))).contains("\"visits\":1}");
            assertThat(stack.get("/session", "session=unknown").statusCode()).isEqualTo(401);
        }
    }

    private static String cached(RunningStack stack) {
        return stack.get("/items/1").headers().firstValue("X-Cache").orElse("");
    }

    /** Whether both of two requests, which go to the two instances in turn, were answered so. */
    private static boolean both(RunningStack stack, Predicate<String> expected) {
        List<String> answers = List.of(cached(stack), cached(stack));
        return answers.stream().allMatch(expected);
    }
}
