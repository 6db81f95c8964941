package io.plimsoll.results.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Goes through the interval lines of one request log, one at a time and without keeping any. */
final class IntervalCursor implements AutoCloseable {
    /** A thousand of these are open at once. */
    private static final int BUFFER = 16 * 1024;

    static final String ORDER = "intervals must ascend by second, name and outcome";

    private static final int LONGEST_LINE = 1 << 20;
    private static final byte[] TAG = ascii("Tag=");
    private static final byte[] AFTER_SECOND = ascii(".000,1.000,");
    private static final byte[] AFTER_LONGEST = ascii(".000,");
    private static final int MOST_DIGITS = 12;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private byte[] line = new byte[1024];
    private int length;
    private long number;
    private int at;

    private String tag = "";
    private long second = Long.MIN_VALUE;
    private long longestMillis;
    private byte[] histogram = new byte[0];

    /** Opens a log at its first interval. */
    IntervalCursor(Path file) {
        this.file = file;
        try {
            in = Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw new UnreadableLogException(file + ": no such file", e);
        } catch (IOException e) {
            throw new UnreadableLogException(file + ": cannot be read: " + e, e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Name and outcome as the line has them, such as {@code read%20item:OK}. */
    String tag() {
        return tag;
    }

    /** Seconds since the epoch. */
    long second() {
        return second;
    }

    /** The exact longest response time in milliseconds. */
    long longestMillis() {
        return longestMillis;
    }

    /** Encoded, in base64. */
    byte[] histogram() {
        return histogram;
    }

    /**
     * Goes to the next interval.
     *
     * @return whether there is one
     */
    boolean next() {
        try {
            do {
                if (!readLine()) {
                    return false;
                }
            } while (line[0] == '#' || line[0] == '"');
            parse();
            return true;
        } catch (IOException e) {
            throw new UnreadableLogException(file + ": cannot be read: " + e, e);
        } catch (MalformedRecordException e) {
            throw error(e);
        }
    }

    /** An error about the current line. */
    UnreadableLogException error(RuntimeException cause) {
        return new UnreadableLogException(file + ":" + number + ": " + cause.getMessage(), cause);
    }

    private boolean readLine() throws IOException {
        length = 0;
        while (true) {
            if (position == limit) {
                limit = Math.max(0, in.read(buffer));
                position = 0;
                if (limit == 0) {
                    if (length > 0) {
                        number++;
                        throw new MalformedRecordException("the last line is cut");
                    }
                    return false;
                }
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(end - position);
            position = end;
            if (end < limit) {
                position++;
                number++;
                if (length > 0) {
                    return true;
                }
            }
        }
    }

    private void append(int size) {
        if (length + size > line.length) {
            if (length + size > LONGEST_LINE) {
                throw new MalformedRecordException("a line must have at most " + LONGEST_LINE + " bytes");
            }
            line = Arrays.copyOf(line, Math.max(length + size, line.length * 2));
        }
        System.arraycopy(buffer, position, line, length, size);
        length += size;
    }

    private void parse() {
        at = 0;
        skip(TAG);
        int start = at;
        while (at < length && line[at] != ',') {
            at++;
        }
        String nextTag = same(tag, start, at) ? tag : new String(line, start, at - start, StandardCharsets.US_ASCII);
        at++;
        long nextSecond = number();
        skip(AFTER_SECOND);
        longestMillis = number();
        skip(AFTER_LONGEST);
        if (nextSecond < second || (nextSecond == second && nextTag.equals(tag))) {
            throw new MalformedRecordException(ORDER);
        }
        tag = nextTag;
        second = nextSecond;
        histogram = Arrays.copyOfRange(line, Math.min(at, length), length);
    }

    private boolean same(String text, int start, int end) {
        if (text.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i - start) != line[i]) {
                return false;
            }
        }
        return true;
    }

    private void skip(byte[] expected) {
        if (at + expected.length > length
                || !Arrays.equals(line, at, at + expected.length, expected, 0, expected.length)) {
            throw new MalformedRecordException(RequestLog.INTERVAL_FORM);
        }
        at += expected.length;
    }

    private long number() {
        int start = at;
        long value = 0;
        while (at < length && line[at] >= '0' && line[at] <= '9' && at - start <= MOST_DIGITS) {
            value = value * 10 + (line[at] - '0');
            at++;
        }
        if (at == start || at - start > MOST_DIGITS) {
            throw new MalformedRecordException(RequestLog.INTERVAL_FORM);
        }
        return value;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UnreadableLogException(file + ": cannot be closed: " + e, e);
        }
    }
}
