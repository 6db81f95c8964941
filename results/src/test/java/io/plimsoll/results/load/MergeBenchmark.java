package io.plimsoll.results.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * CPU time of the whole process (compiling and collecting garbage included) to merge the request logs of many load
 * generators, beside HdrHistogram's own reader and {@code add}. {@code results/speed merge} runs it.
 *
 * <p>The arguments are generators, seconds and request names: 1,000 × 36 × 10 is a hundredth of an hour of 1,000
 * generators with 10 names, 36 million intervals, and every figure scales by that hundred: the merge keeps one second of
 * all generators, so memory does not grow with the hours.
 */
final class MergeBenchmark {
    private static final long START = 1_700_000_000_000L;
    private static final int REQUESTS_PER_INTERVAL = 40;

    private MergeBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int generators = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int names = Integer.parseInt(arguments[2]);
        Path directory = Files.createTempDirectory("plimsoll-merge");
        List<Path> stored = new ArrayList<>();
        List<Path> compressed = new ArrayList<>();
        for (int i = 0; i < generators; i++) {
            RequestHistograms requests = requests(new Random(i), seconds, names);
            stored.add(directory.resolve("stored-" + i + ".hlog"));
            compressed.add(directory.resolve("compressed-" + i + ".hlog"));
            RequestLog.writeStored(requests, stored.get(i));
            RequestLog.write(requests, compressed.get(i));
        }
        Path target = directory.resolve("merged.hlog");
        // Each is compiled by a tenth of the logs before it is measured.
        var unused = RequestLogMerge.merge(stored.subList(0, Math.max(1, generators / 10)), target)
                        .intervalsRead()
                + stock(compressed.subList(0, Math.max(1, generators / 10)));
        measure(
                "merge, stored",
                size(stored),
                () -> RequestLogMerge.merge(stored, target).intervalsRead());
        measure(
                "merge, compressed",
                size(compressed),
                () -> RequestLogMerge.merge(compressed, target).intervalsRead());
        measure("HdrHistogram's reader and add", size(compressed), () -> stock(compressed));
        for (Path file : stored) {
            Files.delete(file);
        }
        for (Path file : compressed) {
            Files.delete(file);
        }
        Files.delete(target);
        Files.delete(directory);
    }

    private static RequestHistograms requests(Random random, int seconds, int names) {
        RequestHistograms.Builder builder = new RequestHistograms.Builder();
        for (int second = 0; second < seconds; second++) {
            for (int name = 0; name < names; name++) {
                for (int i = 0; i < REQUESTS_PER_INTERVAL; i++) {
                    int millis = (int) (5 + Math.exp(random.nextGaussian() + 2.5));
                    builder.record("request " + name, RequestOutcome.OK, START + second * 1000L + i, millis);
                }
            }
        }
        return builder.build();
    }

    private static long size(List<Path> files) throws IOException {
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        return size;
    }

    private interface Work {
        long intervals() throws IOException;
    }

    private static void measure(String what, long bytes, Work work) throws IOException {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = process.getProcessCpuTime();
        long intervals = work.intervals();
        double cpu = (process.getProcessCpuTime() - before) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-30s %,9d intervals  %5d MB  %6.2f CPU-s  %5.2f us an interval  36 million: %4.0f CPU-s%n",
                what,
                intervals,
                bytes >> 20,
                cpu,
                cpu / intervals * 1e6,
                cpu / intervals * 36e6);
    }

    private static long stock(List<Path> files) throws IOException {
        long intervals = 0;
        Histogram sum = new Histogram(3);
        for (Path file : files) {
            try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
                while (reader.hasNext()) {
                    EncodableHistogram next = reader.nextIntervalHistogram();
                    if (next instanceof Histogram histogram) {
                        sum.add(histogram);
                        intervals++;
                    }
                }
            }
        }
        return intervals;
    }
}
