package io.plimsoll.results.load;

import io.plimsoll.results.observation.TimeWindow;
import java.util.Set;
import java.util.SortedSet;
import org.HdrHistogram.Histogram;

/**
 * What the client saw: response times by request name, outcome and the wall-clock second in which the request was
 * <em>sent</em>, so that a slow request counts against the moment that caused it.
 *
 * <p>A window selects the seconds whose start lies in it. An empty set of names selects every request.
 */
public interface ClientRecord {
    /** Names of all requests seen, sorted. */
    SortedSet<String> requestNames();

    /** From the second of the first request sent to the end of the second of the last; zero-length if there is none. */
    TimeWindow span();

    /** Number of requests. */
    long count(Set<String> names, Set<RequestOutcome> outcomes, TimeWindow window);

    /** Response times in milliseconds, merged exactly; 3 significant digits. A histogram of its own for each call. */
    Histogram responseTimes(Set<String> names, Set<RequestOutcome> outcomes, TimeWindow window);

    /** The exact longest response time in milliseconds (a histogram rounds it up); 0 if there is no request. */
    long longestMillis(Set<String> names, Set<RequestOutcome> outcomes, TimeWindow window);
}
