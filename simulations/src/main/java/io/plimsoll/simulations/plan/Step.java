package io.plimsoll.simulations.plan;

import io.plimsoll.results.document.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One phase of a load profile or plan.
 *
 * @param name how SLOs name it
 * @param duration as on AWS, before an environment's time scale
 * @param from rate at its start
 * @param to rate at its end
 * @param mark a name for the moment it starts, if SLOs refer to that
 * @param mix the traffic it sends; empty for that of the run
 * @param claims the claims it is there for; empty if for all
 */
public record Step(
        String name,
        Duration duration,
        Rate from,
        Rate to,
        Optional<String> mark,
        Optional<String> mix,
        Set<String> claims) {
    public Step {
        claims = Set.copyOf(claims);
    }

    /** Reads a list of phases, at least one, with distinct names. */
    static List<Step> list(Document.Node phases) {
        List<Step> steps = new ArrayList<>();
        for (Document.Node item : phases.items()) {
            Step step = read(item);
            if (steps.stream().anyMatch(other -> other.name().equals(step.name()))) {
                throw item.required("name").error("phase names must differ");
            }
            steps.add(step);
        }
        if (steps.isEmpty()) {
            throw phases.error("must have at least one phase");
        }
        return steps;
    }

    private static Step read(Document.Node item) {
        item.allowOnly("name", "duration", "rate", "from", "to", "mark", "mix", "for");
        Document.Node name = item.required("name");
        if (!name.text().matches("[a-z][a-z0-9-]*")) {
            throw name.error("must be lower-case letters, digits and hyphens, beginning with a letter");
        }
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
                name.text(),
                duration,
                Rate.read(item.required(constant ? "rate" : "from")),
                Rate.read(item.required(constant ? "rate" : "to")),
                item.optional("mark").map(Document.Node::text),
                item.optional("mix").map(Document.Node::text),
                claims(item));
    }

    /** The claims of a key {@code for}; empty if there is none. */
    static Set<String> claims(Document.Node item) {
        Set<String> claims = new TreeSet<>();
        item.optional("for").map(Document.Node::items).orElse(List.of()).forEach(claim -> claims.add(claim.text()));
        return claims;
    }
}
