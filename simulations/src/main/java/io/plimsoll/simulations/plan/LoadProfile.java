package io.plimsoll.simulations.plan;

import io.plimsoll.environments.aws.descriptor.LoadRates;
import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.TimeWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the offered rate moves, before it is known when the load starts.
 *
 * @param name the profile's name
 * @param steps its phases in order, at least one, with distinct names
 * @param search how the rate is searched within the phase {@value SearchSpec#PHASE}; empty if it is fixed
 */
public record LoadProfile(String name, List<Step> steps, Optional<SearchSpec> search) {
    /** Phases are never shortened below this, the resolution of everything that is observed. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public LoadProfile {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("load profile " + name + ": must have at least one phase");
        }
    }

    /** A profile of fixed rates. */
    public LoadProfile(String name, List<Step> steps) {
        this(name, steps, Optional.empty());
    }

    /** The phase in which the rate is searched, if it is. */
    public Optional<Step> searching() {
        return search.flatMap(spec -> steps.stream()
                .filter(step -> step.name().equals(SearchSpec.PHASE))
                .findFirst());
    }

    /**
     * Reads {@code profiles/<name>.yaml}.
     *
     * @throws DocumentException if there is no such profile or its file is wrong
     */
    public static LoadProfile read(Path directory, String name) {
        Document.Node root = NamedFile.read(directory, "profile", name);
        root.allowOnly("profile", "says", "phases", "search");
        root.required("says").text();
        LoadProfile profile = new LoadProfile(
                name,
                Step.list(root.required("phases")),
                root.optional("search").map(SearchSpec::read));
        if (profile.search().isPresent() && profile.searching().isEmpty()) {
            throw root.required("search").error("needs a phase named '" + SearchSpec.PHASE + "'");
        }
        return profile;
    }

    /** Names of all profiles of a directory, sorted. */
    public static List<String> names(Path directory) {
        return NamedFile.names(directory);
    }

    /**
     * This profile on the wall clock.
     *
     * @param start when the first request is due
     * @param rates the environment's rates
     * @param timeScale factor on every duration, in (0, 1]
     */
    public LoadPlan startingAt(Instant start, LoadRates rates, double timeScale) {
        List<Phase> phases = new ArrayList<>();
        SortedMap<String, Instant> marks = new TreeMap<>();
        Instant at = start;
        for (Step step : steps) {
            Instant end = at.plus(longest(scaled(step.duration(), timeScale), SHORTEST));
            phases.add(new Phase(
                    step.name(),
                    new TimeWindow(at, end),
                    step.from().of(rates),
                    step.to().of(rates)));
            Instant begin = at;
            step.mark().ifPresent(mark -> marks.put(mark, begin));
            at = end;
        }
        return new LoadPlan(name, phases, marks);
    }

    /** Whole milliseconds, the resolution of the load generator. */
    static Duration scaled(Duration duration, double timeScale) {
        return Duration.ofMillis(Math.round(duration.toMillis() * timeScale));
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
