package io.plimsoll.environments.local.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The server side of TLS: which certificate is served, and how many handshakes failed. Each certificate has a session
 * cache and ticket keys of its own, so that a client cannot resume a session past the change of the certificate. Safe
 * for several threads.
 */
public final class ServerTls {
    private final Certificates certificates;
    private final SSLContext valid;
    private final SSLContext expired;
    private final LongAdder failedHandshakes = new LongAdder();
    private final SSLContext context;
    private final String id = UUID.randomUUID().toString();
    private volatile boolean expiredServed;

    /** Serves the valid certificate. */
    public ServerTls(Certificates certificates) {
        this.certificates = certificates;
        this.valid = context(certificates.valid());
        this.expired = context(certificates.expired());
        this.context = new CountingContext(this::current, failedHandshakes::increment);
    }

    static SSLContext context(KeyStore store) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, Certificates.password());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private SSLContext current() {
        return expiredServed ? expired : valid;
    }

    /** What a listener takes; it stays the same whatever is served. */
    public SSLContext context() {
        return context;
    }

    /** Serves the expired certificate from the next handshake on. Connections that are open stay so. */
    public void expire() {
        expiredServed = true;
    }

    /** Serves the valid certificate again, from the next handshake on. */
    public void renew() {
        expiredServed = false;
    }

    /** The certificate served now. */
    public X509Certificate certificate() {
        return Certificates.certificate(expiredServed ? certificates.expired() : certificates.valid());
    }

    /** What AWS calls the certificate, whichever is served: a renewed certificate keeps its name. */
    public String certificateId() {
        return id;
    }

    /** Where the certificates come from. */
    public Certificates certificates() {
        return certificates;
    }

    /** Handshakes that a client began and that failed so far, as its own or the server's alert or a hang-up ended them. */
    public long failedHandshakes() {
        return failedHandshakes.sum();
    }
}
