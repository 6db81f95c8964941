package io.plimsoll.results.load;

import java.util.List;

/**
 * Whether Gatling's log is whole.
 *
 * @param requests request records read
 * @param usersStarted user start records read
 * @param usersEnded user end records read
 * @param trailingBytes bytes after the last whole record; 0 in an intact log
 * @param faults what is wrong, one sentence each; empty in an intact log. Users started ≠ ended, no request, a cut or
 *     unreadable record are faults
 */
public record LogIntegrity(long requests, long usersStarted, long usersEnded, long trailingBytes, List<String> faults) {
    public LogIntegrity {
        faults = List.copyOf(faults);
    }

    public boolean intact() {
        return faults.isEmpty();
    }
}
