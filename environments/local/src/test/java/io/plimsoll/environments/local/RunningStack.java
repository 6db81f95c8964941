package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.environments.local.process.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** A stack in a process of its own, started as a run starts it. */
final class RunningStack implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path temporary;
    private final JsonNode ready;

    private RunningStack(Process process, Path temporary, JsonNode ready) {
        this.process = process;
        this.temporary = temporary;
        this.ready = ready;
    }

    /** A process that was asked to start the shipped descriptor with some values replaced. */
    static Process launch(Path temporary, String... options) throws IOException {
        return launch(Map.of(), temporary, options);
    }

    private static Process launch(Map<String, String> properties, Path temporary, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary)));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LocalEnvironment.class.getName()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(temporary.resolve("progress.txt").toFile());
        builder.environment().put("XDG_CACHE_HOME", TestCache.HOME.toString());
        return builder.start();
    }

    static RunningStack start(Path temporary, String... overrides) throws IOException {
        return startStage("auto-scaled", temporary, overrides);
    }

    static RunningStack startStage(String stage, Path temporary, String... overrides) throws IOException {
        return startWith(Map.of(), stage, temporary, overrides);
    }

    /** The same with system properties. */
    static RunningStack startWith(Map<String, String> properties, String stage, Path temporary, String... overrides)
            throws IOException {
        List<String> options = new ArrayList<>(List.of("--descriptor", "../local.yaml", "--stage", stage));
        for (String override : overrides) {
            options.addAll(List.of("--set", override));
        }
        Process process = launch(properties, temporary, options.toArray(String[]::new));
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = Optional.ofNullable(output.readLine()).orElse("");
        assertThat(line)
                .as("first line; progress: %s", Files.readString(temporary.resolve("progress.txt")))
                .startsWith("READY {");
        return new RunningStack(process, temporary, JSON.readTree(line.substring("READY ".length())));
    }

    JsonNode ready() {
        return ready;
    }

    Process process() {
        return process;
    }

    Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        ready.get("pids")
                .properties()
                .forEach(entry -> pids.put(entry.getKey(), entry.getValue().asLong()));
        return pids;
    }

    long pid(String name) {
        return ready.get("pids").get(name).asLong();
    }

    HttpResponse<byte[]> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(ready.get("baseUrl").asText() + path)));
    }

    HttpResponse<byte[]> post(String path, byte[] body) {
        return send(HttpRequest.newBuilder(URI.create(ready.get("baseUrl").asText() + path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<byte[]> put(String path, byte[] body) {
        return send(HttpRequest.newBuilder(URI.create(ready.get("baseUrl").asText() + path))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<byte[]> get(String path, String cookie) {
        return send(HttpRequest.newBuilder(URI.create(ready.get("baseUrl").asText() + path))
                .header("Cookie", cookie));
    }

    /** Does a disturbance, which must succeed. */
    void disturb(String disturbance) {
        HttpResponse<byte[]> done =
                order("/disturb/" + disturbance, ready.get("controlToken").asText());
        assertThat(done.statusCode())
                .as(new String(done.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
    }

    /** A client of its AWS endpoint. */
    <B extends AwsClientBuilder<B, ?>> B aws(B builder) {
        return builder.endpointOverride(URI.create(ready.get("awsEndpoint").asText()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    HttpResponse<byte[]> order(String path, String token) {
        return send(HttpRequest.newBuilder(URI.create(ready.get("controlUrl").asText() + path))
                .header(ControlChannel.TOKEN_HEADER, token)
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a process runs; one that has ended and was not yet collected by its parent does not. */
    static boolean runs(long pid) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return status.charAt(status.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    void assertNothingIsLeft() {
        boolean ended = Await.until(() -> pids().values().stream().noneMatch(RunningStack::runs), LIMIT);
        assertThat(ended)
                .as(
                        "processes that still run: %s",
                        pids().entrySet().stream()
                                .filter(e -> runs(e.getValue()))
                                .toList())
                .isTrue();
        assertThat(Await.until(() -> workingDirectories().isEmpty(), LIMIT))
                .as("directories left: %s", workingDirectories())
                .isTrue();
    }

    List<Path> workingDirectories() {
        try (var entries = Files.list(temporary)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> entry.getFileName().toString().startsWith("plimsoll-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Ends it as a run does: its standard input ends. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
