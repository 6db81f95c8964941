package io.plimsoll.results.load;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Gatling's {@code simulation.log} in one pass, whatever its size.
 *
 * <p>The format belongs to one version of Gatling and has no checksum, so what can be known of a log's integrity is
 * limited. Found are: bytes after the last whole record (a cut anywhere within a record), bytes that Gatling cannot have
 * written, and a log without requests. A log cut exactly between two records shows only by users that started and never
 * ended; if each user that had started by then had ended as well, the cut cannot be found in the log itself, only by
 * what was offered and did not arrive.
 */
public final class GatlingLog {
    /** The only version of Gatling whose log is read. */
    public static final String VERSION = GatlingLogDecoder.VERSION;

    private GatlingLog() {}

    /**
     * What a log holds.
     *
     * @param gatlingVersion version that wrote it
     * @param simulationClass class name of the simulation
     * @param runStart when the run began, to the millisecond
     * @param requests the requests by their own names: those of equal names in different groups count together
     * @param integrity whether the log is whole
     */
    public record Content(
            String gatlingVersion,
            String simulationClass,
            Instant runStart,
            RequestHistograms requests,
            LogIntegrity integrity) {}

    /** Reads a log that was written on a machine of this one's byte order. */
    public static Content read(Path log) {
        return read(log, ByteOrder.nativeOrder());
    }

    /**
     * Reads a log. Damage after the Run record is not thrown but told by {@link Content#integrity}: what precedes it is
     * read.
     *
     * @param log the file
     * @param textOrder byte order of the machine that wrote it, which the log does not tell; it matters only to names
     *     with characters beyond Latin-1
     * @throws UnreadableLogException if the file is missing, is not a log of Gatling {@link #VERSION}, or ends within its
     *     Run record, so that not even the run's start is known
     */
    public static Content read(Path log, ByteOrder textOrder) {
        GatlingLogDecoder decoder = new GatlingLogDecoder(log.toString(), textOrder);
        Gatherer gatherer = new Gatherer(decoder);
        List<String> faults = new ArrayList<>();
        long trailingBytes;
        try (LogCursor cursor = new LogCursor(log, decoder)) {
            try {
                cursor.advance(gatherer);
                trailingBytes = cursor.trailingBytes();
                if (trailingBytes > 0) {
                    faults.add("the log is cut: " + bytes(trailingBytes) + " of an unfinished record follow "
                            + place(decoder));
                }
            } catch (MalformedRecordException e) {
                trailingBytes = cursor.trailingBytes();
                faults.add("the log is unreadable for its last " + bytes(trailingBytes) + ", after " + place(decoder)
                        + ": " + e.getMessage());
            }
        } catch (NoSuchFileException e) {
            throw new UnreadableLogException(log + ": no such file", e);
        } catch (IOException e) {
            throw new UnreadableLogException(log + ": cannot be read: " + e, e);
        }
        GatlingLogDecoder.Header header = decoder.header().orElse(null);
        if (header == null) {
            throw new UnreadableLogException(log + ": ends within its Run record, after " + bytes(trailingBytes)
                    + ": Gatling was stopped before its first write of 8192 bytes, or the log is cut");
        }
        faults.addAll(gatherer.faults());
        return new Content(
                VERSION,
                header.simulationClass(),
                Instant.ofEpochMilli(header.startMillisEpoch()),
                gatherer.requests.build(),
                gatherer.integrity(trailingBytes, faults));
    }

    private static String bytes(long count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }

    private static String place(GatlingLogDecoder decoder) {
        return "record " + decoder.records() + " at byte " + decoder.consumed();
    }

    /** Counts records and gathers response times without a look at a name's text more than once. */
    private static final class Gatherer implements GatlingLogDecoder.Sink {
        private final GatlingLogDecoder decoder;
        private final RequestHistograms.Builder requests = new RequestHistograms.Builder();
        private @Nullable PackedCells[] cells = new @Nullable PackedCells[64];
        private long runStart = Long.MIN_VALUE;
        private long requestsRead;
        private long impossible;
        private long usersStarted;
        private long usersEnded;

        Gatherer(GatlingLogDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public void request(int name, boolean ok, int start, int end) {
            requestsRead++;
            long responseMillis = (long) end - start;
            if (!(responseMillis >= 0 && responseMillis <= Integer.MAX_VALUE)) {
                impossible++;
                return;
            }
            long second = Math.floorDiv(runStart() + start, 1000L);
            cells(name, ok, second).add(second, (int) responseMillis);
        }

        private PackedCells cells(int name, boolean ok, long second) {
            int index = 2 * name + (ok ? 1 : 0);
            if (index >= cells.length) {
                cells = Arrays.copyOf(cells, Math.max(index + 1, cells.length * 2));
            }
            PackedCells found = cells[index];
            if (found == null) {
                RequestOutcome outcome = ok ? RequestOutcome.OK : RequestOutcome.KO;
                found = requests.cells(decoder.string(name), outcome, second);
                cells[index] = found;
            }
            return found;
        }

        private long runStart() {
            if (runStart == Long.MIN_VALUE) {
                runStart = decoder.header().orElseThrow().startMillisEpoch();
            }
            return runStart;
        }

        @Override
        public void user(boolean started, int at) {
            if (started) {
                usersStarted++;
            } else {
                usersEnded++;
            }
        }

        List<String> faults() {
            List<String> faults = new ArrayList<>();
            if (requestsRead == 0) {
                faults.add("the log holds no request");
            }
            if (usersStarted != usersEnded) {
                faults.add("users started and ended must be equal, were " + usersStarted + " and " + usersEnded
                        + ": the log is cut, or users were still active when Gatling stopped");
            }
            if (impossible > 0) {
                faults.add("requests must end 0 to " + Integer.MAX_VALUE + " ms after they start; " + impossible
                        + " of " + requestsRead + " do not and are left out");
            }
            return faults;
        }

        LogIntegrity integrity(long trailingBytes, List<String> faults) {
            return new LogIntegrity(requestsRead, usersStarted, usersEnded, trailingBytes, faults);
        }
    }
}
