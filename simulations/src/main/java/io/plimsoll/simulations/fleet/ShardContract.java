package io.plimsoll.simulations.fleet;

import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import io.plimsoll.results.run.ShardPlace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one injector of several is told, by system properties:
 *
 * <ul>
 *   <li>{@code shard.index}: from 0 to count - 1
 *   <li>{@code shard.count}: of injectors, 1 to {@value #MOST}
 *   <li>{@code shard.start}: T0, the moment all begin at, in milliseconds since the epoch
 *   <li>{@code shard.run}: the run's id
 *   <li>{@code shard.results}: the directory it writes to: one that all share, or its own, whose files are then put to a bucket
 *   <li>{@code shard.address.<name>}: the URL of each address that requests can name
 *   <li>{@code shard.clock}: where that directory is its own, {@code MILLIS/ERROR}: the bucket's clock minus this machine's
 *   <li>{@code shard.coordinator}: a process of this machine whose end ends this injector; may be left out
 * </ul>
 *
 * <p>It sends 1 / count of the rate, and of the sequence of visits the elements index, index + count, index + 2 count and
 * so on.
 *
 * @param index from 0
 * @param count of injectors
 * @param start T0
 * @param run the run's id
 * @param results the directory it writes to
 * @param addresses URLs by name
 * @param clock the clock of the place for results minus this machine's; empty where the directory itself tells
 * @param coordinator id of a process whose end ends this injector
 */
public record ShardContract(
        int index,
        int count,
        Instant start,
        String run,
        Path results,
        SortedMap<String, String> addresses,
        Optional<ClockOffset> clock,
        Optional<Long> coordinator) {
    /** Most injectors of a run. */
    public static final int MOST = ShardPlace.MOST;

    private static final String PREFIX = "shard.";
    private static final String ADDRESS = PREFIX + "address.";
    private static final Pattern CLOCK = Pattern.compile("(-?\\d{1,15})/(\\d{1,15})");

    public ShardContract {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    /**
     * Reads it.
     *
     * @return empty if no {@code shard.} property is set: then this is the only injector
     * @throws DocumentException if one is missing or wrong
     */
    public static Optional<ShardContract> read(Properties properties) {
        if (properties.stringPropertyNames().stream().noneMatch(name -> name.startsWith(PREFIX))) {
            return Optional.empty();
        }
        int count = (int) number(properties, "count", 1, MOST);
        SortedMap<String, String> addresses = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(ADDRESS)) {
                addresses.put(name.substring(ADDRESS.length()), properties.getProperty(name));
            }
        }
        boolean alone = properties.getProperty(PREFIX + "coordinator") == null;
        return Optional.of(new ShardContract(
                (int) number(properties, "index", 0, count - 1),
                count,
                Instant.ofEpochMilli(number(properties, "start", 0, Long.MAX_VALUE)),
                text(properties, "run"),
                Path.of(text(properties, "results")),
                addresses,
                clock(properties),
                alone ? Optional.empty() : Optional.of(number(properties, "coordinator", 1, Long.MAX_VALUE))));
    }

    private static Optional<ClockOffset> clock(Properties properties) {
        @Nullable String text = properties.getProperty(PREFIX + "clock");
        if (text == null) {
            return Optional.empty();
        }
        Matcher form = CLOCK.matcher(text);
        if (!form.matches()) {
            throw new DocumentException(
                    "-D" + PREFIX + "clock: must be MILLISECONDS/ERROR, such as -3/50, was '" + text + "'");
        }
        return Optional.of(new ClockOffset(Long.parseLong(form.group(1)), Long.parseLong(form.group(2))));
    }

    private static String text(Properties properties, String key) {
        @Nullable String text = properties.getProperty(PREFIX + key);
        if (text == null || text.isBlank()) {
            throw new DocumentException("-D" + PREFIX + key + ": must be given to one injector of several");
        }
        return text;
    }

    private static long number(Properties properties, String key, long least, long most) {
        String text = text(properties, key);
        String rule = "-D" + PREFIX + key + ": must be a whole number of at least " + least
                + (most == Long.MAX_VALUE ? "" : " and at most " + most) + ", was '" + text + "'";
        if (!text.matches("\\d{1,18}")) {
            throw new DocumentException(rule);
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            throw new DocumentException(rule);
        }
        return number;
    }
}
