package io.plimsoll.results.load;

import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the counts out of an encoded histogram (HdrHistogram V2, compressed, base64) and adds them to an array, without
 * building a histogram. All histograms of the request log have 3 significant digits from 1 ms on, so the same index means
 * the same value in each.
 *
 * <p>Layout, big-endian: cookie {@code 0x1c849304}, length of the zlib stream, the stream. Inflated: cookie {@code
 * 0x1c849303}, length of the counts, normalising offset, significant digits (4 bytes each), lowest and highest
 * trackable value, ratio (8 bytes each), then the counts as ZigZag LEB128, where a negative one stands for so many zeros.
 *
 * <p>A stream of one stored block, as written without compression, is read in place; any other is inflated. Not safe for
 * use by several threads.
 */
final class EncodedHistogram {
    private static final int COMPRESSED_COOKIE = 0x1c849304;
    private static final int PLAIN_COOKIE = 0x1c849303;
    /** The lower byte of a cookie says how wide words are, which V2 does not use. */
    private static final int COOKIE_MASK = ~0xf0;

    private static final int OUTER_HEADER = 8;
    private static final int INNER_HEADER = 40;
    private static final int ZLIB_HEADER = 2;
    private static final int STORED_HEADER = 5;
    private static final int HALF_BITS = 10;
    private static final int HALF = 1 << HALF_BITS;
    /** Of an auto-sizing histogram with 3 digits and 63 bits of value. */
    static final int MOST_COUNTS = 55_296;

    private final Inflater inflater = new Inflater();
    private byte[] inflated = new byte[4096];
    private long[] counts = new long[4096];
    private int highest = -1;
    private long total;

    /** Takes a value and how often it occurred. */
    interface Counts {
        void take(long lowestMillis, long count);
    }

    /** Gives every value that occurred, ascending, as the lowest that its bucket stands for. */
    void forEach(Counts counts) {
        for (int index = 0; index <= highest; index++) {
            if (this.counts[index] > 0) {
                counts.take(valueAt(index), this.counts[index]);
            }
        }
    }

    /** Whether a value is in the bucket of the longest response time. */
    boolean isLongest(long millis) {
        return indexOf(millis) == highest;
    }

    /** Index of the longest response time; −1 if there is none. */
    int highest() {
        return highest;
    }

    /** How often the response times of an index occurred; indexes ascend with them. */
    long countAt(int index) {
        return counts[index];
    }

    /** The longest response time, as the lowest value that its bucket stands for. */
    long lowestOfLongest() {
        return valueAt(highest);
    }

    private static int indexOf(long value) {
        int bucket = Math.max(0, 63 - Long.numberOfLeadingZeros(value) - HALF_BITS);
        return (bucket << HALF_BITS) + (int) (value >> bucket);
    }

    /** The lowest value that an index stands for: 2,048 of width 1, then 1,024 of each further power of 2. */
    static long valueAt(int index) {
        int bucket = (index >> HALF_BITS) - 1;
        return bucket < 0 ? index : (long) ((index & (HALF - 1)) + HALF) << bucket;
    }

    /** Sum of all counts. */
    long total() {
        return total;
    }

    /** Sets every count to zero. */
    void clear() {
        Arrays.fill(counts, 0, highest + 1, 0);
        highest = -1;
        total = 0;
    }

    /**
     * Adds the counts of one encoded histogram.
     *
     * @param base64 its text; the array is not kept
     * @return how many requests it held, ≥ 1
     * @throws MalformedRecordException if it is damaged or has another geometry
     */
    long add(byte[] base64) {
        byte[] outer;
        try {
            outer = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("histogram cannot be decoded: " + e.getMessage());
        }
        if (outer.length < OUTER_HEADER || (int32(outer, 0) & COOKIE_MASK) != (COMPRESSED_COOKIE & COOKIE_MASK)) {
            throw new MalformedRecordException("histogram cannot be decoded: it is not of HdrHistogram's form V2");
        }
        int stored = storedLength(outer);
        return stored >= 0
                ? addPlain(outer, OUTER_HEADER + ZLIB_HEADER + STORED_HEADER, stored)
                : addPlain(inflated, 0, inflate(outer));
    }

