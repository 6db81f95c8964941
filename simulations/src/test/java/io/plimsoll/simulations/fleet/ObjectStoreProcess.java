package io.plimsoll.simulations.fleet;

import io.plimsoll.environments.aws.BucketPlace;
import io.plimsoll.simulations.RunOptions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The local stack's object store (S3Proxy) as a process of its own, with keys of its own. */
public final class ObjectStoreProcess implements AutoCloseable {
    private static final String MAIN = "io.plimsoll.environments.local.objectstore.StoreProgram";
    private static final String LISTENING = "LISTENING ";
    private static final String BUCKET = "plimsoll-results";
    private static final String KEY_ID = "AKIATESTOFRESULTS000";

    private final String secretKey = UUID.randomUUID().toString();
    private final Path directory;
    private final Process process;
    private final URI endpoint;

    public ObjectStoreProcess() {
        Path target = RunOptions.home(Path.of(""))
                .resolve("environments")
                .resolve("local")
                .resolve("target");
        try {
            directory = Files.createTempDirectory("plimsoll-store");
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx96m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            target.resolve("classes")
                                    + File.pathSeparator
                                    + Files.readString(target.resolve("stack.classpath"))
                                            .strip(),
                            MAIN)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().write(told().getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            while (line != null && !line.startsWith(LISTENING)) {
                line = out.readLine();
            }
            if (line == null) {
                throw new AssertionError("the object store did not start");
            }
            endpoint = URI.create("http://127.0.0.1:" + line.substring(LISTENING.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As its program is told: lines up to an empty one. */
    private String told() {
        return Map.of(
                                "directory",
                                directory.toString(),
                                "bucket",
                                BUCKET,
                                "key-id",
                                KEY_ID,
                                "secret-key",
                                secretKey,
                                "encryption-password",
                                UUID.randomUUID().toString(),
                                "encryption-salt",
                                "0123456789abcdef",
                                "objects",
                                "0",
                                "max-age",
                                "0")
                        .entrySet()
                        .stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n";
    }

    /** A place in its bucket. */
    public BucketPlace place(String prefix) {
        return new BucketPlace(BUCKET, prefix, Optional.of("us-east-1"), Optional.of(endpoint));
    }

    /** What a process that may write to it finds in its environment. */
    public Map<String, String> variables() {
        return Map.of("AWS_ACCESS_KEY_ID", KEY_ID, "AWS_SECRET_ACCESS_KEY", secretKey);
    }

    /** What must be found nowhere. */
    public List<String> secrets() {
        return List.of(KEY_ID, secretKey);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try (Stream<Path> files = Files.walk(directory)) {
            process.waitFor();
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
