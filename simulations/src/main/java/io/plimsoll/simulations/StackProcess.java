package io.plimsoll.simulations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.environments.aws.disturb.ControlChannel;
import io.plimsoll.simulations.daemon.Daemon;
import io.plimsoll.simulations.probe.ProbeFile;
import io.plimsoll.simulations.probe.ServiceFront;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A running local stack. It ends when this object is closed, and also when this process dies in whatever way: its
 * standard input is a pipe from here, and it stops at the end of that.
 */
public final class StackProcess implements AutoCloseable {
    private static final String MAIN = "io.plimsoll.environments.local.LocalEnvironment";
    private static final String READY = "READY ";

    /** Progress is indented on the child's error output; what is not is a complaint. */
    private static final String PROGRESS = " ";

    private static final Duration START_DEADLINE = Duration.ofMinutes(2);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);
    private static final int USAGE = 64;

    private final Process process;
    private final URI baseUrl;
    private final URI awsEndpoint;
    private final Announcement announcement;

    private StackProcess(Process process, JsonNode ready) {
        this.process = process;
        this.baseUrl = URI.create(ready.required("baseUrl").asText());
        this.awsEndpoint = URI.create(ready.required("awsEndpoint").asText());
        this.announcement = new Announcement(ready);
    }

    /**
     * Starts the stack of an environment file and waits until it serves.
     *
     * @param home the checkout, whose local module has been compiled
     * @param descriptor the environment file
     * @param stage the architecture to start
     * @param overrides values that replace those of the file, by dotted key
     * @param progress takes what the stack says while it starts, line by line
     * @throws RunFailure if it does not start: the file is wrong, or the machine lacks something
     */
    public static StackProcess start(
            Path home, Path descriptor, String stage, SortedMap<String, String> overrides, Consumer<String> progress) {
        Process process = launch(command(home, descriptor, stage, overrides));
        List<String> complaints = new ArrayList<>();
        Thread errors = relay(process, line -> {
            if (line.startsWith(PROGRESS)) {
                progress.accept(line.strip());
            } else {
                synchronized (complaints) {
                    complaints.add(line);
                }
            }
        });
        CompletableFuture<String> ready = new CompletableFuture<>();
        readOutput(process, ready);
        try {
            String json = ready.get(START_DEADLINE.toSeconds(), TimeUnit.SECONDS);
            return new StackProcess(process, new ObjectMapper().readTree(json));
        } catch (ExecutionException e) {
            throw notStarted(process, errors, complaints);
        } catch (TimeoutException e) {
            end(process);
            throw new RunFailure(
                    RunFailure.Cause.UNAVAILABLE,
                    "the local stack did not start within " + START_DEADLINE.toSeconds() + " s" + said(complaints));
        } catch (JsonProcessingException e) {
            end(process);
            throw new RunFailure(
                    RunFailure.Cause.UNAVAILABLE, "the local stack announced itself unreadably: " + e.getMessage());
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new RunFailure(RunFailure.Cause.UNAVAILABLE, "interrupted while the local stack started");
        }
    }

    private static List<String> command(Path home, Path descriptor, String stage, SortedMap<String, String> overrides) {
        Path target = home.resolve("environments").resolve("local").resolve("target");
        Path classPathFile = target.resolve("stack.classpath");
        String classPath;
        try {
            classPath = target.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(classPathFile, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new RunFailure(
                    RunFailure.Cause.UNAVAILABLE,
                    classPathFile + ": cannot be read; run Maven from the root, which writes it when it compiles");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms16m",
                "-Xmn12m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                // Two minutes are too short for C2 to earn its memory.
                "-XX:TieredStopAtLevel=1",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                // As in its children: the JDK's class data archive is shared only at the address it was made for.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Dorg.jboss.logging.provider=slf4j",
                "-Dplimsoll.nosql=" + target.resolve("nosql"),
                "-cp",
                classPath,
                MAIN,
                "--descriptor",
                descriptor.toString(),
                "--stage",
                stage));
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            command.add("--set");
            command.add(override.getKey() + "=" + override.getValue());
        }
        return command;
    }

    private static Process launch(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            // As its children: of an allocation arena per thread, eight per core, each keeps some memory for itself.
            builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
            return builder.start();
        } catch (IOException e) {
            throw new RunFailure(
                    RunFailure.Cause.UNAVAILABLE, "the local stack's JVM cannot be started: " + e.getMessage());
        }
    }

    /** Reads the child's output to its end, so that it never blocks on a full pipe. */
    private static void readOutput(Process process, CompletableFuture<String> ready) {
        Daemon.start("plimsoll-stack-output", () -> {
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.startsWith(READY)) {
                        ready.complete(line.substring(READY.length()));
                    }
                }
            } catch (IOException e) {
                ready.completeExceptionally(e);
            } finally {
                ready.completeExceptionally(new IOException("end of output"));
            }
        });
    }

    private static Thread relay(Process process, Consumer<String> lines) {
        return Daemon.start("plimsoll-stack-errors", () -> {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines);
            } catch (IOException | java.io.UncheckedIOException e) {
                lines.accept("(its error output could not be read: " + e.getMessage() + ")");
            }
        });
    }

    private static RunFailure notStarted(Process process, Thread errors, List<String> complaints) {
        try {
            errors.join(STOP_DEADLINE.toMillis());
            if (!process.waitFor(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                end(process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean usage = !process.isAlive() && process.exitValue() == USAGE;
        return new RunFailure(
                usage ? RunFailure.Cause.USAGE : RunFailure.Cause.UNAVAILABLE,
                usage ? text(complaints) : "the local stack did not start" + said(complaints));
    }

    private static String said(List<String> complaints) {
        String text = text(complaints);
        return text.isEmpty() ? "" : "; it said:\n" + text;
    }

    private static String text(List<String> complaints) {
        synchronized (complaints) {
            return String.join("\n", complaints);
        }
    }

    /** Where the service is reached. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** Where the stack answers AWS calls. */
    public URI awsEndpoint() {
        return awsEndpoint;
    }

    /** What it said of itself once it was up. */
    Announcement announcement() {
        return announcement;
    }

    /** How the service is reached from outside. */
    ServiceFront front(ProbeFile probes) {
        return announcement.front(probes);
    }

    /** Why it lacks parts, by what they are called. */
    Map<String, String> lacks() {
        return announcement.lacks();
    }

    /** The way to the stack for what AWS has no call for. */
    ControlChannel channel() {
        return announcement.channel();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops the stack and waits until it has; kills it if it does not stop in time. */
    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close(); // the end of its input is its order to stop
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
