package io.plimsoll.environments.local.cdn;

import io.plimsoll.environments.local.cdn.EdgeCache.Fetched;
import io.plimsoll.environments.local.cdn.EdgeCounts.Result;
import io.plimsoll.environments.local.cdn.EdgeCounts.Served;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ETagUtils;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.net.URISyntaxException;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Answers clients from the cache or, through it, from the origin. */
final class EdgeHandler implements HttpHandler {
    private static final HttpString X_CACHE = new HttpString("X-Cache");
    private static final Map<Result, String> WORDS = Map.of(
            Result.HIT, "Hit from cloudfront",
            Result.REFRESH_HIT, "RefreshHit from cloudfront",
            Result.MISS, "Miss from cloudfront",
            Result.STALE, "Hit from cloudfront",
            Result.ERROR, "Error from cloudfront");

    private final EdgeCache cache;
    private final EdgeCounts counts;

    EdgeHandler(EdgeCache cache, EdgeCounts counts) {
        this.cache = cache;
        this.counts = counts;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (!exchange.getRequestMethod().equals(Methods.GET)
                && !exchange.getRequestMethod().equals(Methods.HEAD)) {
            fail(exchange, StatusCodes.FORBIDDEN, "this distribution takes GET and HEAD only", OptionalDouble.empty());
            return;
        }
        String path = exchange.getRequestURI();
        long begin = System.nanoTime();
        Optional<CachedObject> fresh = cache.isEnabled() ? cache.fresh(path) : Optional.empty();
        if (fresh.isPresent()) {
            answer(exchange, new Fetched(fresh.get(), Result.HIT), OptionalDouble.empty());
            return;
        }
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            var unused = cache.fetch(path)
                    .whenComplete((fetched, failure) -> Connectors.executeRootHandler(
                            waiting -> answer(waiting, fetched, failure, begin), exchange));
        });
    }

    private void answer(
            HttpServerExchange exchange, @Nullable Fetched fetched, @Nullable Throwable failure, long beginNanos) {
        OptionalDouble millis = OptionalDouble.of((System.nanoTime() - beginNanos) / 1e6);
        if (fetched != null) {
            answer(exchange, fetched, fetched.result() == Result.HIT ? OptionalDouble.empty() : millis);
            return;
        }
        if (causedBy(failure, HttpTimeoutException.class)) {
            fail(exchange, StatusCodes.GATEWAY_TIME_OUT, "the origin does not answer", millis);
        } else if (causedBy(failure, URISyntaxException.class)) {
            fail(exchange, StatusCodes.BAD_REQUEST, "this is no path", OptionalDouble.empty());
        } else {
            fail(exchange, StatusCodes.BAD_GATEWAY, "the origin cannot be reached", millis);
        }
    }

    private static boolean causedBy(@Nullable Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private void answer(HttpServerExchange exchange, Fetched fetched, OptionalDouble originMillis) {
        CachedObject object = fetched.object();
        HeaderMap headers = exchange.getResponseHeaders();
        object.contentType().ifPresent(value -> headers.put(Headers.CONTENT_TYPE, value));
        object.etag().ifPresent(value -> headers.put(Headers.ETAG, value));
        object.lastModified().ifPresent(value -> headers.put(Headers.LAST_MODIFIED, value));
        object.cacheControl().ifPresent(value -> headers.put(Headers.CACHE_CONTROL, value));
        headers.put(X_CACHE, WORDS.getOrDefault(fetched.result(), ""));
        if (fetched.result() != Result.MISS && fetched.result() != Result.ERROR) {
            headers.put(Headers.AGE, Math.max(0, (System.nanoTime() - object.storedNanos()) / 1_000_000_000L));
        }
        boolean same = object.status() == StatusCodes.OK && isKnown(exchange, object);
        exchange.setStatusCode(same ? StatusCodes.NOT_MODIFIED : object.status());
        long bytes = same || exchange.getRequestMethod().equals(Methods.HEAD)
                ? 0
                : object.body().remaining();
        count(exchange, fetched.result(), bytes, originMillis);
        if (same) {
            exchange.endExchange();
        } else {
            exchange.getResponseSender().send(object.body().duplicate());
        }
    }

    private static boolean isKnown(HttpServerExchange exchange, CachedObject object) {
        return object.etag().isPresent() && !ETagUtils.handleIfNoneMatch(exchange, ETagUtils.getETag(exchange), true);
    }

    private void fail(HttpServerExchange exchange, int status, String sentence, OptionalDouble originMillis) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(X_CACHE, WORDS.getOrDefault(Result.ERROR, ""));
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
        count(exchange, Result.ERROR, sentence.length() + 1L, originMillis);
        exchange.getResponseSender().send(sentence + "\n");
    }

    /** Counts a request once it is answered; one whose client has gone before is none. */
    private void count(HttpServerExchange exchange, Result result, long bytes, OptionalDouble originMillis) {
        exchange.addExchangeCompleteListener((done, next) -> {
            if (done.isResponseStarted()) {
                counts.add(new Served(result, done.getStatusCode(), bytes, originMillis));
            }
            next.proceed();
        });
    }
}
