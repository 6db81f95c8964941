package io.plimsoll.results.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@link RequestHistograms} in the open log format of HdrHistogram (version 1.3), {@code requests.hlog}.
 *
 * <p>One interval line for each second in which requests of one name and outcome were sent, in order of time, name and
 * outcome:
 *
 * <pre>{@code
 * Tag=read%20item:OK,1795489200.000,1.000,312.000,HISTFAAA…
 * }</pre>
 *
 * <ul>
 *   <li>The tag is the request's name, each byte of its UTF-8 form percent-encoded unless it is one of {@code A-Z a-z
 *       0-9 - . _ ~} (RFC 3986), then {@code :OK} or {@code :KO}.
 *   <li>The start is in seconds since the epoch, absolute; the length is always one second.
 *   <li>The interval's maximum is the exact longest response time in milliseconds. HdrHistogram's own writer puts the
 *       histogram's maximum there, which rounds up; its reader skips the field.
 *   <li>The histogram is of milliseconds with 3 significant digits, compressed and encoded by HdrHistogram.
 * </ul>
 *
 * <p>HdrHistogram's stock {@code HistogramLogReader} reads it. Written from one record on one Java runtime the bytes are
 * always the same (another zlib may compress differently); read again, the record answers every query the same.
 */
public final class RequestLog {
    private static final String HEADER = """
            #[Requests by name, outcome and second of sending; milliseconds]
            #[Histogram log format version 1.3]
            """;
    private static final String LEGEND =
            "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n";
    /** What every line but the header's must be. */
    static final String INTERVAL_FORM =
            "must be an interval 'Tag=<name>:<OK|KO>,<second>.000,1.000,<max>.000,<histogram>'";

    private static final Pattern ENCODED = Pattern.compile("(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*");
    /** Requests of one name in one second beyond any injector's power: more are damage. */
    private static final long MOST_PER_SECOND = 10_000_000;

    private RequestLog() {}

    /** Writes a record to a file, replacing it. */
    public static void write(RequestHistograms requests, Path file) throws IOException {
        write(requests, file, Deflater.DEFAULT_COMPRESSION);
    }

    /**
     * Writes a record whose histograms are stored as they are, for {@link RequestLogMerge}: somewhat larger, and several
     * times faster to merge. It is read like any other.
     */
    public static void writeStored(RequestHistograms requests, Path file) throws IOException {
        write(requests, file, Deflater.NO_COMPRESSION);
    }

