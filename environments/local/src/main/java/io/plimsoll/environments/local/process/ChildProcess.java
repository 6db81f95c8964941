package io.plimsoll.environments.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A process of the stack, watched by the guardian from before its program runs. */
public final class ChildProcess {
    private static final int TAIL_LINES = 15;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Where a child's standard output goes; its standard error always goes to its log. */
    public enum Output {
        /** To its log. */
        LOG,
        /** To a pipe that the stack reads, {@link ChildProcess#hear}. */
        PIPE
    }

    /**
     * Starts a program.
     *
     * @param guardian who watches it
     * @param name what messages call it; its log is {@code <name>.log} in the run's directory
     * @param command program and arguments
     * @param output where its standard output goes
     * @throws ProcessException if it cannot be started
     */
    public static ChildProcess start(Guardian guardian, String name, List<String> command, Output output) {
        Path log = guardian.directory().resolve(name + ".log");
        List<String> waiting = new ArrayList<>(List.of("sh", "-c", "read -r go && exec \"$@\"", "sh"));
        waiting.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(waiting).directory(guardian.directory().toFile());
        // One allocation arena per process instead of eight per core: a quarter less memory for servers this small.
        builder.environment().putAll(Map.of("MALLOC_ARENA_MAX", "2", "TZ", "UTC"));
        ProcessBuilder.Redirect toLog = ProcessBuilder.Redirect.appendTo(log.toFile());
        builder.redirectError(toLog);
        builder.redirectOutput(output == Output.PIPE ? ProcessBuilder.Redirect.PIPE : toLog);
        try {
            Process process = builder.start();
            ChildProcess child = new ChildProcess(name, process, log);
            guardian.watch(process.pid());
            var unused = process.onExit().thenRun(() -> guardian.forget(process.pid()));
            child.send("go\n");
            return child;
        } catch (IOException e) {
            throw new ProcessException(name + ": cannot be started: " + e.getMessage(), e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** CPU time used so far; empty once it has ended or where the platform does not tell. */
    public Optional<Duration> cpuTime() {
        return process.info().totalCpuDuration();
    }

    /** Memory it holds in RAM, in bytes; empty once it has ended or where the platform does not tell. */
    public OptionalLong residentBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /** Completes when the process has ended. */
    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /**
     * Begins to read what it says; it must have been started with {@link Output#PIPE}.
     *
     * @param executor reads until the process ends; must not queue
     * @param heard takes each line
     */
    public void hear(Executor executor, Consumer<String> heard) {
        executor.execute(() -> read(heard));
    }

    private void read(Consumer<String> heard) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.accept(line);
            }
        } catch (IOException e) {
            // The pipe of a killed process: its end is noticed by its exit.
            return;
        }
    }

    /**
     * Waits until it is up.
     *
     * @param up asked every 20 ms
     * @throws ProcessException if it has ended or is not up within {@code most}; it is then killed
     */
    public void awaitUp(BooleanSupplier up, Duration most) {
        boolean came = Await.until(() -> !isAlive() || up.getAsBoolean(), most);
        if (!came || !isAlive()) {
            ProcessException failure = failure("did not come up within " + most.toSeconds() + " s");
            kill();
            throw failure;
        }
    }

    /** Writes text to its standard input, which stays open until the stack ends. */
    public void send(String text) {
        try {
            OutputStream input = process.getOutputStream();
            input.write(text.getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            throw failure("does not read its input", e);
        }
    }

    /** Writes all of its standard input and closes it. */
    public void sendAll(String text) {
        send(text);
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw failure("does not read its input", e);
        }
    }

    /** Asks it to end (SIGTERM) and kills it if it has not within {@code grace}; returns once it has ended. */
    public void stop(Duration grace) {
        process.destroy();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it in its tracks (SIGSTOP): it keeps its connections and answers nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0) {
                throw failure("could not be sent SIG" + name + ": " + said.strip());
            }
        } catch (IOException e) {
            throw failure("could not be sent SIG" + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was not sent SIG" + name, e);
        }
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
    }

    /** An error about this process: what happened, whether it has ended, and the last lines of its log. */
    public ProcessException failure(String what) {
        return new ProcessException(describe(what));
    }

    private ProcessException failure(String what, Throwable cause) {
        return new ProcessException(describe(what), cause);
    }

    private String describe(String what) {
        String state = process.isAlive() ? "" : " (it ended with exit code " + process.exitValue() + ")";
        List<String> tail = tail();
        return name + " " + what + state
                + (tail.isEmpty() ? "; it wrote nothing" : "; it wrote last:\n  " + String.join("\n  ", tail));
    }

    /** The last lines of its log, at most 15. */
    public List<String> tail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
