package io.plimsoll.simulations.view;

import io.plimsoll.environments.aws.descriptor.View;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.simulations.probe.SteadySeries;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks every product that the descriptor names whether it saw a fault, until it did or the deadline has passed. The answers
 * are metrics: {@code splunk delay} is how long after the fault Splunk's first sighting is, or −1 if there is none; {@code
 * splunk sightings} how many there are. A product that does not answer gives no metric, which leaves its claim open.
 */
public final class Views {
    /** What the metric of a delay holds if the product saw nothing. */
    static final double UNSEEN = -1;

    private final Map<View, FaultView> views = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Clock clock;

    /**
     * The views of an environment.
     *
     * @param configured what the descriptor names
     * @param variables environment variables by name, which hold the tokens; empty text for none
     */
    public Views(List<View> configured, Function<String, String> variables, Clock clock) {
        this.clock = clock;
        for (View view : configured) {
            String token = variables.apply(view.tokenVariable());
            if (token.isEmpty()) {
                problems.add("view " + view.product().word() + ": the environment variable " + view.tokenVariable()
                        + " is not set");
            } else {
                views.put(view, Products.open(view, token));
            }
        }
    }

    /** Views that cannot be asked, or did not answer, one sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Names of the metrics that these views give. */
    public Set<String> measured() {
        Set<String> names = new TreeSet<>();
        views.keySet().forEach(view -> names.addAll(List.of(delay(view), sightings(view))));
        return names;
    }

    private static String delay(View view) {
        return view.product().word() + " delay";
    }

    private static String sightings(View view) {
        return view.product().word() + " sightings";
    }

    /**
     * Asks all of them.
     *
     * @param fault when it began
     * @param deadline how long from now one that saw nothing yet is asked again
     * @param poll time between two questions
     * @param run when the metrics are to tell of the fault
     * @throws InterruptedException if the thread is interrupted
     */
    public List<Series> saw(Instant fault, Duration deadline, Duration poll, TimeWindow run)
            throws InterruptedException {
        List<Series> series = new ArrayList<>();
        Instant end = clock.instant().plus(deadline);
        for (Map.Entry<View, FaultView> view : views.entrySet()) {
            try {
                Sighting seen = view.getValue().ask(new TimeWindow(fault, clock.instant()));
                while (seen.first().isEmpty() && clock.instant().isBefore(end)) {
                    TimeUnit.MILLISECONDS.sleep(poll.toMillis());
                    seen = view.getValue().ask(new TimeWindow(fault, clock.instant()));
                }
                double delay = seen.first()
                        .map(first -> Math.max(0, Duration.between(fault, first).toMillis() / 1000.0))
                        .orElse(UNSEEN);
                series.add(SteadySeries.of(delay(view.getKey()), run, delay));
                series.add(SteadySeries.of(sightings(view.getKey()), run, (double) seen.count()));
            } catch (IOException e) {
                problems.add("view " + view.getKey().product().word() + ": " + e.getMessage());
            }
        }
        return List.copyOf(series);
    }
}
