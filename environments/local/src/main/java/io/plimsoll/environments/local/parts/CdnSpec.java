package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.cdn.Distribution;
import io.plimsoll.environments.local.cdn.DistributionSettings;
import io.plimsoll.environments.local.cdn.EdgeMetrics;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.environments.local.tls.Certificates;
import io.plimsoll.environments.local.tls.ServerTls;
import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The content delivery network in front of the object store.
 *
 * @param name name of the part
 * @param origin name of the object store's part
 * @param keeping how objects are kept
 * @param caching whether they are, at the start
 */
record CdnSpec(String name, String origin, Keeping keeping, boolean caching) implements PartSpec {
    private static final Duration LONGEST_TTL = Duration.ofDays(365);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    /**
     * How objects are kept.
     *
     * @param minTtl fresh at least so long
     * @param defaultTtl fresh so long if the origin says nothing
     * @param maxTtl fresh at most so long
     * @param errorTtl how long a missing object is remembered
     * @param staleIfError how long beyond its freshness an object is served while the origin fails
     * @param originTimeout longest wait for the origin
     * @param mostBytes most bytes kept
     */
    record Keeping(
            Duration minTtl,
            Duration defaultTtl,
            Duration maxTtl,
            Duration errorTtl,
            Duration staleIfError,
            Duration originTimeout,
            long mostBytes) {}

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly(
                "kind",
                "origin",
                "caching",
                "min-ttl",
                "default-ttl",
                "max-ttl",
                "error-ttl",
                "stale-if-error",
                "origin-timeout",
                "memory");
        Duration least = Values.within(node.required("min-ttl"), Duration.ZERO, LONGEST_TTL);
        Duration byDefault = Values.within(node.required("default-ttl"), least, LONGEST_TTL);
        return new CdnSpec(
                name,
                node.required("origin").text(),
                new Keeping(
                        least,
                        byDefault,
                        Values.within(node.required("max-ttl"), byDefault, LONGEST_TTL),
                        Values.within(node.required("error-ttl"), Duration.ZERO, LONGEST_TTL),
                        Values.within(node.required("stale-if-error"), Duration.ZERO, LONGEST_TTL),
                        Values.within(node.required("origin-timeout"), Values.SHORTEST, LONGEST_TIMEOUT),
                        Values.size(node.required("memory"), 1L << 20, 1L << 30)),
                node.required("caching").flag());
    }

    @Override
    public List<String> uses() {
        return List.of(origin);
    }

    @Override
    public Part start(Site site) {
        String resource = Common.resourceName(name);
        ServerTls tls = new ServerTls(Certificates.of(site.userCache()));
        Distribution distribution = Distribution.start(
                new DistributionSettings(
                        resource,
                        name + ".plimsoll.test",
                        site.part(origin, ObjectStoreSpec.Running.class).store().bucketUrl(),
                        keeping.minTtl(),
                        keeping.defaultTtl(),
                        keeping.maxTtl(),
                        keeping.errorTtl(),
                        keeping.staleIfError(),
                        keeping.originTimeout(),
                        keeping.mostBytes()),
                Optional.of(tls),
                site.executor());
        distribution.enableCaching(caching);
        EdgeMetrics metrics = new EdgeMetrics(site.metrics(), distribution.id());
        site.everySecond(
                resource, at -> metrics.publish(at, distribution.counts().drain()));
        Running running = new Running(name, distribution, tls);
        site.announce("cdnUrl", running.url());
        distribution
                .securePort()
                .ifPresent(port -> site.announce("cdnHttpsUrl", "https://" + LoopbackPorts.ADDRESS + ":" + port));
        site.announce("distribution", distribution.id());
        site.tell("CDN " + resource + ": " + distribution.id() + ", port " + distribution.port());
        return running;
    }

    /** A distribution at work. */
    record Running(String name, Distribution distribution, ServerTls tls) implements Part {
        String url() {
            return "http://" + LoopbackPorts.ADDRESS + ":" + distribution.port();
        }

        @Override
        public Stream<?> offers() {
            return Stream.of(distribution, distribution.view(), new SecuredEnd(name, tls));
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("static-url", url());
        }

        @Override
        public void close() {
            distribution.close();
        }
    }
}
