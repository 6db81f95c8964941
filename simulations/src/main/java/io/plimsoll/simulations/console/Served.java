package io.plimsoll.simulations.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the client saw in the last seconds.
 *
 * @param numbers of all requests; empty if there are none
 * @param requests the same by name, the most frequent first, some at most
 * @param note why there are no numbers, in words; empty if that is because nothing has ended yet
 */
public record Served(Optional<Numbers> numbers, List<Request> requests, String note) {
    public Served {
        requests = List.copyOf(requests);
    }

    /**
     * Requests that ended.
     *
     * @param perSecond rate, ≥ 0
     * @param p95Millis 95th percentile of their response times, failed ones among them
     * @param errorRatio failed of all, in [0, 1]
     */
    public record Numbers(double perSecond, long p95Millis, double errorRatio) {}

    /** Requests of one name. */
    public record Request(String name, Numbers numbers) {}

    /** No numbers, and why. */
    static Served nothing(String note) {
        return new Served(Optional.empty(), List.of(), note);
    }

    /** Rate, 95th percentile and errors, such as {@code served   212/s  p95     9 ms  errors  0.0 %}. */
    String words() {
        if (!note.isEmpty()) {
            return note;
        }
        return numbers.map(seen -> String.format(
                        Locale.ROOT,
                        "served %5.0f/s  p95 %5d ms  errors %4.1f %%",
                        seen.perSecond(),
                        seen.p95Millis(),
                        100 * seen.errorRatio()))
                .orElse("served     -/s  p95     - ms  errors    - %");
    }
}
