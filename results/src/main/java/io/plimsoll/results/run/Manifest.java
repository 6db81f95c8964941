package io.plimsoll.results.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names every file of the evidence with its size and checksums; {@code manifest.json}.
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
     * @param crc32c its CRC-32C, in lower-case hexadecimal; empty in manifests of before it was kept
     */
    record Entry(String path, long bytes, String sha256, Optional<String> crc32c) {
        Entry {
            require(path, Checksum.SHA_256, sha256);
            crc32c.ifPresent(text -> require(path, Checksum.CRC_32C, text));
        }

        private static void require(String path, Checksum checksum, String text) {
            if (!checksum.canBe(text)) {
                throw new IllegalArgumentException(
                        path + ": must have a " + checksum.title() + " in the manifest, had '" + text + "'");
            }
        }

        /** A file as it is now. */
        private static Entry of(Path directory, String path) throws IOException {
            Path file = directory.resolve(path);
            return new Entry(path, Files.size(file), Checksum.SHA_256.of(file), Optional.of(Checksum.CRC_32C.of(file)));
        }

        /** What is not as it was of this file, which is there: size, or CRC-32C, or where that is unknown SHA-256. */
        Optional<String> difference(Path directory) throws IOException {
            Path file = directory.resolve(path);
            long size = Files.size(file);
            if (size != bytes) {
                return Optional.of("must have " + bytes + " bytes by the manifest, has " + size);
            }
            Checksum checksum = crc32c.isPresent() ? Checksum.CRC_32C : Checksum.SHA_256;
            String expected = crc32c.orElse(sha256);
            String actual = checksum.of(file);
            return actual.equals(expected)
                    ? Optional.empty()
                    : Optional.of("must have " + checksum.title() + " " + expected + " by the manifest, has " + actual);
        }
    }

    Manifest {
        files = List.copyOf(files);
    }

    /** The manifest of a directory as it is now. */
    static Manifest of(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String path : evidenceFiles(directory)) {
            entries.add(Entry.of(directory, path));
        }
        return new Manifest(RunFacts.FORMAT, entries);
    }

    /** Paths of the evidence in a directory: its known files, all inputs and what injectors published, without what is derived from them. */
    static SortedSet<String> evidenceFiles(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> EvidenceFiles.FILES.contains(path)
                            || path.startsWith(EvidenceFiles.INPUTS + "/")
                            || INJECTORS.matcher(path).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
