package io.plimsoll.environments.local.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Follows the log files of the stack's processes, {@code <name>.log} in one directory: each line that is complete goes to
 * the log store, with the process' name as its stream. A process that has said nothing yet has its group all the same. Safe
 * for several threads.
 */
public final class LogFiles {
    /** Read of a file at one time at most; what is beyond waits for the next time. */
    private static final int MOST_BYTES = 1 << 16;

    private static final String SUFFIX = ".log";

    private final Path directory;
    private final LogStore store;
    private final UnaryOperator<String> groupOf;
    private final Map<Path, Long> positions = new HashMap<>();

    /**
     * Follows nothing before it is told to read.
     *
     * @param groupOf log group of the process of a name
     */
    public LogFiles(Path directory, LogStore store, UnaryOperator<String> groupOf) {
        this.directory = directory;
        this.store = store;
        this.groupOf = groupOf;
    }

    /**
     * Takes in the lines that were completed since the last time.
     *
     * @param at time they are given
     */
    public synchronized void read(Instant at) {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(entry -> entry.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": logs cannot be listed: " + e.getMessage(), e);
        }
        for (Path file : files) {
            read(file, at);
        }
    }

    private void read(Path file, Instant at) {
        long position = positions.getOrDefault(file, 0L);
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.min(position, channel.size()));
            int read;
            do {
                read = channel.read(bytes);
            } while (read >= 0 && bytes.hasRemaining());
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
        String name = String.valueOf(file.getFileName());
        String stream = name.substring(0, name.length() - SUFFIX.length());
        store.create(groupOf.apply(stream));
        int complete = endOfLastLine(bytes);
        if (complete == 0) {
            return;
        }
        positions.put(file, position + complete);
        String text = new String(bytes.array(), 0, complete, StandardCharsets.UTF_8);
        text.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> store.append(groupOf.apply(stream), stream, at, line));
    }

    /** A line longer than can be read at one time counts as complete. */
    private static int endOfLastLine(ByteBuffer bytes) {
        for (int i = bytes.position(); i > 0; i--) {
            if (bytes.get(i - 1) == '\n') {
                return i;
            }
        }
        return bytes.hasRemaining() ? 0 : bytes.position();
    }
}
