package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.cache.CacheServer;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.CacheView;
import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.measure.CacheMetrics;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.service.ItemService;
import io.plimsoll.environments.local.site.Disturbances.Parameters;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisException;

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

    private static final int LONGEST_BUSY_SECONDS = 600;

    /** Keys of cached items; a flush leaves sessions alone. */
    private static final String ITEMS = "item:*";

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
        site.disturbances().register("cache-off", parameters -> use(site, ItemService.CACHE_OFF, "switched off"));
        site.disturbances().register("cache-on", parameters -> use(site, ItemService.CACHE_ON, "switched on"));
        site.disturbances().register("cache-flush", parameters -> flush(server));
        site.disturbances().register("cache-busy", parameters -> busy(site, server, parameters));
        site.announce("cache", server.id());
        site.tell("cache " + server.id() + ": Redis " + server.version());
        return new Running(server, password, common.zones().get(0));
    }

    private static String flush(CacheServer server) throws Refused {
        try {
            server.flush(ITEMS);
            return "flushed";
        } catch (JedisException e) {
            throw new Refused(409, "the cache does not answer: " + e.getMessage());
        }
    }

    /** As when someone runs a script or KEYS against a server in production: it computes, and everything else waits. */
    private static String busy(Site site, CacheServer server, Parameters parameters) throws Refused {
        int seconds = parameters.whole("seconds", 1, LONGEST_BUSY_SECONDS);
        Instant end = Instant.now().plusSeconds(seconds);
        site.executor().execute(() -> {
            try {
                while (Instant.now().isBefore(end)) {
                    server.compute();
                }
            } catch (JedisException e) {
                site.tell("cache " + server.id() + " is no longer kept busy: " + e.getMessage());
            }
        });
        return "busy for " + seconds + " s";
    }

    /** Tells every service: Redis stays, as it also keeps the sessions. */
    private static String use(Site site, String line, String done) {
        site.estate().all(InstanceFleet.class).forEach(fleet -> fleet.tell("cache", line));
        return done;
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
