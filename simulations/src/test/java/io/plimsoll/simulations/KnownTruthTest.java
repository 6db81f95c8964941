package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.simulations.RunGround.Meanwhile;
import io.plimsoll.simulations.RunGround.Ran;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a whole run says of a scale-out and of a failover, held against what the stack itself knows: the balancer's moments
 * of health, its access log, the end of the primary and the moment its endpoint took writes again.
 */
class KnownTruthTest {
    /** How long the balancer was busy with a read (request, target, response), and when it was sent, from its access log. */
    private static final Pattern READ = Pattern.compile("^\\S+ \\S+ \\S+ \\S+ \\S+ ([0-9.]+) ([0-9.]+) ([0-9.]+) 200 "
            + ".*\"GET \\S+/items/\\d+ HTTP.* (\\S+Z) \"forward\"");

    /** When the balancer had answered a write that was acknowledged. */
    private static final Pattern WRITTEN = Pattern.compile("^\\S+ (\\S+) .* 201 201 .*\"POST \\S+/items HTTP");

    private static final double LIMIT = 0.100;
    private static final Duration SUSTAINED = Duration.ofSeconds(10);

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path temporary = Path.of("");

    @Test
    void theMarksOfAScaleOutAndTheOutageOfAFailoverAreThoseThatTheStackKnows() throws Exception {
        Path log = temporary.resolve("access.log");
        try (RunGround ground = new RunGround(Map.of(
                "stack.service.read-cost", "40 ms", // an instance carries 25 reads a second
                "stack.service.queue-limit", "5 s",
                "stack.parts.lb.access-log", log.toString()))) {
            ground.edit(
                    "assertions/stages/5-auto-scaled.yaml",
                    "recovered(p95(read) <= 500 ms)",
                    "recovered(p95(read) <= 100 ms)");
            ground.describe("mine", "disturb: {allowed: [fail-over-database]}\n");
            ground.edit("environments/mine.yaml", "base-requests-per-second: 40", "base-requests-per-second: 10");
            ground.write("simulations/profiles/step.yaml", """
                    profile: step
                    says: more than one instance carries, and then a failover
                    phases:
                      - {name: warm-up, duration: 100 s, rate: base}
                      - {name: steady, duration: 600 s, rate: peak, mark: load-step}
                      - {name: failover, duration: 200 s, rate: peak}
                    """);
            Ran ran = ground.run(
                    Map.of(),
                    Meanwhile.NOTHING,
                    "-Denvironment=mine",
                    "-Dprofile=step",
                    "-Dclaims=5.1,3.5",
                    "-Ddisturb=[{at: start of failover, do: fail-over-database, of: database}]");
            assertThat(ran.said()).contains("VERDICT: ");
            Evidence evidence = ran.evidence();
            List<JsonNode> truths = truths(ground.stack());

            assertHealthAsKnown(evidence, truths, ran);
            JsonNode recovery = slo(ran, "recovered");
            String took = recovery.path("measured").asText();
            assertThat(took).as(ran.said()).endsWith(" s");
            double measured = Double.parseDouble(took.substring(0, took.length() - 2));
            Instant step = Instant.parse(recovery.at("/window/start").asText());
            assertThat(measured)
                    .as(recovery.toString())
                    .isGreaterThan(2)
                    .isCloseTo(recovered(log, step, disturbed(evidence)), within(1.0));
            // Writes are out for as long as the database is, and then until the service has connected again.
            Instant down = of(truths, "down", "plimsoll-db").get(0);
            Instant writable = of(truths, "writable", "plimsoll-db").get(0);
            assertThat(outage(evidence))
                    .isGreaterThan(seconds(down, writable) - 0.1)
                    .isCloseTo(outage(log, down), within(0.5));
        }
    }

