package io.plimsoll.simulations.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Shakes hands at every tick, and compares the certificate that is shown with the one that the load balancer is known to
 * have: another one, one that has run out, or none is a mismatch. No answer at all is not checked.
 */
final class Certificates implements Probe {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final URI address;
    private final Optional<X509Certificate> expected;
    private final OneAtATime looking;
    private final Seconds checked = Seconds.sums();
    private final Seconds mismatches = Seconds.sums();
    private Optional<X509Certificate> first = Optional.empty();

    /**
     * A probe of one listener.
     *
     * @param address where TLS is spoken
     * @param expected the certificate that must be shown, or the one that signed it; empty for the first that is seen
     */
    Certificates(URI address, Optional<X509Certificate> expected, ExecutorService workers) {
        this.address = address;
        this.expected = expected;
        this.looking = new OneAtATime(workers);
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public synchronized void tick(Instant now) {
        checked.alive(now);
        mismatches.alive(now);
        looking.run(() -> look(now));
    }

    private void look(Instant now) {
        Optional<Boolean> right = Optional.empty();
        try {
            right = Optional.of(handshake(now));
        } catch (java.net.ConnectException | java.net.SocketTimeoutException e) {
            right = Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            right = Optional.of(false);
        } finally {
            synchronized (this) {
                right.ifPresent(match -> {
                    checked.add(now, 1);
                    mismatches.add(now, match ? 0 : 1);
                });
            }
        }
    }

    private boolean handshake(Instant now) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        int port = address.getPort() < 0 ? 443 : address.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address.getHost(), port), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, address.getHost(), port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
                return matches(shown, now);
            }
        }
    }

    private synchronized boolean matches(X509Certificate shown, Instant now) {
        try {
            shown.checkValidity(Date.from(now));
        } catch (CertificateException e) {
            return false;
        }
        if (first.isEmpty()) {
            first = Optional.of(shown);
        }
        return expected.map(known -> same(known, shown) || signed(known, shown))
                .orElseGet(() -> first.filter(known -> same(known, shown)).isPresent());
    }

    private static boolean same(X509Certificate one, X509Certificate other) {
        try {
            return Arrays.equals(one.getEncoded(), other.getEncoded());
        } catch (CertificateException e) {
            return false;
        }
    }

    private static boolean signed(X509Certificate authority, X509Certificate shown) {
        try {
            shown.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public Findings finish() {
        return Findings.of(List.of(
                checked.series("certificates checked", Probes.CLIENT),
                mismatches.series("certificate mismatches", Probes.CLIENT)));
    }

    /** The handshake is to go through whatever is shown: judging it is this probe's own work. */
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
