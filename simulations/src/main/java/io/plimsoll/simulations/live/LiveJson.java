package io.plimsoll.simulations.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.environments.aws.LiveSnapshot;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.report.LiveMark;
import io.plimsoll.simulations.console.LiveFacts;
import io.plimsoll.simulations.console.Served;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Live facts as JSON. Moments are milliseconds since the epoch; what is not known is left out. */
final class LiveJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private LiveJson() {}

    static ArrayNode none() {
        return JSON.arrayNode();
    }

    static ObjectNode text(String name, String text) {
        return JSON.objectNode().put(name, text);
    }

    static ObjectNode plan(LoadPlan plan) {
        ObjectNode json = JSON.objectNode();
        ArrayNode phases = json.putArray("phases");
        plan.phases()
                .forEach(phase -> phases.addObject()
                        .put("name", phase.name())
                        .put("from", millis(phase.window().start()))
                        .put("to", millis(phase.window().end())));
        ArrayNode marks = json.putArray("marks");
        plan.marks().forEach((name, at) -> marks.addObject().put("name", name).put("at", millis(at)));
        return json;
    }

    static ObjectNode second(LiveFacts facts) {
        ObjectNode json = JSON.objectNode()
                .put("at", millis(facts.at()))
                .put("phase", facts.phase())
                .put("offered", rounded(facts.offeredPerSecond()));
        facts.served().numbers().ifPresent(numbers -> put(json, numbers));
        if (!facts.served().note().isEmpty()) {
            json.put("note", facts.served().note());
        }
        facts.stack().ifPresent(stack -> put(json, stack));
        return json;
    }

    static ArrayNode requests(Served served) {
        ArrayNode json = JSON.arrayNode();
        served.requests().forEach(request -> put(json.addObject().put("name", request.name()), request.numbers()));
        return json;
    }

    static ObjectNode event(Event event) {
        LiveMark mark = LiveMark.of(event);
        return JSON.objectNode()
                .put("at", millis(event.at()))
                .put("lane", mark.lane())
                .put("bad", mark.bad())
                .put("says", mark.says());
    }

    private static void put(ObjectNode json, Served.Numbers numbers) {
        json.put("served", rounded(numbers.perSecond()))
                .put("p95", numbers.p95Millis())
                .put("errors", rounded(100 * numbers.errorRatio()));
    }

    private static void put(ObjectNode json, LiveSnapshot stack) {
        stack.targets()
                .ifPresent(targets -> json.put("healthy", targets.healthy()).put("registered", targets.registered()));
        ArrayNode groups = json.putArray("groups");
        stack.groups()
                .forEach(group -> groups.addObject()
                        .put("name", group.name())
                        .put("inService", group.inService())
                        .put("desired", group.desired()));
        stack.replicas()
                .ifPresent(lag -> json.put("lag", rounded(lag.maxSeconds())).put("stopped", lag.stopped()));
    }

    private static long millis(Instant at) {
        return at.toEpochMilli();
    }

    /** To thousandths; what is no number becomes {@code null}. */
    private static @Nullable Double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * 1000) / 1000.0 : null;
    }
}
