package io.plimsoll.simulations.plan;

import io.plimsoll.results.document.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one arriving user does: a single request, or a journey of several. A journey ends at the first request that fails.
 *
 * @param id unique among all mixes: {@code mix/name}
 * @param weight how often it is chosen, relative to the others of its mix, ≥ 1
 * @param requests in order, at least one
 * @param pause between two requests
 */
public record Visit(String id, int weight, List<RequestSpec> requests, Duration pause) {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int MOST_TIMES = 1000;

    public Visit {
        requests = List.copyOf(requests);
    }

    static Visit request(Document.Node item, String mix, Map<String, ValueSource> values) {
        RequestSpec request = RequestSpec.read(item, "weight");
        Visit visit = new Visit(mix + "/" + request.name(), weight(item), List.of(request), Duration.ZERO);
        visit.refuseUnknown(item, values);
        return visit;
    }

    static Visit journey(Document.Node item, String mix, Map<String, ValueSource> values) {
        item.allowOnly("name", "weight", "pause", "steps");
        List<RequestSpec> requests = new ArrayList<>();
        for (Document.Node step : item.required("steps").items()) {
            RequestSpec request = RequestSpec.read(step, "times");
            int times = step.optional("times")
                    .map(node -> node.integer(1, MOST_TIMES))
                    .orElse(1);
            for (int i = 0; i < times; i++) {
                requests.add(request);
            }
        }
        if (requests.isEmpty()) {
            throw item.required("steps").error("must have at least one request");
        }
        Duration pause = item.optional("pause").map(Document.Node::duration).orElse(Duration.ZERO);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            throw item.required("pause").error("must be at most 10 min");
        }
        Visit visit = new Visit(mix + "/" + item.required("name").text(), weight(item), requests, pause);
        visit.refuseUnknown(item, values);
        return visit;
    }

    private static int weight(Document.Node item) {
        return item.optional("weight").map(node -> node.integer(1, 1_000_000)).orElse(1);
    }

    private void refuseUnknown(Document.Node item, Map<String, ValueSource> values) {
        Set<String> known = new TreeSet<>();
        values.forEach((name, source) -> known.addAll(source.names(name)));
        for (RequestSpec request : requests) {
            for (String need : request.needs()) {
                if (!known.contains(need)) {
                    throw item.required("name")
                            .error("request '" + request.name() + "' needs the value '" + need
                                    + "', which neither 'values' nor an earlier 'save' gives; there are: "
                                    + (known.isEmpty() ? "none" : String.join(", ", known)));
                }
            }
            known.addAll(request.saves().keySet());
        }
    }
}
