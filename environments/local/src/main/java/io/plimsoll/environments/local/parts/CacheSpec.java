package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.cache.CacheServer;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.CacheView;
import io.plimsoll.environments.local.measure.CacheMetrics;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cache cluster: one Redis.
 *
 * @param name name of the part
 * @param maxMemoryBytes beyond this the least recently used keys are evicted
 * @param common what the parts share
 */
record CacheSpec(String name, long maxMemoryBytes, Common common) implements PartSpec {
    /** Node type of a process that shares this machine. */
    private static final String NODE_TYPE = "cache.local";

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "max-memory");
        return new CacheSpec(name, Values.size(node.required("max-memory"), 2L << 20, 4L << 30), common);
    }

    @Override
    public List<String> uses() {
        return List.of();
    }

    @Override
    public Part start(Site site) {
        String password = Credentials.random().service();
        CacheServer server = CacheServer.start(
                site.guardian(),
                site.binaries().redis(common.binaries().redisServer()),
                Common.resourceName(name),
                maxMemoryBytes,
                password);
        site.everySecond(server.id(), new CacheMetrics(site.metrics(), server)::publish);
        site.announce("cache", server.id());
        site.tell("cache " + server.id() + ": Redis " + server.version());
        return new Running(server, password, common.zones().get(0));
    }

    private record Running(CacheServer server, String password, String zone) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.of(new CacheView(
                    server.id(),
                    "redis",
                    server.version(),
                    NODE_TYPE,
                    zone,
                    server.process().isAlive() ? "available" : "failed",
                    LoopbackPorts.ADDRESS,
                    server.port(),
                    server.started()));
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("cache-port", Integer.toString(server.port()), "cache-password", password);
        }

        @Override
        public Map<String, ChildProcess> processes() {
            return Map.of(server.id(), server.process());
        }
    }
}
