package io.plimsoll.environments.local.descriptor;

import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.document.Durations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of an environment file, each checked. */
public final class Values {
    /** The shortest and the longest time that makes sense for a check or a delay. */
    public static final Duration SHORTEST = Duration.ofMillis(50);

    public static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,22}");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(KiB|MiB|GiB)");
    private static final Map<String, Long> BYTES = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Values() {}

    /** The name of a part, which with its prefix is one that every AWS service takes. */
    static String name(String name, Node node) {
        if (!NAME.matcher(name).matches()) {
            throw node.error("a part's name must be a letter and then up to 22 letters, digits or hyphens");
        }
        return name;
    }

    /** Texts of a list; none if the list is not there. */
    public static List<String> texts(Optional<Node> list) {
        return list.map(node -> node.items().stream().map(Node::text).toList()).orElse(List.of());
    }

    /** A duration in [least, most]. */
    public static Duration within(Node node, Duration least, Duration most) {
        Duration duration = node.duration();
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw node.error("must be in [" + Durations.print(least) + ", " + Durations.print(most) + "]");
        }
        return duration;
    }

    /** A size in bytes, in [least, most]. */
    public static long size(Node node, long least, long most) {
        Matcher matcher = SIZE.matcher(node.text());
        if (!matcher.matches()) {
            throw node.error("must be a size such as '64 MiB' (KiB, MiB or GiB)");
        }
        long bytes = Long.parseLong(matcher.group(1)) * BYTES.getOrDefault(matcher.group(2), 0L);
        if (bytes < least || bytes > most) {
            throw node.error("must be in [" + print(least) + ", " + print(most) + "]");
        }
        return bytes;
    }

    private static String print(long bytes) {
        return bytes < 1L << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
    }

    /** An executable file. */
    public static Path executable(Node node) {
        Path file = Path.of(node.text());
        if (!Files.isExecutable(file)) {
            throw node.error("must be an executable file");
        }
        return file.toAbsolutePath();
    }
}
