package io.plimsoll.environments.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Outlives the stack just long enough to clean up after it: kills its children and removes its working directory, also
 * when the stack was killed −9. It ignores the signals that a terminal sends to a whole group. Safe for several threads.
 */
public final class Guardian implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            pids=' '
            while read -r line; do
              case $line in
                +*) pids="$pids${line#+} " ;;
                -*) pid=${line#-}
                    case $pids in *" $pid "*) pids="${pids%%" $pid "*} ${pids#*" $pid "}" ;; esac ;;
              esac
            done
            for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
            tries=0
            while [ -e "$1" ] && [ "$tries" -lt 50 ]; do
              rm -rf -- "$1" 2>/dev/null
              tries=$((tries + 1))
              [ -e "$1" ] && sleep 0.1
            done
            exit 0
            """;

    private final Path directory;
    private final Process process;
    private final OutputStream orders;
    private final Set<Long> watched = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    private Guardian(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.orders = process.getOutputStream();
    }

    /**
     * Makes a working directory, {@code plimsoll-…} under the system's temporary directory and readable by its owner
     * alone, and starts the process that watches over it.
     *
     * @throws ProcessException if there is no {@code sh} or no directory can be made
     */
    public static Guardian start() {
        try {
            Path directory = Files.createTempDirectory("plimsoll-");
            Process process = new ProcessBuilder("sh", "-c", SCRIPT, "plimsoll-guardian", directory.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Guardian(directory, process);
        } catch (IOException e) {
            throw new ProcessException(
                    "the local stack needs a POSIX shell 'sh' on the PATH and a writable temporary directory: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The run's working directory; it is removed with all it holds when this closes. */
    public Path directory() {
        return directory;
    }

    public long pid() {
        return process.pid();
    }

    /** Runs an action if the guardian ends before it is closed: nothing would then clean up after the stack. */
    public void onLoss(Runnable action) {
        var unused = process.onExit().thenRun(() -> {
            if (!closing) {
                action.run();
            }
        });
    }

    /** Takes a process under its watch. */
    void watch(long pid) {
        watched.add(pid);
        order("+" + pid);
    }

    /** Forgets a process that has ended, as its number may be given to another. */
    void forget(long pid) {
        watched.remove(pid);
        try {
            order("-" + pid);
        } catch (ProcessException e) {
            // The guardian is closing: it finds no such process to kill, or has killed it.
            return;
        }
    }

    private synchronized void order(String line) {
        try {
            orders.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            orders.flush();
        } catch (IOException e) {
            throw new ProcessException("the guardian process " + process.pid() + " has ended", e);
        }
    }

    /** Kills what still runs, removes the working directory and waits, at most 10 s, until that is done. */
    @Override
    public void close() {
        if (!process.isAlive() && !closing) {
            cleanUpInItsPlace();
            return;
        }
        closing = true;
        try {
            synchronized (this) {
                orders.close();
            }
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new ProcessException("the guardian process " + process.pid() + " could not remove " + directory
                        + " within " + Duration.ofSeconds(10).toSeconds() + " s");
            }
        } catch (IOException e) {
            throw new ProcessException("the guardian process " + process.pid() + " could not be told to end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cleanUpInItsPlace() {
        watched.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Await.until(watched::isEmpty, Duration.ofSeconds(5));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new ProcessException(directory + " could not be removed: " + e, e);
        }
    }
}
