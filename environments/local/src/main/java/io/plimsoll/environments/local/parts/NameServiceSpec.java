package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.dns.DnsServer;
import io.plimsoll.environments.local.dns.HealthCheck;
import io.plimsoll.environments.local.dns.HealthCheckSettings;
import io.plimsoll.environments.local.dns.HostedZone;
import io.plimsoll.environments.local.dns.NameServiceMetrics;
import io.plimsoll.environments.local.estate.AddressView;
import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.estate.BucketView;
import io.plimsoll.environments.local.estate.DatabaseView;
import io.plimsoll.environments.local.estate.DistributionView;
import io.plimsoll.environments.local.estate.RecordSetView;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name service: one hosted zone with a name for each of some parts, and a health check of those that answer HTTP.
 *
 * @param name name of the part
 * @param zone absolute name of the hosted zone
 * @param ttl life of its records
 * @param names by label the parts it may stand for, of which the first that the stage has counts
 * @param check how endpoints are checked
 */
record NameServiceSpec(String name, String zone, Duration ttl, Map<String, List<String>> names, Check check)
        implements PartSpec {
    private static final Pattern ZONE = Pattern.compile("[a-z][a-z0-9-]{0,30}(\\.[a-z][a-z0-9-]{0,30}){1,4}");
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    /** The label of the name that clients use. */
    private static final String HOST = "www";

    private static final String HEALTH_PATH = "/health";
    private static final long FOLLOW_MILLIS = 200;

    NameServiceSpec {
        names = Map.copyOf(names);
    }

    /**
     * How endpoints are checked.
     *
     * @param interval time between two requests of a checker
     * @param timeout a later answer is none
     * @param failureThreshold requests in a row until a checker changes its mind
     */
    record Check(Duration interval, Duration timeout, int failureThreshold) {}

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly(
                "kind", "zone", "ttl", "names", "health-check-interval", "health-check-timeout", "failure-threshold");
        Node zone = node.required("zone");
        if (!ZONE.matcher(zone.text()).matches()) {
            throw zone.error("must be a domain name such as plimsoll.test");
        }
        Node ttl = node.required("ttl");
        Duration life = Values.within(ttl, Duration.ZERO, Values.LONGEST);
        if (!life.equals(life.truncatedTo(ChronoUnit.SECONDS))) {
            throw ttl.error("must be whole seconds");
        }
        Map<String, List<String>> names = new LinkedHashMap<>();
        node.required("names").mapping().forEach((label, part) -> {
            if (!LABEL.matcher(label).matches()) {
                throw part.error("a name must be a small letter and then up to 30 small letters, digits or hyphens");
            }
            names.put(label, part.isList() ? Values.texts(Optional.of(part)) : List.of(part.text()));
        });
        return new NameServiceSpec(
                name,
                zone.text() + ".",
                life,
                names,
                new Check(
                        Values.within(node.required("health-check-interval"), Values.SHORTEST, Values.LONGEST),
                        Values.within(node.required("health-check-timeout"), Values.SHORTEST, Values.LONGEST),
                        node.required("failure-threshold").integer(1, 10)));
    }

    @Override
    public List<String> uses() {
        return names.values().stream().flatMap(List::stream).distinct().sorted().toList();
    }

    @Override
    public Part start(Site site) {
        Map<String, Part> parts = new LinkedHashMap<>();
        new TreeMap<>(names)
                .forEach((label, candidates) ->
                        site.parts(candidates).stream().findFirst().ifPresent(part -> parts.put(label, part)));
        HostedZone hosted = new HostedZone(zone, id -> true);
        follow(parts, hosted);
        List<HealthCheck> checks = parts.values().stream()
                .map(Endpoint::of)
                .flatMap(Optional::stream)
                .filter(Endpoint::answersHttp)
                .map(endpoint -> new HealthCheck(new HealthCheckSettings(
                        UUID.randomUUID().toString(),
                        HealthCheckSettings.Type.HTTP,
                        endpoint.port(),
                        HEALTH_PATH,
                        check.interval(),
                        check.timeout(),
                        check.failureThreshold())))
                .toList();
        DnsServer server = DnsServer.start(hosted);
        var unused = site.timer()
                .scheduleWithFixedDelay(
                        () -> follow(parts, hosted), FOLLOW_MILLIS, FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
        site.everySecond(Common.resourceName(name), new NameServiceMetrics(site.metrics(), hosted, checks)::publish);
        announce(site, server, parts);
        return new Running(hosted, server, checks);
    }

    private void announce(Site site, DnsServer server, Map<String, Part> parts) {
        site.announce("dnsServer", LoopbackPorts.ADDRESS + ":" + server.port());
        site.announce("zone", zone);
        if (parts.containsKey(HOST)) {
            site.announce("host", HOST + "." + zone.substring(0, zone.length() - 1));
        }
        site.tell("name service " + zone + ": " + String.join(", ", parts.keySet()) + "; port " + server.port());
    }

    /** Has the zone say where the parts are now. */
    private void follow(Map<String, Part> parts, HostedZone hosted) {
        parts.forEach((label, part) -> Endpoint.of(part).ifPresent(endpoint -> {
            String host = label + "." + zone;
            hosted.upsert(RecordSetView.simple(host, "A", ttl, List.of(endpoint.address())));
            hosted.upsert(RecordSetView.simple(
                    "_" + endpoint.service() + "._tcp." + host,
                    "SRV",
                    ttl,
                    List.of("0 0 " + endpoint.port() + " " + host)));
        }));
    }

    /**
     * Where a part is reached.
     *
     * @param service name of the service in SRV records
     * @param address its address
     * @param port its port now
     */
    private record Endpoint(String service, String address, int port) {
        private static final String HTTP = "http";

        Endpoint(String service, int port) {
            this(service, LoopbackPorts.ADDRESS, port);
        }

        static Optional<Endpoint> of(Part part) {
            return part.offers().flatMap(offer -> of(offer).stream()).findFirst();
        }

        private static Optional<Endpoint> of(Object offer) {
            if (offer instanceof BalancerView balancer && !balancer.isNetwork()) {
                return Optional.of(
                        new Endpoint(HTTP, balancer.listeners().get(0).port()));
            }
            if (offer instanceof AddressView address) {
                return Optional.of(new Endpoint(HTTP, address.port()));
            }
            if (offer instanceof DistributionView distribution) {
                return Optional.of(new Endpoint("cdn", distribution.port()));
            }
            if (offer instanceof BucketView bucket) {
                return Optional.of(new Endpoint("s3", bucket.endpoint().getPort()));
            }
            if (offer instanceof DatabaseView database && database.replicaOf().isEmpty()) {
                return Optional.of(new Endpoint("mysql", database.address(), database.port()));
            }
            return Optional.empty();
        }

        /** Whether it has a page that says whether it is well. */
        boolean answersHttp() {
            return service.equals(HTTP);
        }
    }

    /** A name service at work. */
    private record Running(HostedZone zone, DnsServer server, List<HealthCheck> checks) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.concat(Stream.of(zone.view()), checks.stream().map(HealthCheck::view));
        }

        @Override
        public void close() {
            server.close();
            checks.forEach(HealthCheck::close);
        }
    }
}