    private static void write(RequestHistograms requests, Path file, int compression) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            writeHeader(requests.span().start(), out);
            LineWriter lines = new LineWriter(compression);
            for (long second : seconds(requests)) {
                for (Map.Entry<String, Map<RequestOutcome, PackedCells>> named :
                        requests.cells().entrySet()) {
                    for (Map.Entry<RequestOutcome, PackedCells> one :
                            named.getValue().entrySet()) {
                        PackedCells cells = one.getValue();
                        int from = cells.indexOf(second);
                        int to = cells.indexOf(second + 1);
                        if (from < to) {
                            cells.addTo(lines.emptied(), from, to);
                            lines.write(new Tag(named.getKey(), one.getKey()), second, cells.longest(from, to), out);
                        }
                    }
                }
            }
        }
    }

    static void writeHeader(Instant start, Writer out) throws IOException {
        out.write(HEADER);
        out.write("#[StartTime: " + start.getEpochSecond() + ".000 (seconds since epoch), " + start + "]\n");
        out.write(LEGEND);
    }

    private static SortedSet<Long> seconds(RequestHistograms requests) {
        SortedSet<Long> seconds = new TreeSet<>();
        for (Map<RequestOutcome, PackedCells> byOutcome : requests.cells().values()) {
            for (PackedCells one : byOutcome.values()) {
                for (int i = 0; i < one.size(); i = one.indexOf(one.secondAt(i) + 1)) {
                    seconds.add(one.secondAt(i));
                }
            }
        }
        return seconds;
    }

    /**
     * Reads a file that {@link #write} wrote.
     *
     * @throws UnreadableLogException if the file is missing, or a line of it is not of the form above; names the line
     */
    public static RequestHistograms read(Path file) {
        RequestHistograms.Builder requests = new RequestHistograms.Builder();
        EncodedHistogram histogram = new EncodedHistogram();
        Map<String, Tag> tags = new HashMap<>();
        try (IntervalCursor cursor = new IntervalCursor(file)) {
            @Nullable Tag last = null;
            long lastSecond = Long.MIN_VALUE;
            while (cursor.next()) {
                try {
                    Tag tag = tags.computeIfAbsent(cursor.tag(), Tag::read);
                    if (last != null && cursor.second() == lastSecond && tag.compareTo(last) <= 0) {
                        throw new MalformedRecordException(IntervalCursor.ORDER);
                    }
                    last = tag;
                    lastSecond = cursor.second();
                    histogram.clear();
                    histogram.add(cursor.histogram());
                    add(cursor, tag, histogram, requests);
                } catch (MalformedRecordException | IllegalArgumentException e) {
                    throw cursor.error(e);
                }
            }
            return requests.build();
        }
    }

    private static void add(
            IntervalCursor cursor, Tag tag, EncodedHistogram histogram, RequestHistograms.Builder requests) {
        long longest = cursor.longestMillis();
        if (!(longest <= Integer.MAX_VALUE && histogram.isLongest(longest))) {
            throw new MalformedRecordException("maximum must be in the histogram's highest bucket, from "
                    + histogram.lowestOfLongest() + " ms on, was " + longest + " ms");
        }
        if (histogram.total() > MOST_PER_SECOND) {
            throw new MalformedRecordException(
                    "histogram must hold 1 to " + MOST_PER_SECOND + " requests, was " + histogram.total());
        }
        PackedCells cells = requests.cells(tag.name(), tag.outcome(), cursor.second());
        int highest = histogram.highest();
        for (int index = 0; index < highest; index++) {
            long count = histogram.countAt(index);
            if (count > 0) {
                cells.add(cursor.second(), (int) EncodedHistogram.valueAt(index), count);
            }
        }
        long lowest = histogram.lowestOfLongest();
        if (lowest < longest) {
            cells.add(cursor.second(), (int) lowest, histogram.countAt(highest) - 1);
        }
        cells.add(cursor.second(), (int) longest, lowest < longest ? 1 : histogram.countAt(highest));
    }

    /** Name and outcome of an interval, in the order of the lines. */
    record Tag(String name, RequestOutcome outcome) implements Comparable<Tag> {
        private static final Comparator<Tag> ORDER =
                Comparator.comparing(Tag::name).thenComparing(Tag::outcome);

        /** Reads what {@link #written()} wrote. */
        static Tag read(String written) {
            int colon = written.lastIndexOf(':');
            String outcome = written.substring(colon + 1);
            if (colon < 0
                    || !(outcome.equals("OK") || outcome.equals("KO"))
                    || !ENCODED.matcher(written.substring(0, colon)).matches()) {
                throw new MalformedRecordException(INTERVAL_FORM);
            }
            return new Tag(
                    URLDecoder.decode(written.substring(0, colon), StandardCharsets.UTF_8),
                    RequestOutcome.valueOf(outcome));
        }

        String written() {
            StringBuilder encoded = new StringBuilder();
            for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
                if ((b >= 'A' && b <= 'Z')
                        || (b >= 'a' && b <= 'z')
                        || (b >= '0' && b <= '9')
                        || b == '-'
                        || b == '.'
                        || b == '_'
                        || b == '~') {
                    encoded.append((char) b);
                } else {
                    encoded.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xFF));
                }
            }
            return encoded.append(':').append(outcome).toString();
        }

        @Override
        public int compareTo(Tag other) {
            return ORDER.compare(this, other);
        }
    }

    /** Writes interval lines, with one histogram used over and over. */
    static final class LineWriter {
        private final Histogram histogram = new Histogram(3);
        private final int compression;
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        /** A writer of a zlib compression level. */
        LineWriter(int compression) {
            this.compression = compression;
        }

        /** The histogram of the next line, without a count. */
        Histogram emptied() {
            histogram.reset();
            return histogram;
        }

        void write(Tag tag, long second, long longestMillis, Writer out) throws IOException {
            int needed = histogram.getNeededByteBufferCapacity();
            if (buffer.capacity() < needed) {
                buffer = ByteBuffer.allocate(needed);
            }
            buffer.clear();
            int length = histogram.encodeIntoCompressedByteBuffer(buffer, compression);
            out.write("Tag=" + tag.written() + "," + second + ".000,1.000," + longestMillis + ".000,"
                    + Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length)) + "\n");
        }
    }
}
