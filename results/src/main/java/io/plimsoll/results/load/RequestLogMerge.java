package io.plimsoll.results.load;

import io.plimsoll.results.observation.TimeWindow;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * Merges the request logs of several load generators into one, exactly: the result is the log that one generator would
 * have written had it sent all their requests, bucket by bucket. Percentiles of the merged log are those of all requests;
 * an average of the generators' percentiles would not be.
 *
 * <p>The logs are read side by side in order of time. Counts are added as they are decoded; memory holds one second of
 * all logs, whatever their length.
 */
public final class RequestLogMerge {
    private RequestLogMerge() {}

    /**
     * What was merged.
     *
     * @param requests requests in all logs
     * @param intervalsRead interval lines of all logs
     * @param intervalsWritten interval lines of the merged one
     * @param shards each log in the order given
     */
    public record Merged(long requests, long intervalsRead, long intervalsWritten, List<Shard> shards) {
        public Merged {
            shards = List.copyOf(shards);
        }
    }

    /**
     * One log.
     *
     * @param file where it is
     * @param requests its requests
     * @param span from its first second to the end of its last; zero-length at the epoch if it has none
     */
    public record Shard(Path file, long requests, TimeWindow span) {}

    /**
     * Merges logs into a new file, replacing it.
     *
     * @param logs at least one
     * @throws UnreadableLogException if one is missing or damaged; names the file and line
     * @throws IOException if the merged log cannot be written
     */
    public static Merged merge(List<Path> logs, Path target) throws IOException {
        List<Source> sources = new ArrayList<>();
        try (BufferedWriter out = Files.newBufferedWriter(target, java.nio.charset.StandardCharsets.US_ASCII)) {
            for (Path log : logs) {
                sources.add(new Source(log));
            }
            return new Merging(sources, out).run();
        } finally {
            sources.forEach(source -> source.cursor.close());
        }
    }

    /** One log that is being read. */
    private static final class Source {
        private final Path file;
        private final IntervalCursor cursor;
        private boolean open;
        private long requests;
        private long first = Long.MIN_VALUE;
        private long last = Long.MIN_VALUE;

        Source(Path file) {
            this.file = file;
            this.cursor = new IntervalCursor(file);
            this.open = cursor.next();
            if (open) {
                first = cursor.second();
            }
        }

        Shard shard() {
            TimeWindow span = first == Long.MIN_VALUE
                    ? new TimeWindow(Instant.EPOCH, Instant.EPOCH)
                    : new TimeWindow(Instant.ofEpochSecond(first), Instant.ofEpochSecond(last + 1));
            return new Shard(file, requests, span);
        }
    }

    /** What all logs have of one name and outcome in the current second. */
    private static final class Sum {
        private final EncodedHistogram counts = new EncodedHistogram();
        private long longestMillis;
    }

    private static final class Merging {
        private final List<Source> sources;
        private final BufferedWriter out;
        private final Map<String, Sum> byTag = new HashMap<>();
        private final Map<RequestLog.Tag, Sum> inOrder = new TreeMap<>();
        private final RequestLog.LineWriter lines = new RequestLog.LineWriter(Deflater.DEFAULT_COMPRESSION);
        private long requests;
        private long read;
        private long written;

        Merging(List<Source> sources, BufferedWriter out) {
            this.sources = sources;
            this.out = out;
        }

        Merged run() throws IOException {
            boolean begun = false;
            for (long second = earliest(); second != Long.MAX_VALUE; second = earliest()) {
                if (!begun) {
                    RequestLog.writeHeader(Instant.ofEpochSecond(second), out);
                    begun = true;
                }
                for (Source source : sources) {
                    take(source, second);
                }
                write(second);
            }
            if (!begun) {
                RequestLog.writeHeader(Instant.EPOCH, out);
            }
            return new Merged(
                    requests, read, written, sources.stream().map(Source::shard).toList());
        }

        private long earliest() {
            long earliest = Long.MAX_VALUE;
            for (Source source : sources) {
                if (source.open) {
                    earliest = Math.min(earliest, source.cursor.second());
                }
            }
            return earliest;
        }

        private void take(Source source, long second) {
            IntervalCursor cursor = source.cursor;
            while (source.open && cursor.second() == second) {
                try {
                    Sum sum = byTag.computeIfAbsent(cursor.tag(), this::newSum);
                    source.requests += sum.counts.add(cursor.histogram());
                    sum.longestMillis = Math.max(sum.longestMillis, cursor.longestMillis());
                } catch (MalformedRecordException e) {
                    throw cursor.error(e);
                }
                read++;
                source.last = second;
                source.open = cursor.next();
            }
        }

        private Sum newSum(String written) {
            Sum sum = new Sum();
            inOrder.put(RequestLog.Tag.read(written), sum);
            return sum;
        }

        private void write(long second) throws IOException {
            for (Map.Entry<RequestLog.Tag, Sum> entry : inOrder.entrySet()) {
                Sum sum = entry.getValue();
                if (sum.counts.total() > 0) {
                    Histogram histogram = lines.emptied();
                    sum.counts.forEach(histogram::recordValueWithCount);
                    lines.write(entry.getKey(), second, sum.longestMillis, out);
                    requests += sum.counts.total();
                    written++;
                    sum.counts.clear();
                    sum.longestMillis = 0;
                }
            }
        }
    }
}
