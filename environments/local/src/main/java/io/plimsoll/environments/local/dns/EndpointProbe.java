package io.plimsoll.environments.local.dns;

import io.plimsoll.environments.local.process.LoopbackPorts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks an endpoint once, and times what Route 53 times. */
final class EndpointProbe {
    private static final Pattern WELL = Pattern.compile("HTTP/1\\.[01] [23]\\d\\d( .*)?");

    private final HealthCheckSettings settings;
    private final SSLContext anyCertificate;

    EndpointProbe(HealthCheckSettings settings) {
        this.settings = settings;
        try {
            this.anyCertificate = SSLContext.getInstance("TLS");
            anyCertificate.init(null, new TrustManager[] {new AnyCertificate()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /**
     * What came of one request.
     *
     * @param passed whether it was answered in time, with 2xx or 3xx if it was HTTP
     * @param connectMillis time to connect; empty if it could not be
     * @param handshakeMillis time of the TLS handshake; empty without one
     * @param firstByteMillis from sending the request to the answer's first byte; empty without an answer
     */
    record Result(
            boolean passed,
            OptionalDouble connectMillis,
            OptionalDouble handshakeMillis,
            OptionalDouble firstByteMillis) {
        static final Result NO_CONNECTION =
                new Result(false, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    Result ask() {
        OptionalDouble connect = OptionalDouble.empty();
        OptionalDouble handshake = OptionalDouble.empty();
        int timeout = (int) settings.timeout().toMillis();
        try (Socket plain = new Socket()) {
            long begin = System.nanoTime();
            plain.connect(new InetSocketAddress(LoopbackPorts.address(), settings.port()), timeout);
            connect = millisSince(begin);
            plain.setSoTimeout(timeout);
            plain.setTcpNoDelay(true);
            if (settings.type() == HealthCheckSettings.Type.TCP) {
                return new Result(true, connect, handshake, OptionalDouble.empty());
            }
            if (settings.type() == HealthCheckSettings.Type.HTTP) {
                return request(plain, connect, handshake);
            }
            long beginHandshake = System.nanoTime();
            try (SSLSocket secure = (SSLSocket) anyCertificate
                    .getSocketFactory()
                    .createSocket(plain, LoopbackPorts.ADDRESS, settings.port(), true)) {
                secure.startHandshake();
                handshake = millisSince(beginHandshake);
                return request(secure, connect, handshake);
            }
        } catch (IOException e) {
            return connect.isEmpty()
                    ? Result.NO_CONNECTION
                    : new Result(false, connect, handshake, OptionalDouble.empty());
        }
    }

    private Result request(Socket socket, OptionalDouble connect, OptionalDouble handshake) throws IOException {
        String request = "GET " + settings.path() + " HTTP/1.1\r\nHost: " + LoopbackPorts.ADDRESS
                + "\r\nUser-Agent: Amazon-Route53-Health-Check-Service\r\nConnection: close\r\n\r\n";
        long begin = System.nanoTime();
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        int first = in.read();
        if (first < 0) {
            return new Result(false, connect, handshake, OptionalDouble.empty());
        }
        OptionalDouble firstByte = millisSince(begin);
        StringBuilder status = new StringBuilder();
        for (int letter = first; letter >= 0 && letter != '\r' && status.length() < 256; letter = in.read()) {
            status.append((char) letter);
        }
        return new Result(WELL.matcher(status).matches(), connect, handshake, firstByte);
    }

    private static OptionalDouble millisSince(long beginNanos) {
        return OptionalDouble.of((System.nanoTime() - beginNanos) / 1e6);
    }

    /** Route 53 does not look at certificates; nothing but the status is read through it. */
    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
