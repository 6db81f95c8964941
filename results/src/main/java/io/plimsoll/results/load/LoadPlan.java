package io.plimsoll.results.load;

import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What load was offered, on the wall clock.
 *
 * @param profile name of the load profile
 * @param phases contiguous, in time order, at least one
 * @param marks named moments of the plan, such as {@code load-step}, the moment the rate starts to rise
 */
public record LoadPlan(String profile, List<Phase> phases, SortedMap<String, Instant> marks) {
    public LoadPlan {
        phases = List.copyOf(phases);
        marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("load plan " + profile + ": must have a phase");
        }
        for (int i = 1; i < phases.size(); i++) {
            Phase before = phases.get(i - 1);
            if (!phases.get(i).window().start().equals(before.window().end())) {
                throw new IllegalArgumentException("load plan " + profile + ": phase "
                        + phases.get(i).name() + " must start when " + before.name() + " ends, at "
                        + before.window().end() + ", was "
                        + phases.get(i).window().start());
            }
        }
    }

    /** The phase of that name, if the plan has one. */
    public Optional<Phase> phase(String name) {
        return phases.stream().filter(phase -> phase.name().equals(name)).findFirst();
    }

    /** From the first phase's start to the last one's end. */
    public TimeWindow whole() {
        return new TimeWindow(
                phases.get(0).window().start(),
                phases.get(phases.size() - 1).window().end());
    }

    /** Everything but the phase named {@code warm-up}, which is declared and never judged by default. */
    public TimeWindow afterWarmUp() {
        Instant start = phase("warm-up").map(phase -> phase.window().end()).orElse(whole().start());
        return new TimeWindow(start, whole().end());
    }

    /**
     * This plan with no rate above a limit, and its last phase cut where it would last too long.
     *
     * @param requestsPerSecond the highest rate
     * @param longest how long all of it may last
     */
    public LoadPlan within(double requestsPerSecond, Duration longest) {
        Instant latest = whole().start().plus(longest);
        List<Phase> cut = new ArrayList<>();
        for (Phase phase : phases) {
            boolean last = cut.size() == phases.size() - 1;
            Instant end = phase.window().end();
            boolean late =
                    last && end.isAfter(latest) && latest.isAfter(phase.window().start());
            cut.add(new Phase(
                    phase.name(),
                    new TimeWindow(phase.window().start(), late ? latest : end),
                    Math.min(requestsPerSecond, phase.fromRequestsPerSecond()),
                    Math.min(requestsPerSecond, phase.toRequestsPerSecond()),
                    phase.requestsPerUser()));
        }
        return new LoadPlan(profile, cut, marks);
    }

    /** Requests offered within a window, by integrating the phases' rates over their overlap with it. */
    public double offeredRequests(TimeWindow window) {
        double sum = 0;
        for (Phase phase : phases) {
            double length = seconds(phase.window().start(), phase.window().end());
            double from = Math.max(0, seconds(phase.window().start(), window.start()));
            double to = Math.min(length, seconds(phase.window().start(), window.end()));
            if (to > from) {
                double slope = (phase.toRequestsPerSecond() - phase.fromRequestsPerSecond()) / length;
                sum += phase.fromRequestsPerSecond() * (to - from) + slope * (to * to - from * from) / 2;
            }
        }
        return sum;
    }

    private static double seconds(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        return between.getSeconds() + between.getNano() / 1e9;
    }
}
