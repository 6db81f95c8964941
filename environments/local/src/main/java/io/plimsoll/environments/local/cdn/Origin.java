package io.plimsoll.environments.local.cdn;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/** Asks the origin. Safe for several threads. */
final class Origin {
    private final DistributionSettings settings;
    private final HttpClient client;
    private final LongAdder requests = new LongAdder();

    Origin(DistributionSettings settings, Executor executor) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .connectTimeout(settings.originTimeout())
                .build();
    }

    /** Requests sent so far. */
    long requests() {
        return requests.sum();
    }

    /**
     * Gets an object.
     *
     * @param path absolute path as the client wrote it, without query
     * @param known what is known of it: 304 is the answer if it is still the same
     * @return completes exceptionally if the origin does not answer in time
     */
    CompletableFuture<HttpResponse<byte[]>> get(String path, Optional<CachedObject> known) {
        URI origin = settings.origin();
        URI object;
        try {
            object = new URI(origin.getScheme() + "://" + origin.getAuthority() + origin.getRawPath() + path);
        } catch (URISyntaxException e) {
            return CompletableFuture.failedFuture(e);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(object)
                .timeout(settings.originTimeout())
                .header("User-Agent", "Amazon CloudFront");
        known.flatMap(CachedObject::etag).ifPresent(etag -> request.header("If-None-Match", etag));
        requests.increment();
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
