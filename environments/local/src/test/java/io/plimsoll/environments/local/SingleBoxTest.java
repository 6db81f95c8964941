package io.plimsoll.environments.local;

import static io.plimsoll.environments.local.StagesTest.answers;
import static io.plimsoll.environments.local.StagesTest.running;
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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The stage that is one box: what it serves, what its restart takes along, how it grows, and who reaches it. */
class SingleBoxTest {
    private static final String FEW_ITEMS = "stack.service.items=50";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final byte[] BODY = "x".repeat(1_024).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    private RunningStack start(String... overrides) throws IOException {
        String[] all = Arrays.copyOf(overrides, overrides.length + 1);
        all[overrides.length] = FEW_ITEMS;
        return RunningStack.startStage("single-box", temporary, all);
    }

    @Test
    void itServesEverythingItselfIsRestartedWholeAndGrowsWhileItIsStopped() throws IOException {
        try (RunningStack stack = start();
                Ec2Client ec2 = stack.aws(Ec2Client.builder()).build()) {
            String id = running(ec2, "box").get(0).instanceId();
            servesAll(stack);
            isMeasured(stack, id);
            isFrozenForAsLongAsAsked(stack, id);
            letsNobodyIn(stack, ec2, false);
            isRestartedWhole(stack, ec2, id);
            growsWhileItIsStopped(stack, ec2, id);
        }
    }

    private static void servesAll(RunningStack stack) {
        assertThat(new String(stack.post("/items", BODY).body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":51}\n");
        HttpResponse<byte[]> file = stack.get("/static/7");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).hasSize(9 * 1_024);
        assertThat(file.headers().firstValue("ETag")).isPresent();
        assertThat(stack.get("/static/1001").statusCode()).isEqualTo(404);
    }

    private static void isMeasured(RunningStack stack, String id) {
        try (CloudWatchClient metrics = stack.aws(CloudWatchClient.builder()).build()) {
            String volume = "vol-" + id.substring(2);
            assertThat(Await.until(() -> metric(metrics, "AWS/EC2", "EBSReadOps", "InstanceId", id), LIMIT))
                    .isTrue();
            assertThat(Await.until(() -> metric(metrics, "AWS/EBS", "VolumeWriteOps", "VolumeId", volume), LIMIT))
                    .isTrue();
            for (String metric : List.of("mem_used_percent", "disk_used_percent")) {
                assertThat(metric(metrics, "CWAgent", metric, "InstanceId", id)).isTrue();
            }
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

    private static void isFrozenForAsLongAsAsked(RunningStack stack, String id) {
        String order = "/disturb/freeze-instance?id=" + id + "&millis=";
        HttpResponse<byte[]> refused =
                stack.order(order + "0", stack.ready().get("controlToken").asText());
        assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                .isEqualTo("millis must be a whole number in [1, 20000], was '0'\n");
        assertThat(stack.get("/items/1").statusCode()).as("it was not frozen").isEqualTo(200);

        long before = System.nanoTime();
        stack.disturb("freeze-instance?id=" + id + "&millis=300");

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(300_000_000L);
        assertThat(stack.get("/items/1").statusCode()).as("it is thawed").isEqualTo(200);
    }

    private static void isRestartedWhole(RunningStack stack, Ec2Client ec2, String id) {
        long service = stack.pid(id);
        long database = stack.pid("plimsoll-box-db");

        ec2.rebootInstances(request -> request.instanceIds(id));

        assertThat(Await.until(() -> !RunningStack.runs(service) && !RunningStack.runs(database), LIMIT))
                .isTrue();
        assertThat(Await.until(() -> answers(stack, "/items/51", 200), LIMIT)).isTrue();
        assertThat(ec2.describeAddresses().addresses().get(0).instanceId()).isEqualTo(id);
    }

    private static void growsWhileItIsStopped(RunningStack stack, Ec2Client ec2, String id) {
        Instance box = running(ec2, "box").get(0);
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

        assertThat(Await.until(() -> answers(stack, "/items/51", 200), LIMIT)).isTrue();
        assertThat(running(ec2, "box").get(0).instanceTypeAsString()).isEqualTo("local.box-2x");
        assertThat(ec2.describeVolumes().volumes().get(0).size()).isEqualTo(2);
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
    void itsDatabaseIsReachedFromOutsideIfItsPortIsLeftOpen() throws IOException {
        try (RunningStack stack = start("stack.faults.database-port-open=true");
                Ec2Client ec2 = stack.aws(Ec2Client.builder()).build()) {
            letsNobodyIn(stack, ec2, true);
        }
    }

    /** But through its own ports, and its database's if that is open. */
    private static void letsNobodyIn(RunningStack stack, Ec2Client ec2, boolean open) {
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
        try (RunningStack stack = start("stack.parts.box-address.static=false");
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
}
