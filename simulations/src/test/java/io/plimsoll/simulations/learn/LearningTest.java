package io.plimsoll.simulations.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.results.document.DocumentException;
import io.plimsoll.simulations.cli.PlimsollCommand;
import io.plimsoll.simulations.plan.LoadProfile;
import io.plimsoll.simulations.plan.Traffic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningTest {
    @TempDir
    Path directory = Path.of("");

    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void makeDirectories() throws IOException {
        Files.createDirectories(directory.resolve("logs/day"));
    }

    private static String line(int hour, String request, int status, int bytes) {
        return "https 2026-03-02T%02d:10:00.000000Z app/lb/1 10.0.0.9:2817 10.0.0.1:80 0.001 0.002 0.000 %d %d %d 57 \"%s\" \"ua\"\n"
                .formatted(hour, status, status, bytes, request);
    }

    private static String get(int hour, String path) {
        return line(hour, "GET https://shop.example.com:443" + path + " HTTP/2.0", 200, 100);
    }

    /** 600 reads of three items at 8, 300 at 9, 90 writes, and what cannot be learnt. */
    private void writeLogs() throws IOException {
        StringBuilder early = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            early.append(get(8, "/items/" + (i % 6 < 3 ? 7 : i % 6 < 5 ? 8 : 9) + "?token=hidden-" + i));
        }
        StringBuilder late = new StringBuilder("this is no entry\n");
        for (int i = 0; i < 300; i++) {
            late.append(get(9, "/search/caf%C3%A9+bar/page" + i));
        }
        for (int i = 0; i < 90; i++) {
            late.append(line(9, "POST https://shop.example.com:443/orders HTTP/2.0", i % 2 == 0 ? 201 : 303, 2_000));
        }
        late.append(line(9, "GET https://shop.example.com:443/wp-admin HTTP/2.0", 404, 100))
                .append(line(9, "PROPFIND https://shop.example.com:443/dav HTTP/1.1", 200, 100));
        Files.writeString(directory.resolve("logs/early.log"), early);
        try (OutputStream packed =
                new GZIPOutputStream(Files.newOutputStream(directory.resolve("logs/day/late.log.gz")))) {
            packed.write(late.toString().getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(directory.resolve("logs/notes.txt"), "not a log");
    }

    private void learn(boolean overwrite) {
        Learning.learn(
                List.of(directory.resolve("logs")),
                new Learning.Target("shop", directory.resolve("traffic"), directory.resolve("profiles"), overwrite),
                20,
                said::add);
    }

    @Test
    void theMixHasTheSharesStatusesAndKeysThatTheLogsHave() throws IOException {
        writeLogs();

        learn(false);

        Traffic traffic = Traffic.read(directory.resolve("traffic"), "shop");
        assertThat(traffic.requestNames()).containsExactly("get-items-key", "get-search-caf-bar-key", "post-orders");
        Iterator<Map<String, Object>> draws = traffic.draws();
        int items = 0;
        int seven = 0;
        int orders = 0;
        int all = 100_000;
        for (int i = 0; i < all; i++) {
            Map<String, Object> visit = draws.next();
            boolean item = "shop/get-items-key".equals(visit.get(Traffic.VISIT));
            items += item ? 1 : 0;
            seven += item && "7".equals(visit.get("get-items-key.items")) ? 1 : 0;
            orders += "shop/post-orders".equals(visit.get(Traffic.VISIT)) ? 1 : 0;
        }
        // Shares 600, 90 of 990, and half of the 600; five standard deviations of 100,000 draws are below 0.008.
        assertThat((double) items / all).isCloseTo(600 / 990.0, within(0.008));
        assertThat((double) orders / all).isCloseTo(90 / 990.0, within(0.008));
        assertThat((double) seven / items).isCloseTo(0.5, within(0.012));
        assertThat(Files.readString(directory.resolve("traffic/shop.yaml")))
                .contains("{name: post-orders, weight: 15000, post: '/orders', body-size: 2000 B, expect: 201 or 303}")
                .contains("get: '/search/caf%C3%A9+bar/{get-search-caf-bar-key.caf-bar}'")
                .contains("says: 9.90 reads to a write");
    }

    @Test
    void theProfileIsTheHoursOfTheDay() throws IOException {
        writeLogs();

        learn(false);

        assertThat(LoadProfile.read(directory.resolve("profiles"), "shop").steps())
                .extracting(step -> step.name())
                .containsExactly("warm-up", "hour-08", "hour-09");
        assertThat(Files.readString(directory.resolve("profiles/shop.yaml")))
                .contains("{name: hour-08, duration: 1 min, rate: 100.0 % of peak}")
                .contains("{name: hour-09, duration: 1 min, rate: 65.3 % of peak}");
    }

    @Test
    void whatIsLeftOutIsSaidAndNoQueryIsWritten() throws IOException {
        writeLogs();

        learn(false);

        assertThat(said)
                .contains(
                        "992 requests in 2 hours, 9.90 reads to a write",
                        "   60.48 %  GET /items/*, 3 keys, the hottest 50.00 %",
                        "left out: GET /wp-admin: 1 requests, none was answered with a status below 400",
                        "left out: PROPFIND /dav: 1 requests, a mix has no such method",
                        "queries of 600 requests were left out: they may hold secrets",
                        "1 lines are no well-formed requests; the first is " + directory.resolve("logs/day/late.log.gz")
                                + ":1");
        try (Stream<Path> files = Files.walk(directory.resolve("traffic"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain("hidden");
            }
        }
    }

    @Test
    void aFileThatIsThereIsKeptUnlessItMayBeReplaced() throws IOException {
        writeLogs();
        Path mine = directory.resolve("traffic/shop.yaml");
        Files.createDirectories(mine.resolveSibling("."));
        Files.writeString(mine, "mine");

        assertThatThrownBy(() -> learn(false)).hasMessage(mine + ": is there already; --force replaces it");
        assertThat(mine).hasContent("mine");
        assertThat(directory.resolve("profiles")).doesNotExist();

        learn(true);
        assertThat(Files.readString(mine)).contains("traffic: shop");
    }

    @Test
    void logsWithoutARequestAreRefused() throws IOException {
        Path empty = Files.writeString(directory.resolve("x.log"), "nothing\n");
        StringWriter err = new StringWriter();

        int exitCode = PlimsollCommand.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute("learn", empty.toString(), "--name", "shop", "--directory", directory.toString());

        assertThat(exitCode).isEqualTo(64);
        assertThat(err)
                .hasToString("plimsoll: " + empty + ": must hold entries of a load balancer's access log; " + empty
                        + ":1 is none" + System.lineSeparator());
        assertThatThrownBy(() -> new Learning.Target("Shop 1", directory, directory, false))
                .isInstanceOf(DocumentException.class)
                .hasMessage(
                        "--name: must be lower-case letters, digits and '-', beginning with a letter, was 'Shop 1'");
    }
}
