package io.plimsoll.environments.local.logs;

import java.time.Instant;
import java.util.List;

/**
 * A log group as it is now.
 *
 * @param name such as {@code /plimsoll/app}
 * @param created when it was made
 * @param lines its lines that are kept, the oldest first
 */
public record LogGroup(String name, Instant created, List<LogLine> lines) {
    public LogGroup {
        lines = List.copyOf(lines);
    }

    /** Names of its streams, sorted. */
    public List<String> streams() {
        return lines.stream().map(LogLine::stream).distinct().sorted().toList();
    }
}
