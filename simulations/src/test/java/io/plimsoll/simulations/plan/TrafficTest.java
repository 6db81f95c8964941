package io.plimsoll.simulations.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.TimeWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficTest {
    private static final Path SHIPPED = Path.of("traffic");
    private static final int DRAWS = 200_000;

    @TempDir
    Path directory = Path.of("");

    @Test
    void theShippedMixIsOneWriteInAHundredReads() {
        Traffic traffic = Traffic.read(SHIPPED, "reference");

        long writes = draw(traffic, DRAWS).stream()
                .filter(visit -> "reference/write".equals(visit.get(Traffic.VISIT)))
                .count();

        // 200,000 / 101 = 1980; five standard deviations of the binomial are 221
        assertThat((double) writes).isCloseTo(DRAWS / 101.0, within(221.0));
        assertThat(traffic.requestNames()).containsExactly("read", "write");
        assertThat(traffic.requestsPerVisit()).isEqualTo(1);
    }

    @Test
    void keysFollowZipfsLawWithinTheirRange() throws IOException {
        Traffic traffic = mix("""
                values: {key: {zipf: 1000, exponent: 1.0}}
                requests:
                  - {name: read, get: "/{key}", expect: 200}
                """);
        int[] seen = new int[1001];
        draw(traffic, DRAWS).forEach(visit -> seen[(int) Objects.requireNonNull(visit.get("key"))]++);

        // P(1) = 1 / H(1000), H(1000) = 7.4855; P(k) = P(1) / k
        double first = DRAWS / 7.485_470_860_550_345;
        assertThat((double) seen[1]).isCloseTo(first, within(5 * Math.sqrt(first)));
        assertThat((double) seen[10]).isCloseTo(first / 10, within(5 * Math.sqrt(first / 10)));
        assertThat(seen[0]).isZero();
    }

    @Test
    void aHotKeyTakesItsShareBeforeTheLawIsAsked() {
        Traffic hot = Traffic.read(SHIPPED, "hot-key");

        long first = draw(hot, DRAWS).stream()
                .filter(visit -> Objects.equals(visit.get("key"), 1))
                .count();

        // P(1) by the law with exponent 0.99 over 20,000 keys is 0.0906; 0.1 + 0.9 × 0.0906 = 0.1815
        assertThat((double) first / DRAWS).isCloseTo(0.1815, within(0.005));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reference",
                "hot-key",
                "hot-row",
                "hot-shard",
                "even-set",
                "static-heavy",
                "write-surge",
                "sessions",
                "photos",
                "photo-surge",
                "hot-set",
                "reference-tls",
                "key-value"
            })
    void everyShippedMixDrawsTheSameVisitsFromTheSameSeed(String name) {
        Traffic traffic = Traffic.read(SHIPPED, name);

        assertThat(draw(traffic, 1000)).isEqualTo(draw(traffic, 1000));
        Traffic other = new Traffic(name, traffic.values(), traffic.visits(), traffic.seed() + 1);
        assertThat(draw(traffic, 1000)).isNotEqualTo(draw(other, 1000));
    }

    @Test
    void aJourneySendsAllItsRequestsSoThatUsersArriveAtAShareOfTheRate() {
        Traffic sessions = Traffic.read(SHIPPED, "sessions");

        assertThat(sessions.requestsPerVisit()).isEqualTo(8);
        assertThat(sessions.visits().get(0).requests())
                .extracting(RequestSpec::name)
                .containsExactly("login", "work", "work", "work", "work", "work", "work", "logout");
    }

    @Test
    void rowsOfAFileGiveAValueForEachColumnInTheFilesOrder() throws IOException {
        Files.writeString(directory.resolve("users.csv"), "login,motto\r\nada,\"one, \"\"two\"\"\"\r\ngrace,\n");
        Traffic traffic = mix("""
                values: {user: {csv: users.csv}}
                requests:
                  - {name: greet, post: "/u/{user.login}", body: '{{"m": "{user.motto}"}}', expect: 200 or 201}
                """);

        List<Map<String, Object>> visits = draw(traffic, 3);

        assertThat(visits).extracting(visit -> visit.get("user.login")).containsExactly("ada", "grace", "ada");
        assertThat(visits)
                .extracting(visit -> visit.get("user.motto"))
                .containsExactly("one, \"two\"", "", "one, \"two\"");
        RequestSpec greet = traffic.visits().get(0).requests().get(0);
        assertThat(greet.expect()).containsExactly(200, 201);
        assertThat(greet.path().fill(name -> String.valueOf(visits.get(0).get(name))))
                .isEqualTo("/u/ada");
        assertThat(greet.body().orElseThrow().fill(name -> "x")).isEqualTo("{\"m\": \"x\"}");
    }

    @Test
    void aSequenceNeverRepeats() throws IOException {
        Traffic traffic = mix("""
                values: {n: {sequence: 7}}
                requests:
                  - {name: put, put: "/{n}", expect: 204}
                """);

        assertThat(draw(traffic, 3)).extracting(visit -> visit.get("n")).containsExactly(7L, 8L, 9L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "requests: [{name: a, get: /a, expect: 200, put: /a}] |"
                        + " :4: requests[0]: must have exactly one of get, head, post, put, patch, delete",
                "requests: [{name: a, get: a, expect: 200}] |"
                        + " :4: requests[0].get: must be a path that begins with '/', was 'a'",
                "requests: [{name: a, get: /a, expect: 20}] | :4: requests[0].expect: must be an HTTP status such as"
                        + " '200', or several such as '200 or 304', was '20'",
                "requests: [{name: a, post: /a, body-size: 1 KB, expect: 200}] | :4: requests[0].body-size: must be a"
                        + " size such as '64 B', '1 KiB' or '2 MiB', at most 16 MiB, was '1 KB'",
                "requests: [{name: a, get: '/{kye}', expect: 200}] | :4: requests[0].name: request 'a' needs the value"
                        + " 'kye', which neither 'values' nor an earlier 'save' gives; there are: none, was 'a'",
                "requests: [{name: a, get: /a, expect: 200, wieght: 1}] | :4: unknown key 'requests[0].wieght'; did you"
                        + " mean 'requests[0].weight'?",
                "values: {k: {zipf: 5}} | :4: values.k: key 'exponent' is required",
                "values: {k: {zipf: 5, uniform: 5}} | :4: values.k: must have exactly one of zipf, uniform, sequence,"
                        + " csv, env",
                "values: {k: {csv: ../secret}} | :4: values.k.csv: must be a file beside the traffic mix, was"
                        + " '../secret'",
                "values: {k: {env: NO_SUCH_VARIABLE}} | :4: values.k.env: must be an environment variable that is set, was"
                        + " 'NO_SUCH_VARIABLE'",
                "requests: [{name: a, get: /a, expect: 200, headers: {authorization: Bearer abc}}] | :4:"
                        + " requests[0].headers.authorization: must take its secret from the environment, since this"
                        + " file is copied into the evidence of a run; write for instance 'Bearer {token}', and under"
                        + " values: {token: {env: MY_TOKEN}}",
                "requests: [] | :1: traffic: must have 'requests' or 'journeys', was 'mine'",
            })
    void aMistakeIsNamedWhereItStands(String line, String message) {
        assertThatThrownBy(() -> mix(line))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith(directory.resolve("mine.yaml") + message.strip());
    }

    @Test
    void aSecretComesFromTheEnvironmentAndIsNotAPartOfTheMix() throws IOException {
        Traffic traffic = mix("""
                values: {token: {env: PATH}}
                requests:
                  - {name: a, get: /a, expect: 200, headers: {Authorization: "Bearer {token}"}}
                """);

        assertThat(draw(traffic, 1).get(0)).containsEntry("token", System.getenv("PATH"));
        assertThat(traffic.toString()).doesNotContain(System.getenv("PATH")).contains("PATH");
    }

    @Test
    void anUnevenRowIsNamedByItsLine() throws IOException {
        Path file = Files.writeString(directory.resolve("u.csv"), "a,b\n1,2\n3\n");

        assertThatThrownBy(() -> mix("values: {k: {csv: u.csv}}"))
                .hasMessage(file + ":3: must have 2 fields as its first line has, was 1");
    }

    @Test
    void eachPhaseDrawsFromItsOwnMix() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        LoadPlan plan = new LoadPlan(
                "p",
                List.of(
                        new Phase("calm", new TimeWindow(start, start.plusSeconds(10)), 1, 1),
                        new Phase("surge", new TimeWindow(start.plusSeconds(10), start.plusSeconds(20)), 1, 1)),
                new TreeMap<>());
        RunTraffic traffic = new RunTraffic(
                Traffic.read(SHIPPED, "sessions"), new TreeMap<>(Map.of("surge", Traffic.read(SHIPPED, "photos"))));
        Instant[] now = {start};
        Iterator<Map<String, Object>> draws = traffic.draws(() -> plan, () -> now[0], Share.WHOLE);

        assertThat(draws.next()).containsEntry(Traffic.VISIT, "sessions/session");
        now[0] = start.plusMillis(9_999);
        assertThat(draws.next()).containsEntry(Traffic.VISIT, "sessions/session");
        now[0] = start.plusSeconds(10);
        assertThat(draws.next().get(Traffic.VISIT)).asString().startsWith("photos/");
        now[0] = start.plusSeconds(99);
        assertThat(draws.next().get(Traffic.VISIT)).asString().startsWith("photos/");
    }

    private Traffic mix(String body) throws IOException {
        Files.writeString(directory.resolve("mine.yaml"), "traffic: mine\nsays: a test\nseed: 1\n" + body);
        return Traffic.read(directory, "mine");
    }

    private static List<Map<String, Object>> draw(Traffic traffic, int count) {
        Iterator<Map<String, Object>> draws = traffic.draws();
        List<Map<String, Object>> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(draws.next());
        }
        return drawn;
    }
}
