package io.plimsoll.environments.local.warehouse;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the warehouse stands, as its process tells the stack in one line of its standard output.
 *
 * @param rows rows it holds
 * @param lag how far it is behind the shard that is loaded worst
 * @param oldest age of the oldest row of any shard that is not to stay there
 * @param overdue rows that shards still have beyond the window and its grace
 * @param bytes it takes on disk
 */
record WarehouseReport(long rows, Duration lag, Duration oldest, long overdue, long bytes) {
    private static final Pattern LINE = Pattern.compile("WAREHOUSE (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    /** One line, without its end; times in milliseconds. */
    String line() {
        return "WAREHOUSE " + rows + " " + lag.toMillis() + " " + oldest.toMillis() + " " + overdue + " " + bytes;
    }

    /** The report a line holds; empty if it holds none. */
    static Optional<WarehouseReport> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new WarehouseReport(
                        Long.parseLong(matcher.group(1)),
                        Duration.ofMillis(Long.parseLong(matcher.group(2))),
                        Duration.ofMillis(Long.parseLong(matcher.group(3))),
                        Long.parseLong(matcher.group(4)),
                        Long.parseLong(matcher.group(5))))
                : Optional.empty();
    }
}
