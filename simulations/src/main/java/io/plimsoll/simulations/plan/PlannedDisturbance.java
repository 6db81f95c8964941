package io.plimsoll.simulations.plan;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.Durations;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something done to the stack on purpose, at a moment of the plan.
 *
 * @param offset after the phase's start, as on AWS
 * @param phase in which phase
 * @param name what is done, such as {@code terminate-instance}
 * @param of to which part, such as {@code app tier}; empty where the disturbance itself says it
 * @param with further values, by name
 * @param claims the claims it is there for; empty if for all
 */
public record PlannedDisturbance(
        Duration offset,
        String phase,
        String name,
        Optional<String> of,
        SortedMap<String, String> with,
        Set<String> claims) {
    private static final Pattern MOMENT = Pattern.compile("(?:start of|(.+) into) ([a-z][a-z0-9-]*)");

    public PlannedDisturbance {
        with = Collections.unmodifiableSortedMap(new TreeMap<>(with));
        claims = Set.copyOf(claims);
    }

    static List<PlannedDisturbance> list(Document.Node node, List<Step> steps) {
        List<PlannedDisturbance> disturbances = new ArrayList<>();
        node.items().forEach(item -> disturbances.add(read(item, steps)));
        return disturbances;
    }

    private static PlannedDisturbance read(Document.Node item, List<Step> steps) {
        item.allowOnly("at", "do", "of", "with", "for");
        Document.Node at = item.required("at");
        Matcher moment = MOMENT.matcher(at.text());
        if (!moment.matches()) {
            throw at.error("must be a moment such as '20 s into steady' or 'start of steady'");
        }
        Step step = steps.stream()
                .filter(candidate -> candidate.name().equals(moment.group(2)))
                .findFirst()
                .orElseThrow(() -> at.error("must name a phase of this plan: "
                        + String.join(", ", steps.stream().map(Step::name).toList())));
        Duration offset = moment.group(1) == null
                ? Duration.ZERO
                : Durations.parse(moment.group(1))
                        .orElseThrow(() -> at.error("must be a moment such as '20 s into steady'"));
        if (offset.compareTo(step.duration()) >= 0) {
            throw at.error("must lie within the phase, which lasts " + Durations.print(step.duration()));
        }
        Document.Node name = item.required("do");
        if (!name.text().matches("[a-z][a-z0-9-]*")) {
            throw name.error("must be lower-case letters, digits and hyphens");
        }
        SortedMap<String, String> with = new TreeMap<>();
        item.optional("with")
                .map(Document.Node::mapping)
                .orElse(java.util.Map.of())
                .forEach((key, value) -> with.put(key, value.text()));
        return new PlannedDisturbance(
                offset,
                step.name(),
                name.text(),
                item.optional("of").map(Document.Node::text),
                with,
                Step.claims(item));
    }

    /** When it is due on the wall clock. */
    public Instant due(LoadPlan plan, double timeScale) {
        Phase in = plan.phase(phase)
                .orElseThrow(() -> new IllegalArgumentException("disturbance " + name + ": no phase " + phase));
        return in.window().start().plus(LoadProfile.scaled(offset, timeScale));
    }

    /** For people: {@code terminate-instance of app tier}. */
    @Override
    public String toString() {
        return name + of.map(part -> " of " + part).orElse("");
    }
}
