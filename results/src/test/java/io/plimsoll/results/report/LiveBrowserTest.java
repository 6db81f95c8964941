package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;

/** The live page as a browser shows it, with a stream that ends. Skipped where Chromium or its driver is not installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveBrowserTest {
    private static final long START = 1_764_072_000_000L;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @TempDir
    private static Path directory = Path.of("");

    private @Nullable ChromeDriver driver;
    private @Nullable HttpServer server;
    private volatile String stream = "";

    @BeforeAll
    void start() throws IOException {
        driver = InstalledBrowser.open(Files.createDirectory(directory.resolve("profile")));
        LiveHtml html = LiveHtml.of("auto-scaled", "local", HostileRun.TEXT);
        HttpServer open = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        open.createContext("/", exchange -> answer(exchange, html));
        open.start();
        server = open;
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.stop(0);
        }
        if (driver != null) {
            driver.quit();
        }
    }

    private void answer(HttpExchange exchange, LiveHtml html) throws IOException {
        try (exchange) {
            boolean page = exchange.getRequestURI().getPath().equals("/");
            byte[] body = (page ? html.html() : stream).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", page ? "text/html; charset=utf-8" : "text/event-stream");
            exchange.getResponseHeaders().set("Content-Security-Policy", html.policy());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String message(String name, ObjectNode data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    /** Sixty seconds as a server's first message, another one, an event, and the end. */
    private static String told(String name) {
        ObjectNode all = JSON.objectNode().put("line", "Evidence: results/runs/x");
        ArrayNode phases = all.putObject("plan").putArray("phases");
        phases.addObject().put("name", "ramp").put("from", START).put("to", START + 60_000);
        phases.addObject().put("name", name).put("from", START + 60_000).put("to", START + 100_000);
        ArrayNode seconds = all.putArray("seconds");
        for (int second = 1; second <= 60; second++) {
            seconds.add(second(second, "ramp", name));
        }
        all.putArray("events").add(event(name));
        all.putArray("requests");
        ObjectNode next = second(61, name, name);
        next.putArray("requests")
                .addObject()
                .put("name", name)
                .put("served", 210.5)
                .put("p95", 12)
                .put("errors", 0.5);
        return message("all", all)
                + message("second", next)
                + message("happened", event("web-1 is terminated"))
                + message("ended", JSON.objectNode().put("how", "VERDICT: FAIL — p95 was 512 ms. " + name));
    }

    private static ObjectNode second(int second, String phase, String group) {
        ObjectNode json = JSON.objectNode()
                .put("at", START + 1000L * second)
                .put("phase", phase)
                .put("offered", 3.5 * second)
                .put("served", 3.4 * second)
                .put("p95", 10 + second % 7)
                .put("errors", 0)
                .put("healthy", 2)
                .put("registered", 3)
                .put("lag", 0.2)
                .put("stopped", 0);
        json.putArray("groups")
                .addObject()
                .put("name", group)
                .put("inService", 2)
                .put("desired", 3);
        return json;
    }

    private static ObjectNode event(String says) {
        return JSON.objectNode()
                .put("at", START + 61_000)
                .put("lane", "disturbance")
                .put("bad", true)
                .put("says", says);
    }

    private ChromeDriver shown(String name) {
        ChromeDriver page = Objects.requireNonNull(driver);
        stream = told(name);
        var unusedOfOtherTests = page.manage().logs().get("browser");
        page.manage().window().setSize(new Dimension(1440, 1000));
        page.get("http://127.0.0.1:"
                + Objects.requireNonNull(server).getAddress().getPort() + "/");
        page.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        var unused = page.executeAsyncScript("var done = arguments[0]; (function look() {"
                + "if (document.getElementById('phase').textContent === 'Run ended') { done(true); }"
                + "else { requestAnimationFrame(look); } })()");
        return page;
    }

    private static String text(ChromeDriver page, String id) {
        return page.findElement(By.id(id)).getText();
    }

    private static Object script(ChromeDriver page, String script) {
        return Objects.requireNonNull(page.executeScript(script));
    }

    @Test
    void whatWasToldStaysShownWhenTheRunHasEnded() {
        ChromeDriver page = shown("steady");

        assertThat(text(page, "line")).isEqualTo("run ended: VERDICT: FAIL — p95 was 512 ms. steady");
        assertThat(page.findElement(By.id("banner")).getAttribute("class")).isEqualTo("banner fail");
        assertThat(text(page, "elapsed")).isEqualTo("61 of 100 s");
        assertThat(text(page, "now-offered")).isEqualTo("213.5 /s");
        assertThat(text(page, "now-healthy")).isEqualTo("2 of 3");
        assertThat(text(page, "events")).contains("1:01\ndisturbance\nweb-1 is terminated");
        assertThat(text(page, "rows")).isEqualTo("steady 210.5 /s 12 ms 0.5 %");
        assertThat(page.findElement(By.id("lost")).isDisplayed()).isFalse();
        assertThat(page.manage().logs().get("browser").getAll()).isEmpty();
    }

    @Test
    void everyChartIsDrawnAndItsLinesCanBeHidden() {
        ChromeDriver page = shown("steady");

        String inked = "return Array.from(document.querySelectorAll('.plot canvas')).map(c => {"
                + "var d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data, n = 0;"
                + "for (var i = 3; i < d.length; i += 4) { if (d[i] > 0) n++; } return n; })";
        List<?> before = (List<?>) script(page, inked);
        page.findElements(By.cssSelector("#chart-p95 .legend button")).get(0).click();
        List<?> after = (List<?>) script(page, inked);

        assertThat(before)
                .hasSize(5)
                .allSatisfy(ink -> assertThat(((Number) ink).longValue()).isGreaterThan(1000));
        assertThat(after.get(1)).isNotEqualTo(before.get(1));
        assertThat(after.get(2)).isEqualTo(before.get(2));
    }

    @Test
    void hostileTextStaysText() {
        ChromeDriver page = shown(HostileRun.TEXT);

        assertThat(script(page, "return document.scripts.length")).isEqualTo(2L);
        assertThat(script(page, "return document.querySelectorAll('img, iframe, object, embed, base').length"))
                .isEqualTo(0L);
        for (String id : List.of("phases", "events", "rows", "line", "charts")) {
            assertThat(script(page, "return document.getElementById('" + id + "').textContent"))
                    .asString()
                    .contains("</script><script>alert(1)</script><!--");
        }
        assertThat(page.manage().logs().get("browser").getAll()).isEmpty();
    }

    @Test
    void aPhoneScrollsDownAndNeverSideways() {
        ChromeDriver browser = Objects.requireNonNull(driver);
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        try {
            ChromeDriver page = shown("steady");

            assertThat(script(page, "return document.documentElement.scrollWidth"))
                    .isEqualTo(390L);
        } finally {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }
}
