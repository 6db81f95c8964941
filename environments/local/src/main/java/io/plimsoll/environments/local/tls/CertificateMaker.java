package io.plimsoll.environments.local.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys (P-256) and certificates. Its own authority's key is never given out. */
final class CertificateMaker {
    private static final X500Name AUTHORITY = new X500Name("CN=Plimsoll local authority");

    private final SecureRandom random = new SecureRandom();
    private final KeyPair authorityKey;
    private final X509Certificate authority;

    /** An authority valid in {@code [from, until]}. */
    CertificateMaker(Instant from, Instant until) throws GeneralSecurityException {
        this.authorityKey = newKey();
        this.authority = sign(
                builder(AUTHORITY, authorityKey, from, until),
                List.of(
                        new Extra(Extension.basicConstraints, true, new BasicConstraints(0)),
                        new Extra(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))));
    }

    /** A certificate with its private key. */
    record Signed(PrivateKey key, X509Certificate certificate) {}

    private record Extra(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

    X509Certificate authority() {
        return authority;
    }

    /**
     * A server certificate with a key of its own.
     *
     * @param dnsNames names it is for, the first is its common name
     * @param addresses IP addresses it is for
     */
    Signed server(List<String> dnsNames, List<String> addresses, Instant from, Instant until)
            throws GeneralSecurityException {
        KeyPair key = newKey();
        GeneralName[] names = Stream.concat(
                        dnsNames.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        addresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .toArray(GeneralName[]::new);
        X509Certificate certificate = sign(
                builder(new X500Name("CN=" + dnsNames.get(0)), key, from, until),
                List.of(
                        new Extra(Extension.basicConstraints, true, new BasicConstraints(false)),
                        new Extra(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                        new Extra(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
                        new Extra(Extension.subjectAlternativeName, false, new GeneralNames(names))));
        return new Signed(key.getPrivate(), certificate);
    }

    private KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair key, Instant from, Instant until) {
        return new JcaX509v3CertificateBuilder(
                AUTHORITY,
                new BigInteger(127, random).add(BigInteger.ONE),
                Date.from(from),
                Date.from(until),
                subject,
                key.getPublic());
    }

    private X509Certificate sign(X509v3CertificateBuilder builder, List<Extra> extras) throws GeneralSecurityException {
        try {
            for (Extra extra : extras) {
                builder.addExtension(extra.id(), extra.critical(), extra.value());
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate())));
        } catch (OperatorCreationException | IOException e) {
            throw new GeneralSecurityException("a certificate cannot be signed: " + e.getMessage(), e);
        }
    }
}
