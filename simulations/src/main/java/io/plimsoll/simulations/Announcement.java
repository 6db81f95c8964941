package io.plimsoll.simulations;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.environments.aws.disturb.ControlChannel;
import io.plimsoll.simulations.plan.RequestSpec;
import io.plimsoll.simulations.probe.ProbeFile;
import io.plimsoll.simulations.probe.ServiceFront;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a local stack says of itself once it is up. */
record Announcement(JsonNode ready) {
    /** Addresses that requests can name, by the key under which the stack announces them. */
    private static final Map<String, String> ADDRESSES =
            Map.of(RequestSpec.SERVICE, "baseUrl", "cdn", "cdnUrl", "object-store", "bucketUrl", "https", "httpsUrl");

    ServiceFront front(ProbeFile probes) {
        Map<String, String> addresses = new TreeMap<>();
        ADDRESSES.forEach((name, key) -> text(key).ifPresent(url -> addresses.put(name, url)));
        return new ServiceFront(
                addresses,
                probes,
                text("host"),
                text("dnsServer"),
                text("httpsUrl").map(URI::create),
                text("certificate").map(Announcement::certificate),
                text("publicHost"),
                ports("openPorts"),
                ports("closedPorts"),
                Set.of(),
                Optional.empty());
    }

    ControlChannel channel() {
        return new ControlChannel(
                URI.create(ready.required("controlUrl").asText()),
                ready.required("controlToken").asText());
    }

    /** Why it lacks parts that it would have elsewhere, by what the part is called in "the stack has no …". */
    Map<String, String> lacks() {
        Map<String, String> lacks = new TreeMap<>();
        ready.path("lacks")
                .properties()
                .forEach(each -> lacks.put(each.getKey(), each.getValue().asText()));
        return lacks;
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(ready.get(key)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    private Set<Integer> ports(String key) {
        Set<Integer> ports = new TreeSet<>();
        ready.path(key).forEach(port -> ports.add(port.asInt()));
        return ports;
    }

    /** The file that the stack names holds its authority's certificate as PEM. */
    private static X509Certificate certificate(String file) {
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (CertificateException | IOException e) {
            throw new RunFailure(
                    RunFailure.Cause.UNAVAILABLE,
                    file + ": the local stack's certificate cannot be read: " + e.getMessage());
        }
    }
}
