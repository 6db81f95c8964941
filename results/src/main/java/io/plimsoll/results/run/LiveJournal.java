package io.plimsoll.results.run;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.ObservationSink;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code live.jsonl}: what was observed while the run went on, a line each, in the order in which it was seen. It grows by
 * whole lines that are forced to the disk, so whatever ends the run, all but the last line can be read. It exists only as
 * long as the run has not gathered its evidence.
 *
 * <p>The file is locked while it grows: that is how others know that the run is not over, whatever {@code run.json} says.
 */
public final class LiveJournal implements ObservationSink, AutoCloseable {
    /**
     * One line: exactly one of the three.
     *
     * @param topology the stack as seen then
     * @param series new datapoints of one series
     * @param event something that happened
     */
    record Line(Optional<Topology> topology, Optional<Series> series, Optional<Event> event) {
        Line {
            long held = Stream.of(topology, series, event)
                    .filter(Optional::isPresent)
                    .count();
            if (held != 1) {
                throw new IllegalArgumentException("a line must hold one of topology, series and event, holds " + held);
            }
        }
    }

    private final Path file;
    /** No channel: that is closed for all if one thread that writes is interrupted, as observers are at the end. */
    private final FileOutputStream stream;

    private final UnaryOperator<String> concealed;
    private final Consumer<EvidenceException> onFailure;
    private final AtomicBoolean failed = new AtomicBoolean();

    private LiveJournal(
            Path file,
            FileOutputStream stream,
            UnaryOperator<String> concealed,
            Consumer<EvidenceException> onFailure) {
        this.file = file;
        this.stream = stream;
        this.concealed = concealed;
        this.onFailure = onFailure;
    }

    /** Begins a journal, or goes on with one. */
    static LiveJournal open(Path file, UnaryOperator<String> concealed, Consumer<EvidenceException> onFailure) {
        @Nullable FileOutputStream stream = null;
        try {
            stream = new FileOutputStream(file.toFile(), true);
            if (stream.getChannel().tryLock() == null) {
                throw new IOException("another process writes it");
            }
            return new LiveJournal(file, stream, concealed, onFailure);
        } catch (IOException | OverlappingFileLockException e) {
            if (stream != null) {
                closeQuietly(stream, e);
            }
            throw EvidenceException.unwritable(file + ": cannot be written: " + e, e);
        }
    }

    /** Whether some process, this one included, is writing the journal. */
    static boolean isWritten(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            throw EvidenceException.unwritable(file + ": cannot be opened: " + e, e);
        }
    }

    @Override
    public void topology(Topology topology) {
        append(new Line(Optional.of(topology), Optional.empty(), Optional.empty()));
    }

    @Override
    public void samples(Series part) {
        append(new Line(Optional.empty(), Optional.of(part), Optional.empty()));
    }

    @Override
    public void event(Event event) {
        append(new Line(Optional.empty(), Optional.empty(), Optional.of(event)));
    }

    /** The first failure is told once; what was written before stays, and nothing more is written. */
    private void append(Line line) {
        // Told without the lock: whoever is told may close this.
        written(line)
                .ifPresent(e -> onFailure.accept(EvidenceException.unwritable(file + ": cannot be written: " + e, e)));
    }

    private synchronized Optional<IOException> written(Line line) {
        if (failed.get() || !stream.getChannel().isOpen()) {
            return Optional.empty();
        }
        try {
            stream.write(concealed.apply(EvidenceJson.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
            stream.getFD().sync();
            return Optional.empty();
        } catch (IOException e) {
            failed.set(true);
            return Optional.of(e);
        }
    }

    /** Ends writing and gives the lock back. */
    @Override
    public synchronized void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw EvidenceException.unwritable(file + ": cannot be closed: " + e, e);
        }
    }

    private static void closeQuietly(FileOutputStream stream, Exception cause) {
        try {
            stream.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
