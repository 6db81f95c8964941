package io.plimsoll.results.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

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
    private static final Pattern LINE = Pattern.compile(
            "Tag=([A-Za-z0-9._~%-]*):(OK|KO),(-?\\d{1,12})\\.000,1\\.000,(\\d{1,10})\\.000,([A-Za-z0-9+/=]+)");
    private static final Pattern ENCODED = Pattern.compile("(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*");
    /** Requests of one name in one second beyond any injector's power: more are damage. */
    private static final long MOST_PER_SECOND = 10_000_000;

    private RequestLog() {}

    /** Writes a record to a file, replacing it. */
    public static void write(RequestHistograms requests, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            out.write(HEADER);
            out.write("#[StartTime: " + requests.span().start().getEpochSecond() + ".000 (seconds since epoch), "
                    + requests.span().start() + "]\n");
            out.write(LEGEND);
            Encoder encoder = new Encoder();
            for (long second : seconds(requests)) {
                for (Map.Entry<String, Map<RequestOutcome, PackedCells>> named :
                        requests.cells().entrySet()) {
                    for (Map.Entry<RequestOutcome, PackedCells> one :
                            named.getValue().entrySet()) {
                        encoder.write(named.getKey(), one.getKey(), one.getValue(), second, out);
                    }
                }
            }
        }
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
        IntervalReader intervals = new IntervalReader();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.startsWith("#") && !line.startsWith("\"")) {
                    try {
                        intervals.read(line);
                    } catch (MalformedRecordException | IllegalArgumentException e) {
                        throw new UnreadableLogException(file + ":" + number + ": " + e.getMessage(), e);
                    }
                }
            }
            return intervals.requests.build();
        } catch (NoSuchFileException e) {
            throw new UnreadableLogException(file + ": no such file", e);
        } catch (IOException e) {
            throw new UnreadableLogException(file + ": cannot be read: " + e, e);
        }
    }

    /** What an interval line is about, in the order of the lines. */
    private record Interval(long second, String name, RequestOutcome outcome) implements Comparable<Interval> {
        private static final Comparator<Interval> ORDER = Comparator.comparingLong(Interval::second)
                .thenComparing(Interval::name)
                .thenComparing(Interval::outcome);

        @Override
        public int compareTo(Interval other) {
            return ORDER.compare(this, other);
        }
    }

    /** Reads interval lines in their order. */
    private static final class IntervalReader {
        private final RequestHistograms.Builder requests = new RequestHistograms.Builder();
        private Interval last = new Interval(Long.MIN_VALUE, "", RequestOutcome.OK);

        void read(String line) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches() || !ENCODED.matcher(matcher.group(1)).matches()) {
                throw new MalformedRecordException(
                        "must be an interval 'Tag=<name>:<OK|KO>,<second>.000,1.000,<max>.000,<histogram>'");
            }
            Interval interval = new Interval(
                    Long.parseLong(matcher.group(3)),
                    URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8),
                    RequestOutcome.valueOf(matcher.group(2)));
            if (interval.compareTo(last) <= 0) {
                throw new MalformedRecordException("intervals must ascend by second, name and outcome");
            }
            last = interval;
            add(interval, Long.parseLong(matcher.group(4)), decode(matcher.group(5)));
        }

        private void add(Interval interval, long longest, Histogram histogram) {
            if (!(longest <= Integer.MAX_VALUE && histogram.valuesAreEquivalent(longest, histogram.getMaxValue()))) {
                throw new MalformedRecordException("maximum must be equivalent to the histogram's, "
                        + histogram.getMaxValue() + " ms, was " + longest + " ms");
            }
            PackedCells cells = requests.cells(interval.name(), interval.outcome(), interval.second());
            for (HistogramIterationValue value : histogram.recordedValues()) {
                long count = value.getCountAtValueIteratedTo();
                long millis = histogram.lowestEquivalentValue(value.getValueIteratedTo());
                if (histogram.valuesAreEquivalent(millis, longest)) {
                    cells.add(interval.second(), (int) longest);
                    count--;
                }
                cells.add(interval.second(), (int) millis, count);
            }
        }
    }

    private static Histogram decode(String encoded) {
        Histogram histogram;
        try {
            histogram = Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(encoded)), 0);
        } catch (DataFormatException | RuntimeException e) {
            throw new MalformedRecordException("histogram cannot be decoded: " + e);
        }
        if (histogram.getNumberOfSignificantValueDigits() != 3 || histogram.getLowestDiscernibleValue() != 1) {
            throw new MalformedRecordException("histogram must have 3 significant digits from 1 ms on");
        }
        if (!(histogram.getTotalCount() > 0 && histogram.getTotalCount() <= MOST_PER_SECOND)) {
            throw new MalformedRecordException(
                    "histogram must hold 1 to " + MOST_PER_SECOND + " requests, was " + histogram.getTotalCount());
        }
        return histogram;
    }

    /** Writes interval lines, with one histogram used over and over. */
    private static final class Encoder {
        private final Histogram histogram = new Histogram(3);
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        void write(String name, RequestOutcome outcome, PackedCells cells, long second, Writer out) throws IOException {
            int from = cells.indexOf(second);
            int to = cells.indexOf(second + 1);
            if (from == to) {
                return;
            }
            histogram.reset();
            cells.addTo(histogram, from, to);
            int needed = histogram.getNeededByteBufferCapacity();
            if (buffer.capacity() < needed) {
                buffer = ByteBuffer.allocate(needed);
            }
            buffer.clear();
            int length = histogram.encodeIntoCompressedByteBuffer(buffer, Deflater.DEFAULT_COMPRESSION);
            out.write("Tag=" + encode(name) + ":" + outcome + "," + second + ".000,1.000," + cells.longest(from, to)
                    + ".000," + Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length))
                    + "\n");
        }

        private static String encode(String name) {
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
            return encoded.toString();
        }
    }
}