    /** Each target that was seen to become healthy became so within the interval that the event names, and none is missing. */
    private static void assertHealthAsKnown(Evidence evidence, List<JsonNode> truths, Ran ran) {
        int seen = 0;
        for (Event event : evidence.events()) {
            String bar = event.details().get("within-seconds"); // none at the first poll
            if (event.kind() == Event.Kind.TARGET_HEALTH
                    && "healthy".equals(event.details().get("to"))
                    && bar != null) {
                Instant truth = of(truths, "healthy", event.resource()).get(0);
                long millis = Math.round(Double.parseDouble(bar) * 1000);
                assertThat(truth)
                        .as("%s, seen at %s", event.summary(), event.at())
                        .isBetween(
                                event.at().minusMillis(millis + 20), event.at().plusMillis(20));
                seen++;
            }
        }
        assertThat(seen).as(ran.said()).isPositive();
    }

    private static List<Instant> of(List<JsonNode> truths, String what, String id) {
        return truths.stream()
                .filter(truth -> truth.get("what").asText().equals(what)
                        && id.contains(truth.get("of").asText()))
                .map(truth -> Instant.parse(truth.get("at").asText()))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Between the last write that was acknowledged before the primary's end and the first after it. */
    private static double outage(Path log, Instant down) throws IOException {
        NavigableSet<Instant> written = new TreeSet<>();
        for (String line : Files.readAllLines(log)) {
            Matcher write = WRITTEN.matcher(line);
            if (write.find()) {
                written.add(Instant.parse(write.group(1)));
            }
        }
        Instant last = written.floor(down);
        Instant first = written.higher(down.plusMillis(50)); // one may have been under way
        assertThat(last).isNotNull();
        assertThat(first).isNotNull();
        return seconds(last, first);
    }

    private static double outage(Evidence evidence) {
        return evidence.events().stream()
                .filter(event -> "writes-restored".equals(event.details().get("mark")))
                .mapToDouble(event -> Double.parseDouble(event.details().get("seconds")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no outage of writes was seen: " + evidence.events()));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static Instant disturbed(Evidence evidence) {
        return evidence.events().stream()
                .filter(event -> event.kind() == Event.Kind.DISTURBANCE)
                .map(Event::at)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was disturbed: " + evidence.events()));
    }

    private JsonNode slo(Ran ran, String text) throws IOException {
        return json.readTree(ran.derived("verdict.json")).findParents("slo").stream()
                .filter(slo -> slo.get("slo").asText().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no SLO has " + text + ": " + ran.said()));
    }

    /** The first moment from which the p95 of what the balancer answered holds over every later stretch of 10 s. */
    private static double recovered(Path log, Instant from, Instant end) throws IOException {
        NavigableMap<Instant, List<Double>> bySecond = new TreeMap<>();
        for (String line : Files.readAllLines(log)) {
            Matcher read = READ.matcher(line);
            if (read.find()) {
                double took = Double.parseDouble(read.group(1))
                        + Double.parseDouble(read.group(2))
                        + Double.parseDouble(read.group(3));
                Instant sent = Instant.parse(read.group(4));
                bySecond.computeIfAbsent(Instant.ofEpochSecond(sent.getEpochSecond()), any -> new ArrayList<>())
                        .add(took);
            }
        }
        Instant recovered = from;
        for (Instant second :
                bySecond.subMap(from, true, end.minus(SUSTAINED), true).keySet()) {
            List<Double> stretch = bySecond.subMap(second, second.plus(SUSTAINED)).values().stream()
                    .flatMap(List::stream)
                    .sorted()
                    .toList();
            if (stretch.get((int) Math.ceil(stretch.size() * 0.95) - 1) > LIMIT) {
                recovered = second.plusSeconds(1);
            }
        }
        return Math.max(0, seconds(from, recovered));
    }

    private List<JsonNode> truths(StackProcess stack) throws IOException, InterruptedException {
        JsonNode ready = stack.announcement().ready();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(ready.get("controlUrl").asText() + "/truth"))
                                .header(
                                        "X-Plimsoll-Token",
                                        ready.get("controlToken").asText())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> truths = new ArrayList<>();
        for (String line : answer.body().lines().toList()) {
            truths.add(json.readTree(line));
        }
        return truths;
    }
}
