package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.photos.PhotoWorker;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a service is made of, by its role. Safe for several threads. */
final class ServiceParts implements AutoCloseable {
    private final Role role;
    private final Optional<Items> store;
    /** Of the database that the replicas follow; the same as the store if items are not sharded. */
    private final Optional<Items> markers;

    private final Optional<TimelineRoutes> timelines;
    private final Optional<PhotoRoutes> photos;
    private final Optional<KeyValueRoutes> keyValues;
    private final Optional<PhotoWorker> worker;
    private final Optional<ItemCache> cache;
    private final Optional<SessionStore> sessions;
    private final Optional<ServiceHandler.Upstream> upstream;
    private final StaticRoutes files = new StaticRoutes();
    private final List<Route> routes = new ArrayList<>();
    private volatile boolean ready;

    ServiceParts(ServiceSettings settings, VirtualCpu cpu) {
        role = settings.role();
        boolean items = role != Role.WEB && role != Role.WORKER;
        boolean web = role == Role.WEB || role == Role.ALL;
        boolean sharded = settings.optional("shard-ports").isPresent();
        store = items ? Optional.of(sharded ? new ShardedItems(settings) : new ItemStore(settings)) : Optional.empty();
        markers = sharded ? store.map(unused -> new ItemStore(settings)) : store;
        timelines = sharded ? store.map(opened -> new TimelineRoutes(opened, settings)) : Optional.empty();
        cache = items
                ? RedisPool.of(settings).map(redis -> new ItemCache(redis, settings.duration("cache-ttl")))
                : Optional.empty();
        sessions = web
                ? Optional.of(RedisPool.of(settings)
                        .<SessionStore>map(RedisSessions::new)
                        .orElseGet(MemorySessions::new))
                : Optional.empty();
        upstream = role == Role.WEB
                ? Optional.of(new ServiceHandler.Upstream(
                        UpstreamProxy.to(URI.create(settings.text("upstream-url"))), settings.duration("proxy-cost")))
                : Optional.empty();
        photos = PhotoRoutes.of(role, settings);
        // Without a table the AWS SDK is not on the class path, and the class cannot be loaded.
        keyValues = items && settings.optional("table-endpoint").isPresent()
                ? Optional.of(new KeyValueRoutes(settings))
                : Optional.empty();
        worker = role == Role.WORKER
                ? photos.map(opened -> opened.worker(cpu, settings.duration("thumbnail-cost")))
                : Optional.empty();
        photos.ifPresent(opened -> routes.addAll(opened.of(settings, role)));
        keyValues.ifPresent(opened -> routes.addAll(opened.routes(role, settings)));
        store.ifPresent(opened -> routes.addAll(new ItemRoutes("/items", opened, cache).of(role, settings)));
        markers.ifPresent(
                opened -> routes.addAll(new ItemRoutes("/markers", opened, Optional.empty()).of(role, settings)));
        timelines.ifPresent(opened -> routes.addAll(opened.of(role, settings)));
        sessions.ifPresent(
                opened -> routes.addAll(new SessionRoutes(opened).routes(settings.duration("session-cost"))));
        if (web) {
            routes.addAll(files.routes(settings));
        }
    }

    List<Route> routes() {
        return routes;
    }

    StaticRoutes files() {
        return files;
    }

    Optional<ServiceHandler.Upstream> upstream() {
        return upstream;
    }

    /**
     * What keeps it from serving. A service that does all has its database on the same instance, and both make its
     * health. Any other must have reached its database once: from then on, a database that is away is not an instance's
     * fault, and must not have the whole fleet replaced.
     */
    Optional<String> problem() {
        if (store.isEmpty() || (ready && role != Role.ALL)) {
            return Optional.empty();
        }
        try {
            store.get().check(role);
            ready = true;
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of("the database does not answer");
        }
    }

    /** Every pool of connections to the databases of items. */
    List<ConnectionPool> pools() {
        return Stream.concat(store.stream(), markers.stream())
                .flatMap(Items::pools)
                .distinct()
                .toList();
    }

    /** Begins what it does without being asked. */
    void start() {
        worker.ifPresent(PhotoWorker::start);
    }

    /** Switches the cache of items on or off. */
    void useCache(boolean use) {
        cache.ifPresent(items -> items.switchTo(use));
    }

    @Override
    public void close() {
        worker.ifPresent(PhotoWorker::close);
        photos.ifPresent(PhotoRoutes::close);
        keyValues.ifPresent(KeyValueRoutes::close);
        timelines.ifPresent(TimelineRoutes::close);
        markers.ifPresent(Items::close);
        store.ifPresent(Items::close);
        cache.ifPresent(ItemCache::close);
        sessions.ifPresent(SessionStore::close);
    }
}
