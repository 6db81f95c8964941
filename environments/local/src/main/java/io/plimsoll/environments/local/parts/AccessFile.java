package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.balancer.AccessEntry;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.site.Site;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A balancer's access log as a file of lines, such as a balancer on AWS leaves in a bucket. It is written once a second, and
 * holds at most {@link #MOST_BYTES}: what is beyond is not written.
 */
final class AccessFile {
    /** Bound of the file's size. */
    static final long MOST_BYTES = 256L << 20;

    private final Queue<AccessEntry> waiting = new ConcurrentLinkedQueue<>();
    private final Path file;
    private long written;

    private AccessFile(Path file) {
        this.file = file;
    }

    /** Begins an empty file. */
    static AccessFile open(Path path, Site site) {
        try {
            Files.writeString(path, "");
        } catch (IOException e) {
            throw new ProcessException("access-log: " + path + " cannot be written: " + e, e);
        }
        AccessFile opened = new AccessFile(path);
        site.everySecond("access-log-" + path.getFileName(), at -> opened.write());
        return opened;
    }

    void add(AccessEntry entry) {
        waiting.add(entry);
    }

    private void write() {
        try (BufferedWriter lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND)) {
            for (AccessEntry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
                String line = entry + "\n";
                written += line.length();
                if (written <= MOST_BYTES) {
                    lines.write(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }
}
