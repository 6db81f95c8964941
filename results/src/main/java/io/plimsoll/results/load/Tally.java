package io.plimsoll.results.load;

import org.HdrHistogram.Histogram;

/**
 * Gathers a histogram. Most response times are the same few short ones, which are summed up by millisecond first: a
 * histogram takes each as dearly as a million of them.
 */
final class Tally {
    /** Milliseconds below which most response times are. */
    private static final int SHORT = 1024;

    private final long[] sums = new long[SHORT];
    private final Histogram histogram = new Histogram(3);

    /** Adds so many requests of one response time in milliseconds. */
    void add(int responseMillis, long count) {
        if (responseMillis < SHORT) {
            sums[responseMillis] += count;
        } else {
            histogram.recordValueWithCount(responseMillis, count);
        }
    }

    /** The histogram of all that was added, which must be asked for once. */
    Histogram histogram() {
        for (int millis = 0; millis < SHORT; millis++) {
            if (sums[millis] > 0) {
                histogram.recordValueWithCount(millis, sums[millis]);
            }
        }
        return histogram;
    }
}
