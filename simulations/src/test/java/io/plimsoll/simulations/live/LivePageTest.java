package io.plimsoll.simulations.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.report.LiveHtml;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageTest {
    private final LivePage page = opened();

    private static LivePage opened() {
        try {
            return LivePage.open(0, LiveHtml.of("auto-scaled", "local", "<b>plan</b>"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void isOpen() {
        assertThat(page.address().getHost()).isEqualTo("127.0.0.1");
    }

    @AfterEach
    void close() {
        page.ended("test over");
    }

    private int port() {
        return page.address().getPort();
    }

    private Socket sent(String request, String... headers) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        socket.setSoTimeout(60_000);
        String text = request + " HTTP/1.1\r\n" + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "")
                + "Connection: close\r\n\r\n";
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static BufferedReader reading(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** All that is answered. */
    private String answer(String request, String... headers) throws IOException {
        try (Socket socket = sent(request, headers)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String host() {
        return "Host: 127.0.0.1:" + port();
    }

    private Socket streaming() throws IOException {
        return sent("GET /stream", host());
    }

    private static void readUntil(BufferedReader reader, String line) throws IOException {
        String read = reader.readLine();
        while (!line.equals(read)) {
            assertThat(read).as("before '%s'", line).isNotNull();
            read = reader.readLine();
        }
    }

    @Test
    void thePageComesWithAPolicyThatLetsNothingElseIn() throws IOException {
        String answer = answer("GET /", host());

        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-type: text/html; charset=utf-8\r\n")
                .contains("Cache-control: no-store\r\n", "X-content-type-options: nosniff\r\n")
                .contains("Cross-origin-resource-policy: same-origin\r\n", "Referrer-policy: no-referrer\r\n")
                .contains("&lt;b&gt;plan&lt;/b&gt;");
        assertThat(answer.lines().filter(line -> line.startsWith("Content-security-policy: ")))
                .singleElement()
                .asString()
                .matches("Content-security-policy: default-src 'none'; img-src data:; style-src 'unsafe-inline';"
                        + " script-src 'sha256-\\S+=' 'sha256-\\S+='; connect-src 'self'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'");
    }

    @Test
    void aHeadHasNoBody() throws IOException {
        assertThat(answer("HEAD /", host())).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
        assertThat(answer("HEAD /stream", host())).contains("text/event-stream").endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /", "PUT /stream", "DELETE /", "OPTIONS /"})
    void itCanOnlyBeRead(String request) throws IOException {
        assertThat(answer(request, host(), "Content-Length: 0"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD\r\n");
    }

    @Test
    void thereIsNothingElse() throws IOException {
        assertThat(answer("GET /../../etc/passwd", host())).startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:%d",
                "Host: 127.0.0.1",
                "X: y",
                "Host: 127.0.0.1:%d\r\nHost: a"
            })
    void aRequestForAnotherHostIsRefused(String host) throws IOException {
        String answer = answer("GET /", host.replace("%d", String.valueOf(port())));

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("<html", "HTTP/1.1 404");
    }

    @Test
    void theLocalNameIsThisHost() throws IOException {
        assertThat(answer("GET /", "Host: localhost:" + port())).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void otherSitesMayNotReadAlong() throws IOException {
        assertThat(answer("GET /stream", host(), "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403 ")
                .endsWith("Other sites may not read along.\n");
    }

    @Test
    void aBrowserIsToldEachSecondAndTheEnd() throws IOException {
        try (Socket socket = streaming()) {
            BufferedReader reader = reading(socket);
            readUntil(reader, "event: all");
            page.second(LiveRun.second(1, "web"));
            readUntil(reader, "event: second");
            page.ended("VERDICT: PASS");
            readUntil(reader, "event: ended");
            readUntil(reader, "data: {\"how\":\"VERDICT: PASS\"}");
        }
    }

    @Test
    void itIsClosedWhenTheRunHasEnded() {
        page.ended("VERDICT: PASS");
        page.ended("again");

        assertThatThrownBy(this::streaming).isInstanceOf(ConnectException.class);
    }

    @Test
    void aBrowserThatDoesNotReadHoldsUpNeitherTheRunNorOthers() throws IOException {
        String line = "x".repeat(20_000);
        try (Socket deaf = streaming();
                Socket other = streaming()) {
            BufferedReader reader = reading(other);
            readUntil(reader, "event: all");
            for (int second = 0; second < 1_000; second++) {
                page.says(line);
            }
            try (Socket again = streaming()) {
                readUntil(reading(again), "event: all");
            }
            page.ended("VERDICT: PASS");
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenIsRefused() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LivePage.open(taken.getLocalPort(), LiveHtml.of("a", "b", "c")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }
}
