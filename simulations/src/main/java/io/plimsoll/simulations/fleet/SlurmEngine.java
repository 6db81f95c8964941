package io.plimsoll.simulations.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks Slurm for a gang: one job of as many tasks as injectors, which Slurm starts together or not at all. The job's script
 * fixes T0 when it begins to run, so waiting in the queue costs nothing. Only {@code sbatch}, {@code srun}, {@code squeue
 * -o} and {@code scancel} are used, which AWS PCS and ParallelCluster have as well. The checkout must be at the same path on all
 * nodes; where results go to a bucket, they need share no file system.
 */
public final class SlurmEngine implements Engine {
    private static final Set<String> OVER = Set.of(
            "BOOT_FAIL",
            "CANCELLED",
            "COMPLETED",
            "DEADLINE",
            "FAILED",
            "NODE_FAIL",
            "OUT_OF_MEMORY",
            "PREEMPTED",
            "TIMEOUT");
    private static final String UNKNOWN = "Invalid job id";

    private final List<String> options;

    /** @param options further ones of {@code sbatch}, such as {@code --partition=load} */
    public SlurmEngine(List<String> options) {
        this.options = List.copyOf(options);
    }

    private record Job(String id, Path startFile) implements Gang {
        @Override
        public String name() {
            return "Slurm job " + id;
        }

        @Override
        public Optional<Instant> start() {
            try {
                return Files.isRegularFile(startFile)
                        ? Optional.of(Instant.ofEpochMilli(
                                Long.parseLong(Files.readString(startFile).strip())))
                        : Optional.empty();
            } catch (IOException | NumberFormatException e) {
                throw new EngineException(startFile + ": cannot be read: " + e.getMessage());
            }
        }

        /** A controller that does not answer has not said so. */
        @Override
        public boolean isOver() {
            Said said = run(List.of("squeue", "--noheader", "--jobs=" + id, "-o", "%T"));
            return said.code() == 0
                    ? said.out().isBlank() || OVER.contains(said.out().strip())
                    : said.err().contains(UNKNOWN);
        }

        @Override
        public void cancel() {
            var unused = run(List.of("scancel", id));
        }
    }

    @Override
    public Gang submit(GangOrder order) {
        order.write();
        Path script = order.write("gang.sh", script(order));
        List<String> command = new ArrayList<>(List.of(
                "sbatch",
                "--parsable",
                "--job-name=plimsoll",
                "--ntasks=" + order.count(),
                "--no-requeue",
                "--time=" + minutes(order.lead().plus(order.longest())),
                "--chdir=" + order.home(),
                "--output=" + (isShared(order) ? order.place().directory() : "/tmp").toString() + "/gang-%j.out"));
        command.addAll(options);
        command.add(script.toString());
        Said said = run(command);
        // With several clusters: the id, ';', the cluster's name.
        String id = said.out().strip().split(";", 2)[0];
        if (said.code() != 0 || !id.matches("\\d+")) {
            throw new EngineException(
                    "sbatch does not take the job: " + said.err().strip());
        }
        return new Job(id, order.place().directory().resolve(BucketResults.START));
    }

    private static long minutes(Duration duration) {
        return duration.toMinutes() + 1;
    }

    static String script(GangOrder order) {
        String place = order.results().told();
        String draft = quoted(place + "/.start.draft");
        String injector = GangOrder.injector().toString();
        return """
                #!/bin/sh
                # Runs once all injectors have their places: they begin %d s from now.
                start=$(( ($(date +%%s) + %d) * 1000 ))
                %s
                exec srun --kill-on-bad-exit=1 %s %s $start
                """.formatted(
                order.lead().toSeconds(),
                order.lead().toSeconds(),
                isShared(order)
                        ? "echo $start > " + draft + " && mv " + draft + " " + quoted(place + "/" + BucketResults.START)
                        : quoted(Path.of(injector).resolveSibling("plimsoll").toString()) + " fleet tell "
                                + quoted(place) + " "
                                + BucketResults.START + " $start",
                quoted(injector),
                quoted(place));
    }

    /** Whether the nodes see the directory of the evidence. */
    private static boolean isShared(GangOrder order) {
        return order.results() instanceof ResultsPlace.Shared;
    }

    /** As a shell reads it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private record Said(int code, String out, String err) {}

    private static Said run(List<String> command) {
        try {
            Path err = Files.createTempFile("plimsoll-slurm", ".err");
            try {
                Process process =
                        new ProcessBuilder(command).redirectError(err.toFile()).start();
                process.getOutputStream().close();
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Said(process.waitFor(), out, Files.readString(err));
            } finally {
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new EngineException("Slurm is not there: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while " + command.get(0) + " ran");
        }
    }
}
