package io.plimsoll.environments.local.tls;

import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A context whose engines tell of failed handshakes, and which context makes them is asked each time. */
final class CountingContext extends SSLContext {
    /** Makes the engines of {@code current}; {@code onFailure} runs once for each that fails. */
    CountingContext(Supplier<SSLContext> current, Runnable onFailure) {
        super(new Spi(current, onFailure), current.get().getProvider(), "TLS");
    }

    private static final class Spi extends SSLContextSpi {
        private final Supplier<SSLContext> current;
        private final Runnable onFailure;

        Spi(Supplier<SSLContext> current, Runnable onFailure) {
            this.current = current;
            this.onFailure = onFailure;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {
            throw new UnsupportedOperationException("the contexts behind this one are initialised");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return current.get().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return current.get().getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return new CountingEngine(current.get().createSSLEngine(), onFailure);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return new CountingEngine(current.get().createSSLEngine(host, port), onFailure);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return current.get().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return current.get().getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return current.get().getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return current.get().getSupportedSSLParameters();
        }
    }
}
