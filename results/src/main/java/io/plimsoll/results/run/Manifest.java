package io.plimsoll.results.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names every file of the evidence with its size and checksum; {@code manifest.json}.
 *
 * @param format version of the evidence format
 * @param files ordered by path
 */
record Manifest(String format, List<Entry> files) {
    /** What injectors published, without what they printed. */
    private static final Pattern INJECTORS =
            Pattern.compile(EvidenceFiles.INJECTORS + "/injector-\\d+\\.(hlog|json|exit)");

    /**
     * One file.
     *
     * @param path relative to the evidence directory, with {@code /}
     * @param bytes its size
     * @param sha256 its SHA-256, in lower-case hexadecimal
     */
    record Entry(String path, long bytes, String sha256) {}

    Manifest {
        files = List.copyOf(files);
    }

    /** The manifest of a directory as it is now. */
    static Manifest of(Path directory) throws IOException {
        try {
            return new Manifest(
                    RunFacts.FORMAT,
                    evidenceFiles(directory).stream()
                            .map(path -> entry(directory, path))
                            .toList());
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Paths of the evidence in a directory: its known files, all inputs and what injectors published, without what is derived from them. */
    private static List<String> evidenceFiles(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> EvidenceFiles.FILES.contains(path)
                            || path.startsWith(EvidenceFiles.INPUTS + "/")
                            || INJECTORS.matcher(path).matches())
                    .sorted()
                    .toList();
        }
    }

    private static Entry entry(Path directory, String path) {
        Path file = directory.resolve(path);
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
            return new Entry(path, bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
