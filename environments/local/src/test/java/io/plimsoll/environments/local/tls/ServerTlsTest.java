package io.plimsoll.environments.local.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.binaries.UserCache;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private final Certificates certificates = Certificates.of(new UserCache(directory));
    private final ServerTls tls = new ServerTls(certificates);
    private final Undertow server = Undertow.builder()
            .addHttpsListener(0, LoopbackPorts.ADDRESS, tls.context())
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(exchange ->
                    exchange.getResponseSender().send(exchange.getProtocol().toString()))
            .build();

    {
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
    }

    private int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    private HttpResponse<String> get(HttpClient client, String host) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://" + host + ":" + port() + "/"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpClient client(HttpClient.Version version) throws IOException, GeneralSecurityException {
        return TrustingClient.of(certificates.authority(), version);
    }

    @Test
    void aClientThatTrustsTheAuthorityIsServedByNameAndAddressOverBothVersions() throws Exception {
        assertThat(get(client(HttpClient.Version.HTTP_1_1), "127.0.0.1").body()).isEqualTo("HTTP/1.1");

        HttpResponse<String> answer = get(client(HttpClient.Version.HTTP_2), "localhost");

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("HTTP/2.0");
        assertThat(tls.failedHandshakes()).isZero();
    }

    @Test
    void aClientThatTrustsNobodyFailsAndIsCountedOnce() {
        HttpClient stranger = HttpClient.newHttpClient();

        assertThatThrownBy(() -> get(stranger, "localhost")).isInstanceOf(SSLHandshakeException.class);

        assertThat(Await.until(() -> tls.failedHandshakes() == 1, LIMIT)).isTrue();
    }

    @Test
    void anExpiredCertificateIsReallyExpiredAndARenewedOneIsTakenAgain() throws Exception {
        HttpClient client = client(HttpClient.Version.HTTP_1_1);
        assertThat(get(client, "localhost").statusCode()).isEqualTo(200);

        tls.expire();

        // A new client with no open connection; the first one goes on with its own, as on AWS.
        assertThatThrownBy(() -> get(client(HttpClient.Version.HTTP_1_1), "localhost"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasRootCauseInstanceOf(CertificateExpiredException.class);
        assertThat(Await.until(() -> tls.failedHandshakes() == 1, LIMIT)).isTrue();
        assertThatThrownBy(() -> tls.certificate().checkValidity()).isInstanceOf(CertificateExpiredException.class);

        tls.renew();

        assertThat(get(client(HttpClient.Version.HTTP_1_1), "localhost").statusCode())
                .isEqualTo(200);
        assertThatCode(() -> tls.certificate().checkValidity()).doesNotThrowAnyException();
    }

    @Test
    void aSessionOfTheValidCertificateCannotBeResumedOnceItHasExpired() throws Exception {
        SSLContext context = TrustingClient.context(certificates.authority());
        exchange((SSLSocket) context.getSocketFactory().createSocket("localhost", port()));

        tls.expire();

        assertThatThrownBy(() -> exchange((SSLSocket) context.getSocketFactory().createSocket("localhost", port())))
                .isInstanceOf(SSLHandshakeException.class);
    }

    private static void exchange(SSLSocket socket) throws IOException {
        try (socket) {
            socket.startHandshake();
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void aClientThatHangsUpInTheMiddleOfAHandshakeIsCountedAndOneThatSaysNothingIsNot() throws Exception {
        new Socket(LoopbackPorts.address(), port()).close();
        try (Socket plain = new Socket(LoopbackPorts.address(), port())) {
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            plain.getOutputStream().flush();
            plain.getInputStream().readAllBytes();
        }

        assertThat(Await.until(() -> tls.failedHandshakes() == 1, LIMIT)).isTrue();
        assertThat(tls.failedHandshakes()).isEqualTo(1);
    }

    @Test
    void certificatesAreMadeOnceAMonthAndKeptFromOthers() throws Exception {
        UserCache cache = new UserCache(directory.resolve("other"));
        Certificates january = Certificates.of(cache, Instant.parse("2031-01-01T00:00:00Z"));
        Certificates still = Certificates.of(cache, Instant.parse("2031-01-31T23:59:59Z"));
        Certificates february = Certificates.of(cache, Instant.parse("2031-02-01T00:00:00Z"));

        assertThat(Certificates.certificate(still.valid())).isEqualTo(Certificates.certificate(january.valid()));
        assertThat(february.authority()).isNotEqualTo(january.authority());
        Certificates.certificate(january.valid()).checkValidity(Date.from(Instant.parse("2031-01-31T23:59:59Z")));
        assertThatThrownBy(() -> Certificates.certificate(january.expired())
                        .checkValidity(Date.from(Instant.parse("2031-01-01T00:00:00Z"))))
                .isInstanceOf(CertificateExpiredException.class);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(january.authority().getParent())))
                .isEqualTo("rwx------");
    }
}
