package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.process.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
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

    private static List<Instance> running(Ec2Client ec2, String tier) {
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

    @Test
    void aSingleBoxServesEverythingItselfAndARebootRestartsAllOfIt() throws IOException {
        try (RunningStack stack = RunningStack.startStage("single-box", temporary, FEW_ITEMS);
                Ec2Client ec2 = stack.aws(Ec2Client.builder()).build();
                CloudWatchClient metrics = stack.aws(CloudWatchClient.builder()).build()) {
            String id = running(ec2, "box").get(0).instanceId();
            assertThat(text(stack.post("/items", BODY))).isEqualTo("{\"id\":51}\n");
            HttpResponse<byte[]> file = stack.get("/static/7");
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.body()).hasSize(9 * 1_024);
            assertThat(file.headers().firstValue("ETag")).isPresent();
            assertThat(stack.get("/static/1001").statusCode()).isEqualTo(404);
            String volume = "vol-" + id.substring(2);
            assertThat(Await.until(() -> metric(metrics, "AWS/EC2", "EBSReadOps", "InstanceId", id), LIMIT))
                    .isTrue();
            assertThat(Await.until(() -> metric(metrics, "AWS/EBS", "VolumeWriteOps", "VolumeId", volume), LIMIT))
                    .isTrue();
            for (String metric : List.of("mem_used_percent", "disk_used_percent")) {
                assertThat(metric(metrics, "CWAgent", metric, "InstanceId", id)).isTrue();
            }
            long before = System.nanoTime();
            stack.disturb("freeze-instance?id=" + id + "&millis=300");
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(300_000_000L);
            assertThat(stack.get("/items/1").statusCode()).as("it is thawed").isEqualTo(200);
            long service = stack.pid(id);
            long database = stack.pid("plimsoll-box-db");

            ec2.rebootInstances(request -> request.instanceIds(id));

            assertThat(Await.until(() -> !RunningStack.runs(service) && !RunningStack.runs(database), LIMIT))
                    .isTrue();
            assertThat(Await.until(() -> answers(stack, "/items/51", 200), LIMIT))
                    .isTrue();
            assertThat(ec2.describeAddresses().addresses().get(0).instanceId()).isEqualTo(id);
        }
    }

    @Test
    void aBoxIsGivenABiggerTypeWhileItIsStoppedAndShowsTheMemoryOfThat() throws IOException {
        try (RunningStack stack = RunningStack.startStage("single-box", temporary, FEW_ITEMS);
                Ec2Client ec2 = stack.aws(Ec2Client.builder()).build()) {
            Instance box = running(ec2, "box").get(0);
            String id = box.instanceId();
            assertThat(box.instanceTypeAsString()).isEqualTo("local.box");
            assertThatThrownBy(() -> resize(ec2, id, "local.box-2x"))
                    .isInstanceOf(Ec2Exception.class)
                    .hasMessageContaining("The instance '" + id + "' is not in the 'stopped' state.");

            ec2.stopInstances(request -> request.instanceIds(id));
            assertThat(Await.until(() -> isStopped(ec2, id), LIMIT)).isTrue();
            assertThatThrownBy(() -> resize(ec2, id, "m5.large"))
                    .isInstanceOf(Ec2Exception.class)
                    .hasMessageContaining("The instance type 'm5.large' is not known");
            resize(ec2, id, "local.box-2x");
            ec2.startInstances(request -> request.instanceIds(id));

            assertThat(Await.until(() -> answers(stack, "/items/1", 200), LIMIT))
                    .isTrue();
            assertThat(running(ec2, "box").get(0).instanceTypeAsString()).isEqualTo("local.box-2x");
            assertThat(ec2.describeVolumes().volumes().get(0).size()).isEqualTo(2);
        }
    }

    private static void resize(Ec2Client ec2, String id, String type) {
        ec2.modifyInstanceAttribute(request -> request.instanceId(id).instanceType(value -> value.value(type)));
    }

    private static boolean isStopped(Ec2Client ec2, String id) {
        return ec2.describeInstances(request -> request.instanceIds(id))
                        .reservations()
                        .get(0)
                        .instances()
                        .get(0)
                        .state()
                        .name()
                == InstanceStateName.STOPPED;
    }

    @Test
    void theDatabaseOfABoxIsReachedFromOutsideOnlyIfItsPortIsLeftOpen() throws IOException {
        for (boolean open : List.of(false, true)) {
            try (RunningStack stack = RunningStack.startStage(
                            "single-box", temporary, FEW_ITEMS, "stack.faults.database-port-open=" + open);
                    Ec2Client ec2 = stack.aws(Ec2Client.builder()).build()) {
                int database = stack.ready().get("closedPorts").get(0).asInt();
                assertThat(isOpen(database)).isEqualTo(open);
                stack.ready()
                        .get("openPorts")
                        .forEach(port -> assertThat(isOpen(port.asInt())).isTrue());
                assertThat(ec2.describeSecurityGroups().securityGroups().get(0).ipPermissions())
                        .hasSize(open ? 3 : 2)
                        .anyMatch(rule -> rule.fromPort() == database || !open);
                assertThat(stack.ready().get("httpsUrl").asText()).startsWith("https://127.0.0.1:");
            }
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void anAddressThatIsNotElasticIsLostWhenTheBoxIsStopped() throws IOException {
        try (RunningStack stack = RunningStack.startStage(
                        "single-box", temporary, FEW_ITEMS, "stack.parts.box-address.static=false");
                Ec2Client ec2 = stack.aws(Ec2Client.builder()).build()) {
            assertThat(ec2.describeAddresses().addresses()).isEmpty();
            String id = running(ec2, "box").get(0).instanceId();
            ec2.stopInstances(request -> request.instanceIds(id));
            assertThat(Await.until(() -> isStopped(ec2, id), LIMIT)).isTrue();
            ec2.startInstances(request -> request.instanceIds(id));
            assertThat(Await.until(() -> !running(ec2, "box").isEmpty(), LIMIT)).isTrue();
            assertThat(answers(stack, "/health", 200)).isFalse();
        }
    }

    private static boolean metric(
            CloudWatchClient metrics, String namespace, String name, String dimension, String value) {
        return !metrics.listMetrics(request -> request.namespace(namespace)
                        .metricName(name)
                        .dimensions(DimensionFilter.builder()
                                .name(dimension)
                                .value(value)
                                .build()))
                .metrics()
                .isEmpty();
    }

    private static boolean starts(Ec2Client ec2, String id) {
        return ec2.startInstances(request -> request.instanceIds(id))
                        .startingInstances()
                        .get(0)
                        .currentState()
                        .name()
                != InstanceStateName.STOPPED;
    }

    private static boolean answers(RunningStack stack, String path, int status) {
        try {
            return stack.get(path).statusCode() == status;
        } catch (java.io.UncheckedIOException refused) {
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
