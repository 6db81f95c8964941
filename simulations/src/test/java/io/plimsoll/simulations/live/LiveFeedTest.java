package io.plimsoll.simulations.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.results.observation.Event;
import io.plimsoll.simulations.console.LiveFacts;
import io.plimsoll.simulations.console.Served;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LiveFeedTest {
    private static final String HOSTILE =
            "</script><script>alert(1)</script>\n\nevent: ended\ndata: {}\n\n\r\"'\\ \u2028 \u202Egnp.exe 🚢";

    private final LiveFeed feed = new LiveFeed();

    private static List<String> messages(LiveReader reader) throws IOException, InterruptedException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        reader.writeTo(stream, Duration.ofMinutes(1));
        return List.of(stream.toString(StandardCharsets.UTF_8).split("\n\n"));
    }

    private static JsonNode data(String message) throws JsonProcessingException {
        return new ObjectMapper().readTree(message.substring(message.indexOf("\ndata: ") + 7));
    }

    @Test
    void tellsASecondInTheWordsThatThePageReads() throws IOException, InterruptedException {
        LiveReader reader = feed.join().orElseThrow();
        feed.second(LiveRun.second(61, "web"));
        feed.end("VERDICT: PASS");

        assertThat(messages(reader))
                .containsExactly(
                        "event: all\ndata: {\"line\":\"\",\"seconds\":[],\"events\":[],\"requests\":[]}",
                        "event: plan\ndata: {\"phases\":[{\"name\":\"ramp\",\"from\":1764072000000,\"to\":1764072060000},"
                                + "{\"name\":\"steady\",\"from\":1764072060000,\"to\":1764072100000}],\"marks\":[]}",
                        "event: second\ndata: {\"at\":1764072061000,\"phase\":\"steady\",\"offered\":300.0,\"served\":299.6,"
                                + "\"p95\":12,\"errors\":0.5,\"healthy\":2,\"registered\":3,"
                                + "\"groups\":[{\"name\":\"web\",\"inService\":2,\"desired\":3}],\"lag\":0.25,\"stopped\":0,"
                                + "\"requests\":[{\"name\":\"web\",\"served\":299.6,\"p95\":12,\"errors\":0.5}]}",
                        "event: ended\ndata: {\"how\":\"VERDICT: PASS\"}");
    }

    @Test
    void whoJoinsLateIsToldEverythingSoFar() throws IOException, InterruptedException {
        feed.says("Starting the local stack");
        feed.second(LiveRun.second(1, "web"));
        feed.second(LiveRun.second(2, "web"));
        feed.event(new Event(LiveRun.START, Event.Kind.DISTURBANCE, "web-1", "web-1 is terminated", new TreeMap<>()));
        feed.end("VERDICT: PASS");

        List<String> messages = messages(feed.join().orElseThrow());

        assertThat(messages).hasSize(1);
        JsonNode all = data(messages.get(0));
        assertThat(all.get("line").asText()).isEqualTo("Starting the local stack");
        assertThat(all.get("plan").get("phases")).hasSize(2);
        assertThat(all.get("seconds")).hasSize(2);
        assertThat(all.get("events").get(0))
                .hasToString(
                        "{\"at\":1764072000000,\"lane\":\"disturbance\",\"bad\":true,\"says\":\"web-1 is terminated\"}");
        assertThat(all.get("requests")).hasSize(1);
        assertThat(all.get("ended").asText()).isEqualTo("VERDICT: PASS");
    }

    @Test
    void hostileNamesStayTextAndEndNoMessageEarly() throws IOException, InterruptedException {
        LiveReader reader = feed.join().orElseThrow();
        feed.says(HOSTILE);
        feed.second(LiveRun.second(1, HOSTILE));
        feed.event(new Event(
                LiveRun.START, Event.Kind.TARGET_HEALTH, HOSTILE, HOSTILE, new TreeMap<>(Map.of("to", HOSTILE))));
        feed.end(HOSTILE);

        List<String> messages = messages(reader);

        assertThat(messages).hasSize(6);
        assertThat(data(messages.get(1)).get("line").asText()).isEqualTo(HOSTILE);
        assertThat(data(messages.get(3)).get("groups").get(0).get("name").asText())
                .isEqualTo(HOSTILE);
        assertThat(data(messages.get(3)).get("requests").get(0).get("name").asText())
                .isEqualTo(HOSTILE);
        assertThat(data(messages.get(4)).get("says").asText())
                .isEqualTo("</script><script>alert(1)</script>  event: ended data: {}   \"'\\   gnp.exe 🚢");
        assertThat(data(messages.get(5)).get("how").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void keepsTheLastTwoHoursAndTheLastEvents() throws IOException, InterruptedException {
        for (int second = 0; second <= LiveFeed.MOST_SECONDS; second++) {
            feed.second(LiveRun.second(second, "web"));
        }
        for (int event = 0; event <= LiveFeed.MOST_EVENTS; event++) {
            feed.event(new Event(LiveRun.START, Event.Kind.ALARM, "alarm", "event " + event, new TreeMap<>()));
        }
        feed.end("VERDICT: PASS");

        JsonNode all = data(messages(feed.join().orElseThrow()).get(0));

        assertThat(all.get("seconds")).hasSize(LiveFeed.MOST_SECONDS);
        assertThat(all.get("seconds").get(0).get("at").asLong()).isEqualTo(1_764_072_001_000L);
        assertThat(all.get("events")).hasSize(LiveFeed.MOST_EVENTS);
        assertThat(all.get("events").get(0).get("says").asText()).isEqualTo("event 1");
    }

    @Test
    void aReaderWhoIsTooSlowIsLeftBehindAndCanComeAgain() throws IOException, InterruptedException {
        LiveReader slow = feed.join().orElseThrow();
        for (int line = 1; line < LiveReader.LONGEST_QUEUE; line++) {
            feed.says("line " + line);
        }
        LiveReader justInTime = feed.join().orElseThrow();
        feed.says("one too many");
        feed.end("VERDICT: PASS");

        assertThat(messages(slow)).containsExactly("");
        assertThat(messages(justInTime)).hasSize(3);
    }

    @Test
    void moreReadersThanMayReadAreTurnedAwayUntilOneLeaves() {
        LiveReader first = feed.join().orElseThrow();
        for (int reader = 1; reader < LiveFeed.MOST_READERS; reader++) {
            assertThat(feed.join()).isPresent();
        }

        assertThat(feed.join()).isEmpty();
        feed.leave(first);
        assertThat(feed.join()).isPresent();
    }

    @Test
    void numbersThatAreNoneBecomeNull() throws IOException, InterruptedException {
        var facts = LiveRun.second(1, "web");
        var served = new Served(Optional.of(new Served.Numbers(Double.NaN, 1, 0)), List.of(), "");
        LiveReader reader = feed.join().orElseThrow();
        feed.second(new LiveFacts(facts.at(), facts.plan(), served, facts.stack()));
        feed.end("");

        assertThat(data(messages(reader).get(2)).get("served").isNull()).isTrue();
    }
}
