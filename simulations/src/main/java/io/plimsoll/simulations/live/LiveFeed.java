package io.plimsoll.simulations.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Event;
import io.plimsoll.simulations.console.LiveFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What was told of the run, as messages for browsers: the last two hours by second, the last events, the latest of all else.
 * Safe for use by several threads; nobody waits in it.
 */
final class LiveFeed {
    /** Seconds kept; about 300 bytes each. */
    static final int MOST_SECONDS = 7_200;
    /** Events kept. */
    static final int MOST_EVENTS = 200;
    /** Browsers that may read along. */
    static final int MOST_READERS = 8;

    private final Deque<ObjectNode> seconds = new ArrayDeque<>();
    private final Deque<ObjectNode> events = new ArrayDeque<>();
    private final List<LiveReader> readers = new ArrayList<>();
    private Optional<LoadPlan> plan = Optional.empty();
    private ArrayNode requests = LiveJson.none();
    private String line = "";
    private Optional<String> ended = Optional.empty();

    synchronized void says(String said) {
        line = said;
        publish("says", LiveJson.text("line", said));
    }

    synchronized void second(LiveFacts facts) {
        if (!plan.equals(Optional.of(facts.plan()))) {
            plan = Optional.of(facts.plan());
            publish("plan", LiveJson.plan(facts.plan()));
        }
        ObjectNode second = LiveJson.second(facts);
        keep(seconds, second, MOST_SECONDS);
        requests = LiveJson.requests(facts.served());
        ObjectNode message = second.deepCopy();
        message.set("requests", requests);
        publish("second", message);
    }

    synchronized void event(Event event) {
        ObjectNode message = LiveJson.event(event);
        keep(events, message, MOST_EVENTS);
        publish("happened", message);
    }

    /** Tells all that nothing follows. */
    synchronized void end(String how) {
        ended = Optional.of(how);
        publish("ended", LiveJson.text("how", how));
        readers.forEach(LiveReader::end);
    }

    /** A further reader, who begins with everything so far; empty if there are too many. */
    synchronized Optional<LiveReader> join() {
        if (readers.size() >= MOST_READERS) {
            return Optional.empty();
        }
        LiveReader reader = new LiveReader(framed("all", all()));
        readers.add(reader);
        if (ended.isPresent()) {
            reader.end();
        }
        return Optional.of(reader);
    }

    synchronized void leave(LiveReader reader) {
        readers.remove(reader);
        notifyAll();
    }

    /** Waits until all readers have left, but no longer than that. */
    synchronized void awaitAlone(long longestMillis) throws InterruptedException {
        long deadline = System.nanoTime() + longestMillis * 1_000_000;
        long left = longestMillis;
        while (!readers.isEmpty() && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    private ObjectNode all() {
        ObjectNode all = LiveJson.text("line", line);
        plan.ifPresent(known -> all.set("plan", LiveJson.plan(known)));
        all.putArray("seconds").addAll(seconds);
        all.putArray("events").addAll(events);
        all.set("requests", requests);
        ended.ifPresent(how -> all.put("ended", how));
        return all;
    }

    private void publish(String name, ObjectNode message) {
        if (!readers.isEmpty()) {
            String framed = framed(name, message);
            readers.forEach(reader -> reader.tell(framed));
        }
    }

    /** A server-sent event. JSON holds no line breaks, so no text can end it early. */
    private static String framed(String name, ObjectNode message) {
        return "event: " + name + "\ndata: " + message + "\n\n";
    }

    private static void keep(Deque<ObjectNode> kept, ObjectNode latest, int most) {
        kept.addLast(latest);
        if (kept.size() > most) {
            kept.removeFirst();
        }
    }
}