    /** Length of the only block of the stream, if that is stored as it is; −1 otherwise. */
    private static int storedLength(byte[] outer) {
        int block = OUTER_HEADER + ZLIB_HEADER;
        if (outer.length < block + STORED_HEADER || outer[block] != 1) {
            return -1;
        }
        int length = (outer[block + 1] & 0xff) | (outer[block + 2] & 0xff) << 8;
        int check = (outer[block + 3] & 0xff) | (outer[block + 4] & 0xff) << 8;
        if ((length ^ check) != 0xffff || outer.length < block + STORED_HEADER + length) {
            throw new MalformedRecordException("histogram cannot be decoded: its stored block is cut");
        }
        return length;
    }

    private int inflate(byte[] outer) {
        inflater.reset();
        inflater.setInput(outer, OUTER_HEADER, outer.length - OUTER_HEADER);
        int length = 0;
        try {
            while (!inflater.finished()) {
                if (length == inflated.length) {
                    inflated = Arrays.copyOf(inflated, length * 2);
                }
                int more = inflater.inflate(inflated, length, inflated.length - length);
                if (more == 0 && !inflater.finished()) {
                    throw new MalformedRecordException("histogram cannot be decoded: its compressed form is cut");
                }
                length += more;
                if (length > INNER_HEADER + MOST_COUNTS * 9) {
                    throw new MalformedRecordException("histogram cannot be decoded: it is too long");
                }
            }
        } catch (DataFormatException e) {
            throw new MalformedRecordException("histogram cannot be decoded: " + e.getMessage());
        }
        return length;
    }

    private long addPlain(byte[] from, int start, int length) {
        if (length < INNER_HEADER || (int32(from, start) & COOKIE_MASK) != (PLAIN_COOKIE & COOKIE_MASK)) {
            throw new MalformedRecordException("histogram cannot be decoded: it is not of HdrHistogram's form V2");
        }
        int size = int32(from, start + 4);
        boolean geometry = int32(from, start + 8) == 0
                && int32(from, start + 12) == 3
                && int32(from, start + 16) == 0
                && int32(from, start + 20) == 1;
        if (!geometry) {
            throw new MalformedRecordException("histogram must have 3 significant digits from 1 ms on");
        }
        if (size < 0 || size > length - INNER_HEADER) {
            throw new MalformedRecordException("histogram cannot be decoded: its counts are cut");
        }
        return addCounts(from, start + INNER_HEADER, start + INNER_HEADER + size);
    }

    private long addCounts(byte[] from, int start, int end) {
        long added = 0;
        int index = 0;
        int at = start;
        while (at < end) {
            long zigZag = from[at++];
            if (zigZag < 0) {
                zigZag &= 0x7f;
                int shift = 7;
                byte next;
                do {
                    if (at == end || shift > 56) {
                        throw new MalformedRecordException("histogram cannot be decoded: a count is cut");
                    }
                    next = from[at++];
                    // The ninth byte has eight bits of its own.
                    zigZag |= shift == 56 ? (next & 0xffL) << shift : (next & 0x7fL) << shift;
                    shift += 7;
                } while (next < 0 && shift <= 56);
            }
            long count = (zigZag >>> 1) ^ -(zigZag & 1);
            long last = count < 0 ? index - count - 1 : index;
            if (last >= MOST_COUNTS) {
                throw new MalformedRecordException(
                        "histogram cannot be decoded: it has more than " + MOST_COUNTS + " counts");
            }
            if (count > 0) {
                ensure(index);
                counts[index] += count;
                highest = Math.max(highest, index);
                added += count;
            }
            index = (int) last + 1;
        }
        if (added < 1) {
            throw new MalformedRecordException("histogram must hold at least 1 request");
        }
        total += added;
        return added;
    }

    private void ensure(int index) {
        if (index >= counts.length) {
            counts = Arrays.copyOf(counts, Math.min(MOST_COUNTS, Math.max(index + 1, counts.length * 2)));
        }
    }

    private static int int32(byte[] from, int at) {
        return (from[at] & 0xff) << 24
                | (from[at + 1] & 0xff) << 16
                | (from[at + 2] & 0xff) << 8
                | (from[at + 3] & 0xff);
    }
}
