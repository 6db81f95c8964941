package io.plimsoll.environments.local.cdn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.cdn.EdgeCache.Fetched;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What time does to objects, with a clock that the test moves. */
class EdgeCacheTest {
    private final FakeOrigin origin = new FakeOrigin();
    private final DistributionSettings settings = new DistributionSettings(
            "cdn",
            "cdn.plimsoll.test",
            origin.uri(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(600),
            Duration.ofSeconds(10),
            Duration.ofSeconds(100),
            Duration.ofSeconds(5),
            20_000);
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 30_000_000_000L);
    private final EdgeCache cache = new EdgeCache(settings, new Origin(settings, executor), Runnable::run, nanos::get);

    @AfterEach
    void close() {
        origin.close();
        executor.shutdownNow();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private String fetch(String path) {
        Fetched fetched = cache.fetch(path).join();
        return fetched.result() + " " + fetched.object().status() + " "
                + StandardCharsets.UTF_8.decode(fetched.object().body().duplicate());
    }

    @Test
    void anObjectIsFreshUntilItsTimeIsUpAndThenAskedForWithItsETag() {
        assertThat(fetch("/a")).isEqualTo("MISS 200 version 1");
        pass(Duration.ofSeconds(60).minusNanos(1));
        assertThat(cache.fresh("/a")).isPresent();
        pass(Duration.ofNanos(1));
        assertThat(cache.fresh("/a")).isEmpty();

        assertThat(fetch("/a")).isEqualTo("REFRESH_HIT 200 version 1");
        assertThat(origin.taken()).containsExactly("/bucket/a", "/bucket/a \"1\"");
        assertThat(cache.fresh("/a")).isPresent();
    }

    @Test
    void aChangedObjectReplacesTheOldOne() {
        fetch("/a");
        pass(Duration.ofSeconds(60));
        origin.version("2");

        assertThat(fetch("/a")).isEqualTo("MISS 200 version 2");
    }

    @Test
    void aStaleObjectStandsInForAFailingOriginButNotForEver() {
        fetch("/a");
        pass(Duration.ofSeconds(60));
        origin.answerWith(500);
        assertThat(fetch("/a")).isEqualTo("STALE 200 version 1");
        origin.close();
        assertThat(fetch("/a")).isEqualTo("STALE 200 version 1");

        pass(Duration.ofSeconds(100));
        assertThatThrownBy(() -> cache.fetch("/a").join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(EdgeCache.OriginFailure.class);
    }

    @Test
    void whenTheOriginIsBackTheObjectIsFreshAgain() {
        fetch("/a");
        pass(Duration.ofSeconds(60));
        origin.answerWith(500);
        fetch("/a");
        origin.answerWith(200);

        assertThat(fetch("/a")).isEqualTo("REFRESH_HIT 200 version 1");
    }

    @Test
    void aMissingObjectIsKeptForTheErrorTimeAlone() {
        origin.answerWith(404);
        fetch("/a");
        pass(Duration.ofSeconds(10).minusNanos(1));
        assertThat(cache.fresh("/a")).isPresent();
        pass(Duration.ofNanos(1));
        origin.answerWith(200);

        assertThat(fetch("/a")).isEqualTo("MISS 200 version 1");
    }

    @Test
    void aPathThatIsNoneFailsEachTimeAndKeepsNobodyWaiting() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> cache.fetch("/a b").get(5, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(URISyntaxException.class);
        }
        assertThat(origin.taken()).isEmpty();
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 100; i++) {
            fetch("/" + i);
        }

        assertThat(cache.size()).isBetween(1L, 20_000L / 512);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=30 | 30",
                "public, max-age=30, s-maxage=40 | 40",
                "max-age=0 | 1",
                "no-store | 1",
                "Private | 1",
                "max-age=30, no-cache | 1",
                "max-age=9999 | 600",
                "immutable | 60",
            })
    void theOriginSaysHowLongAnObjectIsFreshWithinTheBounds(String cacheControl, long seconds) {
        assertThat(Freshness.of(Optional.of(cacheControl), settings)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void withoutAWordOfTheOriginTheDefaultHolds() {
        assertThat(Freshness.of(Optional.empty(), settings)).isEqualTo(Duration.ofSeconds(60));
    }
}
