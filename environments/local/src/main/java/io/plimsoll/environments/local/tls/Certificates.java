package io.plimsoll.environments.local.tls;

import io.plimsoll.environments.local.binaries.UserCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The two certificates of the stack's names, with their keys, and the authority that vouches for both. They are made
 * once a month and kept in the user's cache, readable by the user alone.
 *
 * @param valid serves until long after the run
 * @param expired expired the day before the month began
 * @param authority PEM file of the authority's certificate: what a client has to trust
 */
public record Certificates(KeyStore valid, KeyStore expired, Path authority) {
    /** Names the certificates are for; the rest of the stack's names are below the last. */
    public static final List<String> DNS_NAMES = List.of("plimsoll.test", "localhost", "*.plimsoll.test");

    private static final List<String> ADDRESSES = List.of("127.0.0.1");
    /** Guards nothing: the file's permissions do. PKCS #12 wants one. */
    private static final char[] PASSWORD = "plimsoll".toCharArray();

    private static final String ALIAS = "server";
    private static final String VALID = "valid.p12";
    private static final String AUTHORITY = "authority.pem";

    /** The certificates of this month, made if they are not in the cache. */
    public static Certificates of(UserCache cache) {
        return of(cache, Instant.now());
    }

    static Certificates of(UserCache cache, Instant now) {
        LocalDate month = now.atZone(ZoneOffset.UTC).toLocalDate().with(TemporalAdjusters.firstDayOfMonth());
        Path directory = cache.directory("certificates-1-" + month, target -> fill(target, month));
        return new Certificates(
                load(directory.resolve(VALID)), load(directory.resolve("expired.p12")), directory.resolve(AUTHORITY));
    }

    /** PKCS #12 file of the valid certificate and its key. */
    public Path keyStore() {
        return authority.resolveSibling(VALID);
    }

    /**
     * The server side of TLS with the certificate of a file that {@link #keyStore} named.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public static SSLContext serverContext(Path keyStore) {
        return ServerTls.context(load(keyStore));
    }

    /** The certificate itself, of one of the two stores. */
    static X509Certificate certificate(KeyStore store) {
        try {
            return (X509Certificate) store.getCertificate(ALIAS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a loaded key store can be read", e);
        }
    }

    static char[] password() {
        return PASSWORD.clone();
    }

    private static void fill(Path directory, LocalDate month) throws IOException {
        Instant begin = month.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant longAgo = begin.minus(Duration.ofDays(90));
        Instant dayBefore = begin.minus(Duration.ofDays(1));
        try {
            CertificateMaker maker = new CertificateMaker(longAgo, begin.plus(Duration.ofDays(90)));
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            Files.writeString(directory.resolve(AUTHORITY), pem(maker.authority()), StandardCharsets.US_ASCII);
            save(
                    maker,
                    maker.server(DNS_NAMES, ADDRESSES, dayBefore, begin.plus(Duration.ofDays(60))),
                    directory.resolve(VALID));
            save(maker, maker.server(DNS_NAMES, ADDRESSES, longAgo, dayBefore), directory.resolve("expired.p12"));
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates cannot be made: " + e.getMessage(), e);
        }
    }

    private static void save(CertificateMaker maker, CertificateMaker.Signed signed, Path file)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry(ALIAS, signed.key(), PASSWORD, new Certificate[] {signed.certificate(), maker.authority()});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
    }

    private static KeyStore load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(file + ": is no key store: " + e.getMessage(), e);
        }
    }

    private static String pem(X509Certificate certificate) throws CertificateEncodingException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
