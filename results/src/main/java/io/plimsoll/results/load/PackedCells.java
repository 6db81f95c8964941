package io.plimsoll.results.load;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * The response times of one request name with one outcome, by the second in which they were sent.
 *
 * <p>Sparse and exact: 8 bytes for each distinct millisecond value in each second. An entry is a {@code long} of 24 bits
 * second (signed, from the first one seen), 31 bits response time in milliseconds, and 9 bits how often that was seen
 * (1 to 511; more take further entries). As the second is on top and signed, the order of the numbers is the order of
 * time, then of response time.
 *
 * <p>New entries are appended and now and then sorted and merged into the packed ones, at the latest when they are as
 * many as those, so that the cost of an entry stays logarithmic in their number whatever order they come in. Reading is
 * defined after {@link #pack()}.
 */
final class PackedCells {
    private static final int SECOND_SHIFT = 40;
    private static final int VALUE_SHIFT = 9;
    private static final int MOST_COUNT = (1 << VALUE_SHIFT) - 1;
    private static final long KEY = -1L << VALUE_SHIFT;
    private static final int SMALL = 1 << 17;
    /** Entries whose counts are summed up in advance are so many. */
    private static final int BLOCK_BITS = 8;

    private static final long MOST_SECONDS = (1L << 23) - 1;

    private final long base;
    private long[] entries = new long[16];
    private int packed;
    private int size;
    /** Number of requests before each block of entries, once sealed. */
    private long[] before = new long[0];

    /** Cells of which the first is about {@code epochSecond}. */
    PackedCells(long epochSecond) {
        base = epochSecond;
    }

    /** Adds requests sent in one second with one response time. */
    void add(long epochSecond, int responseMillis, long count) {
        for (long left = count; left > 0; left -= MOST_COUNT) {
            append(epochSecond, responseMillis, Math.min(left, MOST_COUNT));
        }
    }

    /** Adds one request. */
    void add(long epochSecond, int responseMillis) {
        append(epochSecond, responseMillis, 1);
    }

    private void append(long epochSecond, int responseMillis, long count) {
        long second = epochSecond - base;
        if (!(second >= -MOST_SECONDS && second <= MOST_SECONDS)) {
            throw new IllegalArgumentException("second " + epochSecond + " must be within " + MOST_SECONDS
                    + " s of the first one recorded, " + base);
        }
        if (responseMillis < 0) {
            throw new IllegalArgumentException("response time must be >= 0 ms, was " + responseMillis);
        }
        if (size == entries.length) {
            pack();
            if (packed > entries.length / 2) {
                entries = Arrays.copyOf(entries, entries.length + growth());
            }
        }
        entries[size++] = second << SECOND_SHIFT | (long) responseMillis << VALUE_SHIFT | count;
    }

    /** Twice the room while it is cheap, a quarter more where room is what runs out. */
    private int growth() {
        return entries.length < SMALL ? entries.length : entries.length / 4;
    }

    /** Sorts and merges what was appended. */
    void pack() {
        if (packed == size || ascends()) {
            packed = size;
            return;
        }
        Arrays.sort(entries, packed, size);
        long[] merged = new long[entries.length];
        int last = -1;
        int left = 0;
        int right = packed;
        while (left < packed || right < size) {
            boolean fromLeft = right == size || (left < packed && entries[left] <= entries[right]);
            long entry = fromLeft ? entries[left++] : entries[right++];
            if (last >= 0 && (merged[last] & KEY) == (entry & KEY)) {
                long count = (merged[last] & MOST_COUNT) + (entry & MOST_COUNT);
                merged[last] = (entry & KEY) | Math.min(count, MOST_COUNT);
                if (count > MOST_COUNT) {
                    merged[++last] = (entry & KEY) | (count - MOST_COUNT);
                }
            } else {
                merged[++last] = entry;
            }
        }
        entries = merged;
        packed = last + 1;
        size = packed;
    }

    /** Whether what was appended already follows in order, as where a record is read back. */
    private boolean ascends() {
        for (int i = Math.max(1, packed); i < size; i++) {
            if ((entries[i - 1] & KEY) >= (entries[i] & KEY)) {
                return false;
            }
        }
        return true;
    }

    /** Packs, and gives back the room that is not needed. Nothing may be added afterwards. */
    void seal() {
        pack();
        entries = Arrays.copyOf(entries, packed);
        before = new long[(packed >> BLOCK_BITS) + 1];
        for (int block = 1; block < before.length; block++) {
            before[block] = before[block - 1] + sum((block - 1) << BLOCK_BITS, block << BLOCK_BITS);
        }
    }

    /** Number of entries. */
    int size() {
        return packed;
    }

    /** Index of the first entry at or after a second. */
    int indexOf(long epochSecond) {
        long second = Math.max(-MOST_SECONDS, epochSecond - base);
        if (second > MOST_SECONDS) {
            return packed;
        }
        int found = Arrays.binarySearch(entries, 0, packed, second << SECOND_SHIFT);
        return found < 0 ? -found - 1 : found;
    }

    long secondAt(int index) {
        return base + (entries[index] >> SECOND_SHIFT);
    }

    /** Number of requests in the entries [from, to), once sealed. */
    long count(int from, int to) {
        return from < to ? countBefore(to) - countBefore(from) : 0;
    }

    private long countBefore(int index) {
        int block = index >> BLOCK_BITS;
        return before[block] + sum(block << BLOCK_BITS, index);
    }

    private long sum(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += countAt(i);
        }
        return sum;
    }

    /** The longest response time in the entries [from, to), in milliseconds; 0 if there is none. */
    int longest(int from, int to) {
        int longest = 0;
        for (int i = from; i < to; i++) {
            longest = Math.max(longest, valueAt(i));
        }
        return longest;
    }

    /** Records the entries [from, to). */
    void addTo(Histogram histogram, int from, int to) {
        for (int i = from; i < to; i++) {
            histogram.recordValueWithCount(valueAt(i), countAt(i));
        }
    }

    /** Adds the entries [from, to). */
    void addTo(Tally tally, int from, int to) {
        for (int i = from; i < to; i++) {
            tally.add(valueAt(i), countAt(i));
        }
    }

    private long countAt(int index) {
        return entries[index] & MOST_COUNT;
    }

    private int valueAt(int index) {
        return (int) (entries[index] >>> VALUE_SHIFT) & Integer.MAX_VALUE;
    }
}
