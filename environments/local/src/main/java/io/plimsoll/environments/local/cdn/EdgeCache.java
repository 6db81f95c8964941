package io.plimsoll.environments.local.cdn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plimsoll.environments.local.cdn.EdgeCounts.Result;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects kept, and how they are had when they are not fresh. Safe for several threads. */
final class EdgeCache {
    private final DistributionSettings settings;
    private final Origin origin;
    private final LongSupplier nanos;
    private final Cache<String, CachedObject> objects;
    private final ConcurrentHashMap<String, CompletableFuture<Fetched>> asked = new ConcurrentHashMap<>();
    private volatile boolean enabled = true;

    /**
     * An empty cache.
     *
     * @param nanos the monotonic clock
     */
    EdgeCache(DistributionSettings settings, Origin origin, Executor executor, LongSupplier nanos) {
        this.settings = settings;
        this.origin = origin;
        this.nanos = nanos;
        this.objects = Caffeine.newBuilder()
                .maximumWeight(settings.mostBytes())
                .weigher((String path, CachedObject object) -> object.weight())
                .executor(executor)
                .build();
    }

    /** An object and where it is from. */
    record Fetched(CachedObject object, Result result) {}

    /** With caching off, every request is the origin's, and nothing is kept. */
    void enable(boolean on) {
        enabled = on;
        if (!on) {
            objects.invalidateAll();
        }
    }

    boolean isEnabled() {
        return enabled;
    }

    /** The object if it is fresh. */
    Optional<CachedObject> fresh(String path) {
        CachedObject object = objects.getIfPresent(path);
        return object != null && object.isFresh(nanos.getAsLong()) ? Optional.of(object) : Optional.empty();
    }

    /**
     * The object from the origin, or from another request that is asking for it. Completes exceptionally if the origin
     * fails and no stale object may stand in.
     */
    CompletableFuture<Fetched> fetch(String path) {
        if (!enabled) {
            return origin.get(path, Optional.empty()).thenApply(answer -> new Fetched(object(answer), Result.MISS));
        }
        CompletableFuture<Fetched> mine = new CompletableFuture<>();
        CompletableFuture<Fetched> others = asked.putIfAbsent(path, mine);
        if (others != null) {
            return others.thenApply(EdgeCache::ofAnother);
        }
        Optional<CachedObject> known = Optional.ofNullable(objects.getIfPresent(path));
        var unused = origin.get(path, known).whenComplete((answer, failure) -> {
            // Who comes once the object is kept finds it there, and who comes after a failure asks again.
            try {
                Fetched fetched = failure == null ? keep(path, known, answer) : standIn(known, failure);
                asked.remove(path, mine);
                mine.complete(fetched);
            } catch (RuntimeException e) {
                asked.remove(path, mine);
                mine.completeExceptionally(e);
            }
        });
        return mine;
    }

    /** An answer that another request got from the origin: a hit for this one. */
    private static Fetched ofAnother(Fetched fetched) {
        boolean failed = fetched.result() == Result.ERROR || fetched.result() == Result.STALE;
        return failed ? fetched : new Fetched(fetched.object(), Result.HIT);
    }

    /** The origin did not answer. */
    static final class OriginFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OriginFailure(Throwable cause) {
            super("the origin failed: " + cause.getMessage(), cause);
        }
    }

    private Fetched standIn(Optional<CachedObject> known, Throwable failure) {
        return usable(known).orElseThrow(() -> new OriginFailure(failure));
    }

    private Optional<Fetched> usable(Optional<CachedObject> known) {
        long stale = settings.staleIfError().toNanos();
        return known.filter(object -> object.isUsable(nanos.getAsLong(), stale))
                .map(object -> new Fetched(object, Result.STALE));
    }

    private Fetched keep(String path, Optional<CachedObject> known, HttpResponse<byte[]> answer) {
        if (answer.statusCode() == 304 && known.isPresent()) {
            CachedObject refreshed = known.get()
                    .refreshed(
                            nanos.getAsLong(),
                            freshness(header(answer, "Cache-Control"), 200).toNanos());
            objects.put(path, refreshed);
            return new Fetched(refreshed, Result.REFRESH_HIT);
        }
        CachedObject object = object(answer);
        if (answer.statusCode() >= 500) {
            return usable(known).orElse(new Fetched(object, Result.ERROR));
        }
        if (object.freshNanos() > 0) {
            objects.put(path, object);
        } else {
            objects.invalidate(path);
        }
        return new Fetched(object, Result.MISS);
    }

    private CachedObject object(HttpResponse<byte[]> answer) {
        Optional<String> cacheControl = header(answer, "Cache-Control");
        return new CachedObject(
                answer.statusCode(),
                header(answer, "Content-Type"),
                header(answer, "ETag"),
                header(answer, "Last-Modified"),
                cacheControl,
                ByteBuffer.wrap(answer.body()).asReadOnlyBuffer(),
                nanos.getAsLong(),
                freshness(cacheControl, answer.statusCode()).toNanos());
    }

    private Duration freshness(Optional<String> cacheControl, int status) {
        return switch (status) {
            case 200 -> Freshness.of(cacheControl, settings);
            case 404, 410 -> settings.errorTtl();
            default -> Duration.ZERO;
        };
    }

    private static Optional<String> header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name);
    }

    /**
     * Drops objects.
     *
     * @param pathPattern a path; {@code *} at its end stands for anything
     */
    void invalidate(String pathPattern) {
        Pattern pattern = Pattern.compile(
                Stream.of(pathPattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        objects.asMap().keySet().removeIf(path -> pattern.matcher(path).matches());
    }

    /** Objects kept now. */
    long size() {
        return objects.asMap().size();
    }
}
