package io.plimsoll.simulations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real Slurm of one controller and four nodes on this machine, with its own keys, ports and files. Needs root and the
 * programs of Debian's packages slurm-wlm and munge.
 */
final class SlurmCluster implements AutoCloseable {
    private static final int NODES = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final List<Process> daemons = new ArrayList<>();

    SlurmCluster() {
        try {
            directory = Files.createTempDirectory("plimsoll-slurm");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            byte[] key = new byte[128];
            new SecureRandom().nextBytes(key);
            Files.write(directory.resolve("munge.key"), key);
            Files.setPosixFilePermissions(directory.resolve("munge.key"), PosixFilePermissions.fromString("r--------"));
            Files.createDirectories(directory.resolve("state"));
            Files.writeString(directory.resolve("slurm.conf"), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(
                "munged",
                "--foreground",
                "--force",
                "--key-file=" + directory.resolve("munge.key"),
                "--socket=" + directory.resolve("munge"),
                "--pid-file=" + directory.resolve("munge.pid"),
                "--seed-file=" + directory.resolve("munge.seed"),
                "--log-file=" + directory.resolve("munge.log"));
        await("munge", () -> Files.exists(directory.resolve("munge")));
        daemon("slurmctld", "-D");
        for (int node = 0; node < NODES; node++) {
            daemon("slurmd", "-D", "-N", "n" + node);
        }
        await("idle nodes", () -> nodes().equals(List.of("idle", "idle", "idle", "idle")));
    }

    /** Whether Slurm can be started here. */
    static boolean isPossible() {
        return "root".equals(System.getProperty("user.name"))
                && Stream.of("munged", "slurmctld", "slurmd", "sbatch", "srun")
                        .allMatch(program -> Stream.of("/usr/sbin", "/usr/bin")
                                .anyMatch(where -> Files.isExecutable(Path.of(where, program))));
    }

    private String configuration() throws IOException {
        String host = InetAddress.getLocalHost().getHostName().split("\\.", 2)[0];
        String ports = String.join(
                "\n",
                IntStream.range(0, NODES)
                        .mapToObj(node -> "NodeName=n" + node + " NodeHostname=" + host
                                + " NodeAddr=127.0.0.1 CPUs=1 State=UNKNOWN Port=" + freePort())
                        .toList());
        return """
                ClusterName=plimsoll
                SlurmctldHost=%1$s(127.0.0.1)
                SlurmctldPort=%2$d
                SlurmUser=root
                SlurmdUser=root
                AuthType=auth/munge
                AuthInfo=socket=%3$s/munge
                CredType=cred/munge
                StateSaveLocation=%3$s/state
                SlurmdSpoolDir=%3$s/spool.%%n
                SlurmctldPidFile=%3$s/slurmctld.pid
                SlurmdPidFile=%3$s/slurmd.%%n.pid
                SlurmctldLogFile=%3$s/slurmctld.log
                SlurmdLogFile=%3$s/slurmd.%%n.log
                ProctrackType=proctrack/pgid
                TaskPlugin=task/none
                JobAcctGatherType=jobacct_gather/none
                AccountingStorageType=accounting_storage/none
                SelectType=select/cons_tres
                SelectTypeParameters=CR_CPU
                MpiDefault=none
                SwitchType=switch/none
                ReturnToService=2
                SlurmdTimeout=20
                KillWait=10
                %4$s
                PartitionName=load Nodes=n[0-%5$d] Default=YES MaxTime=60 State=UP
                """.formatted(host, freePort(), directory, ports, NODES - 1);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Slurm's programs must be told to find this one. */
    Map<String, String> variables() {
        return Map.of("SLURM_CONF", directory.resolve("slurm.conf").toString());
    }

    private void daemon(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            directory.resolve("daemon." + daemons.size()).toFile());
            builder.environment().putAll(variables());
            daemons.add(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills a node's daemon, and nothing that it has started. */
    void killDaemonOfNode(int node) {
        daemons.get(2 + node).destroyForcibly();
    }

    /** Starts it again, and waits until its node takes jobs. */
    void restartDaemonOfNode(int node) {
        daemon("slurmd", "-D", "-N", "n" + node);
        await("idle nodes", () -> nodes().equals(List.of("idle", "idle", "idle", "idle")));
    }

    /** State of every node, in order. */
    List<String> nodes() {
        try {
            ProcessBuilder builder = new ProcessBuilder("sinfo", "--noheader", "--Node", "-o", "%T");
            builder.environment().putAll(variables());
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said.lines().map(String::strip).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    void await(String what, java.util.function.BooleanSupplier reached) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!reached.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("waited in vain for " + what + ": " + nodes() + "\n" + logs());
            }
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
        }
    }

    private String logs() {
        try (Stream<Path> files = Files.list(directory)) {
            StringBuilder logs = new StringBuilder();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                logs.append(file.getFileName()).append(":\n").append(Files.readString(file));
            }
            return logs.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (int i = daemons.size() - 1; i >= 0; i--) {
            Process daemon = daemons.get(i);
            daemon.destroy();
            try {
                if (!daemon.waitFor(10, java.util.concurrent.TimeUnit.SECONDS)) {
                    daemon.destroyForcibly();
                }
            } catch (InterruptedException e) {
                daemon.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
