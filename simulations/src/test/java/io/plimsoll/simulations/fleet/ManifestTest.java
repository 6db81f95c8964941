package io.plimsoll.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Job;
import io.plimsoll.results.run.ShardPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.250Z");
    /** Five minutes later, at the next whole second. */
    private static final long T0 = Instant.parse("2026-11-25T12:05:01Z").toEpochMilli();

    private static final Hosting HOSTING = new Hosting(
            "eclipse-temurin:17",
            Optional.of(new Hosting.Volume("shared-volume", "/shared")),
            Optional.empty(),
            "",
            4,
            2048);
    /** Nodes that share no disk: the image holds the checkout, results go to a bucket. */
    private static final Hosting APART = new Hosting(
            "registry.example/plimsoll:1", Optional.empty(), Optional.of(Path.of("/plimsoll")), "load", 4, 2048);

    @TempDir
    Path directory = Path.of("");

    private GangOrder order() {
        return order(new ResultsPlace.Shared(new ShardPlace(directory), Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private GangOrder order(String bucket) {
        return order(new ToldOnly(bucket, new ShardPlace(directory)));
    }

    private GangOrder order(ResultsPlace results) {
        return new GangOrder(
                "20261125-120000000-staging-auto-scaled-plan",
                6,
                Path.of("/shared/plimsoll"),
                results,
                List.of("-Xmx1g", "-Dshard.count=6", "-Dclaims=a \"quoted\\one\""),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30));
    }

    private JsonNode submitted(ManifestEngine.Form form) throws IOException {
        Engine.Gang gang = new ManifestEngine(form, Clock.fixed(NOW, ZoneOffset.UTC)).submit(order());
        assertThat(gang.start()).contains(Instant.ofEpochMilli(T0));
        assertThat(gang.name()).contains(directory.resolve(form.file()).toString());
        assertThat(Files.readString(directory.resolve("injector.args")))
                .isEqualTo("\"-Xmx1g\"\n\"-Dshard.count=6\"\n\"-Dclaims=a \\\"quoted\\\\one\\\"\"\n");
        return new ObjectMapper().readTree(Files.readString(directory.resolve(form.file())));
    }

    @Test
    void theKubernetesJobStartsEveryInjectorOnceAndIsOfTheApisSchema() throws IOException {
        JsonNode job = submitted(new KubernetesJob(HOSTING));
        V1Job.validateJsonElement(JsonParser.parseString(job.toString()));

        JsonNode spec = job.get("spec");
        assertThat(job.at("/metadata/name").asText()).isEqualTo("plimsoll-20261125-120000000-staging-auto-scaled-plan");
        assertThat(spec.get("completionMode").asText()).isEqualTo("Indexed");
        assertThat(spec.get("completions").asInt()).isEqualTo(6);
        assertThat(spec.get("parallelism").asInt()).isEqualTo(6);
        assertThat(spec.get("backoffLimit").asInt(-1)).isZero();
        assertThat(spec.get("activeDeadlineSeconds").asInt()).isEqualTo(35 * 60);
        JsonNode pod = spec.at("/template/spec");
        assertThat(pod.get("restartPolicy").asText()).isEqualTo("Never");
        assertThat(pod.at("/containers/0/workingDir").asText()).isEqualTo("/shared/plimsoll");
        assertThat(pod.at("/containers/0/command").toString())
                .isEqualTo("[\"" + GangOrder.injector() + "\",\"" + directory + "\",\"" + T0 + "\"]");
    }

    @Test
    void aKeyThatKubernetesDoesNotKnowWouldBeFound() {
        String misspelt =
                new KubernetesJob(HOSTING).text(order(), NOW).replace("terminationGracePeriodSeconds", "gracePeriod");
        assertThatThrownBy(() -> V1Job.validateJsonElement(JsonParser.parseString(misspelt)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gracePeriod");
    }

    @Test
    void theBatchJobStartsEveryNodeTogetherAndNoneAgain() throws IOException {
        JsonNode definition = submitted(new BatchJob(HOSTING));
        assertThat(definition.get("type").asText()).isEqualTo("multinode");
        assertThat(definition.at("/retryStrategy/attempts").asInt()).isEqualTo(1);
        assertThat(definition.at("/timeout/attemptDurationSeconds").asInt()).isEqualTo(35 * 60);
        JsonNode nodes = definition.get("nodeProperties");
        assertThat(nodes.get("numNodes").asInt()).isEqualTo(6);
        assertThat(nodes.get("mainNode").asInt(-1)).isZero();
        assertThat(nodes.at("/nodeRangeProperties/0/targetNodes").asText()).isEqualTo("0:5");
        JsonNode command = nodes.at("/nodeRangeProperties/0/container/command");
        assertThat(command.get(command.size() - 1).asText()).isEqualTo(Long.toString(T0));
    }

    @Test
    void nodesThatShareNoDiskFindTheCheckoutInTheImageAndPublishToABucket() throws IOException {
        String bucket = "s3://results/load/20261125?region=eu-west-1";
        GangOrder order = order(bucket);
        String job = new KubernetesJob(APART).text(order, NOW);
        V1Job.validateJsonElement(JsonParser.parseString(job));
        JsonNode pod = new ObjectMapper().readTree(job).at("/spec/template/spec");
        assertThat(pod.has("volumes")).isFalse();
        assertThat(pod.get("serviceAccountName").asText()).isEqualTo("load");
        assertThat(pod.at("/containers/0").has("volumeMounts")).isFalse();
        assertThat(pod.at("/containers/0/workingDir").asText()).isEqualTo("/plimsoll");
        assertThat(pod.at("/containers/0/command").toString())
                .isEqualTo("[\"/plimsoll/simulations/injector\",\"" + bucket + "\",\"" + NOW.toEpochMilli() + "\"]");

        JsonNode node = new ObjectMapper()
                .readTree(new BatchJob(APART).text(order, NOW))
                .at("/nodeProperties/nodeRangeProperties/0/container");
        assertThat(node.has("volumes") || node.has("mountPoints")).isFalse();
        assertThat(node.get("jobRoleArn").asText()).isEqualTo("load");
        assertThat(node.at("/command/4").asText()).isEqualTo("/plimsoll");
        assertThat(node.at("/command/6").asText()).isEqualTo(bucket);
    }

    /** Against the model of the API that AWS publishes with its own client. */
    @Test
    void theBatchJobIsOfTheApisModel() throws IOException, InterruptedException {
        String text = new BatchJob(HOSTING).text(order(), NOW);
        String apart = new BatchJob(APART).text(order("s3://results"), NOW);
        assumeTrue(validated("{}").contains("jobDefinitionName"), "needs Python's botocore");
        assertThat(validated(text)).isEmpty();
        assertThat(validated(apart)).isEmpty();
        assertThat(validated(text.replace("\"numNodes\"", "\"nodes\"")))
                .contains("Missing required parameter in nodeProperties: \"numNodes\"")
                .contains("Unknown parameter in nodeProperties: \"nodes\"");
    }

    private static String validated(String json) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("python3", "-c", """
                            import json, sys
                            from botocore.session import Session
                            from botocore.validate import ParamValidator
                            operation = Session().get_service_model('batch').operation_model('RegisterJobDefinition')
                            print(ParamValidator().validate(json.load(sys.stdin), operation.input_shape).generate_report())
                            """)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return "";
        }
        try (var in = process.getOutputStream()) {
            in.write(json.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    @Test
    void aHostingWithoutAnImageIsRefused() {
        assertThatThrownBy(() -> new Hosting("", Optional.empty(), Optional.empty(), "", 4, 2048))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hosting: needs an image, a CPU and 256 MB; was '', 4, 2048");
        assertThatThrownBy(() -> new Hosting.Volume("volume", "shared"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("volume: needs a name and an absolute mount path, was 'volume', 'shared'");
    }
}
