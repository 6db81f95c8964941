package io.plimsoll.simulations.learn;

import io.plimsoll.results.document.DocumentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads access logs, plain or compressed, one line after the other. */
public final class AccessLogs {
    private AccessLogs() {}

    /**
     * What was read.
     *
     * @param entries requests
     * @param unreadable lines that are none
     * @param firstUnreadable file and line number of the first of those; empty if there is none
     */
    public record Read(long entries, long unreadable, Optional<String> firstUnreadable) {}

    /**
     * Reads files, and all files whose name ends with {@code .log} or {@code .log.gz} below directories.
     *
     * @throws DocumentException if something cannot be read, or no line is a request
     */
    static Read read(List<Path> sources, Consumer<AccessLogEntry> each) {
        Counter counter = new Counter(each);
        for (Path file : files(sources)) {
            counter.read(file);
        }
        if (counter.entries == 0) {
            throw new DocumentException(sources.get(0) + ": must hold entries of a load balancer's access log"
                    + counter.first.map(place -> "; " + place + " is none").orElse(", has none"));
        }
        return new Read(counter.entries, counter.unreadable, counter.first);
    }

    private static List<Path> files(List<Path> sources) {
        List<Path> files = new ArrayList<>();
        for (Path source : sources) {
            if (!Files.isDirectory(source)) {
                files.add(source);
                continue;
            }
            try (Stream<Path> below = Files.walk(source)) {
                below.filter(file -> file.toString().matches(".*\\.log(\\.gz)?"))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new DocumentException(source + ": cannot be listed: " + e);
            }
        }
        return files;
    }

    private static final class Counter {
        private final Consumer<AccessLogEntry> each;
        private long entries;
        private long unreadable;
        private Optional<String> first = Optional.empty();

        Counter(Consumer<AccessLogEntry> each) {
            this.each = each;
        }

        void read(Path file) {
            try (InputStream bytes = Files.newInputStream(file);
                    InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                    BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
                long number = 1;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    count(line, file + ":" + number++);
                }
            } catch (IOException e) {
                throw new DocumentException(file + ": cannot be read: " + e);
            }
        }

        private void count(String line, String place) {
            Optional<AccessLogEntry> entry = AccessLogEntry.parse(line);
            if (entry.isPresent()) {
                entries++;
                each.accept(entry.get());
            } else if (!line.isBlank()) {
                unreadable++;
                first = first.or(() -> Optional.of(place));
            }
        }
    }
}
