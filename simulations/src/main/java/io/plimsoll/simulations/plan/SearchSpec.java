package io.plimsoll.simulations.plan;

import io.plimsoll.assertions.capacity.SearchPlan;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.assertions.slo.SloSyntaxException;
import io.plimsoll.environments.aws.disturb.GroupSize;
import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a load profile searches for capacity: section {@code search} of its file. The search happens in the profile's phase
 * {@code search}, whose rates are those of the first probe and the ceiling, and whose duration is the most it may take.
 *
 * @param growth factor between two probes of the ramp
 * @param resolution width of the answer as a share of it, in (0, 1)
 * @param probe length of a probe, as on AWS
 * @param coolDown pause after each
 * @param hold length of the confirmation
 * @param repeats how often an inconclusive probe is repeated
 * @param mostProbes the search gives up after so many
 * @param riseLimit a rate is not held whose median response time keeps rising and would reach this within the hold, which is
 *     not scaled here: a queue that grows does so in the stack's own time, however short the probe
 * @param mostUsd the search ends before the stack's machines have cost more meanwhile, in US dollars; empty for no such cap
 * @param size at which the scaling groups are held meanwhile
 * @param slos what a rate must fulfil to be held; about the client alone, without {@code during}
 */
public record SearchSpec(
        double growth,
        double resolution,
        Duration probe,
        Duration coolDown,
        Duration hold,
        int repeats,
        int mostProbes,
        Duration riseLimit,
        Optional<Double> mostUsd,
        GroupSize size,
        List<Slo> slos) {
    /** Name of the phase in which rates are searched. */
    public static final String PHASE = "search";
    /** Name of the phase that confirms the answer. */
    public static final String HOLD_PHASE = "steady";

    private static final Duration SHORTEST = Duration.ofSeconds(4);

    public SearchSpec {
        slos = List.copyOf(slos);
        if (slos.isEmpty()) {
            throw new IllegalArgumentException("search: must have an SLO");
        }
    }

    static SearchSpec read(Document.Node node) {
        node.allowOnly(
                "growth",
                "resolution",
                "probe",
                "cool-down",
                "hold",
                "repeats",
                "most-probes",
                "rise-limit",
                "most-usd",
                "instances",
                "slos");
        return new SearchSpec(
                node.required("growth").number(1.1, 10),
                percent(node.required("resolution")),
                node.required("probe").duration(),
                node.required("cool-down").duration(),
                node.required("hold").duration(),
                node.required("repeats").integer(0, 10),
                node.required("most-probes").integer(1, 1000),
                node.required("rise-limit").duration(),
                node.optional("most-usd").map(usd -> usd.number(0.0001, 1_000_000)),
                size(node.required("instances")),
                slos(node.required("slos")));
    }

    private static GroupSize size(Document.Node node) {
        return GroupSize.parse(node.text()).orElseThrow(() -> node.error(GroupSize.RULE));
    }

    private static double percent(Document.Node node) {
        String text = node.text();
        if (!text.matches("\\d+(\\.\\d+)? %")
                || !(Double.parseDouble(text.split(" ", -1)[0]) > 0)
                || !(Double.parseDouble(text.split(" ", -1)[0]) < 100)) {
            throw node.error("must be a percentage between 0 % and 100 %, such as 4 %");
        }
        return Double.parseDouble(text.split(" ", -1)[0]) / 100;
    }

    private static List<Slo> slos(Document.Node node) {
        List<Slo> slos = new ArrayList<>();
        for (Document.Node item : node.items()) {
            try {
                slos.add(SloParser.parse(item.text()));
            } catch (SloSyntaxException e) {
                throw new DocumentException(item.place() + ": " + e.getMessage());
            }
        }
        if (slos.isEmpty()) {
            throw node.error("must have at least one SLO");
        }
        return slos;
    }

    /**
     * The plan of the search.
     *
     * @param start rate of the first probe, requests per second
     * @param ceiling no rate goes beyond it, requests per second
     * @param timeScale factor on every duration, in (0, 1]
     */
    public SearchPlan plan(double start, double ceiling, double timeScale) {
        Duration scaledProbe = scaled(probe, timeScale);
        Duration scaledHold = scaled(hold, timeScale);
        return new SearchPlan(
                start,
                ceiling,
                growth,
                resolution,
                scaledProbe,
                LoadProfile.scaled(coolDown, timeScale),
                scaledHold.compareTo(scaledProbe) < 0 ? scaledProbe : scaledHold,
                repeats,
                mostProbes);
    }

    private static Duration scaled(Duration duration, double timeScale) {
        Duration scaled = LoadProfile.scaled(duration, timeScale);
        return scaled.compareTo(SHORTEST) < 0 ? SHORTEST : scaled;
    }
}
