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
 */
public record LoadProfile(String name, List<Step> steps) {

    /**
     * One phase.
     *
     * @param name how SLOs name it
     * @param duration as on AWS, before an environment's time scale
     * @param from rate at its start
     * @param to rate at its end
     * @param mark a name for the moment it starts, if SLOs refer to that
     */
    public record Step(String name, Duration duration, Level from, Level to, Optional<String> mark) {}

    /** A rate of the environment. */
    public enum Level {
        BASE,
        PEAK;

        double of(double base, double peak) {
            return this == BASE ? base : peak;
        }
    }

    /** Phases are never shortened below this, the resolution of everything that is observed. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public LoadProfile {
        steps = List.copyOf(steps);
    }

    /**
     * Reads {@code profiles/<name>.yaml}.
     *
     * @throws DocumentException if there is no such profile or its file is wrong
     */
    public static LoadProfile read(Path directory, String name) {
        Document.Node root = NamedFile.read(directory, "profile", name);
        root.allowOnly("profile", "says", "phases");
        List<Step> steps = new ArrayList<>();
        for (Document.Node item : root.required("phases").items()) {
            Step step = step(item);
            if (steps.stream().anyMatch(other -> other.name().equals(step.name()))) {
                throw item.required("name").error("phase names must differ");
            }
            steps.add(step);
        }
        if (steps.isEmpty()) {
            throw root.required("phases").error("must have at least one phase");
        }
        return new LoadProfile(name, steps);
    }

    private static Step step(Document.Node item) {
        item.allowOnly("name", "duration", "rate", "from", "to", "mark");
        Duration duration = item.required("duration").duration();
        if (duration.isZero()) {
            throw item.required("duration").error("must be longer than 0");
        }
        boolean constant = item.optional("rate").isPresent();
        if (constant
                && (item.optional("from").isPresent() || item.optional("to").isPresent())) {
            throw item.required("rate").error("a phase has either 'rate' or 'from' and 'to'");
        }
        return new Step(
                item.required("name").text(),
                duration,
                level(item.required(constant ? "rate" : "from")),
                level(item.required(constant ? "rate" : "to")),
                item.optional("mark").map(Document.Node::text));
    }

    private static Level level(Document.Node node) {
        return node.oneOf(List.of("base", "peak")).equals("base") ? Level.BASE : Level.PEAK;
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
            Instant end = at.plus(scaled(step.duration(), timeScale));
            double from = step.from().of(rates.basePerSecond(), rates.peakPerSecond());
            double to = step.to().of(rates.basePerSecond(), rates.peakPerSecond());
            phases.add(new Phase(step.name(), new TimeWindow(at, end), from, to));
            Instant begin = at;
            step.mark().ifPresent(mark -> marks.put(mark, begin));
            at = end;
        }
        return new LoadPlan(name, phases, marks);
    }

    /** Whole milliseconds, the resolution of the load generator. */
    private static Duration scaled(Duration duration, double timeScale) {
        Duration scaled = Duration.ofMillis(Math.round(duration.toMillis() * timeScale));
        return scaled.compareTo(SHORTEST) < 0 ? SHORTEST : scaled;
    }
}
