package io.plimsoll.environments.aws.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.TimeWindow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadPermissionTest {
    private static final URI STAGING = URI.create("https://staging.example.com/shop");
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    /** 10 s from 0 to 100 requests/s (500 requests), then 10 s at 100 requests/s (1000 requests). */
    private static LoadPlan plan() {
        return plan(100, 10);
    }

    private static LoadPlan plan(double rate, double holdSeconds) {
        Instant ramped = START.plusSeconds(10);
        Instant end = ramped.plus(Duration.ofMillis(Math.round(holdSeconds * 1000)));
        return new LoadPlan(
                "ramp",
                List.of(
                        new Phase("ramp", new TimeWindow(START, ramped), 0, rate),
                        new Phase("hold", new TimeWindow(ramped, end), rate, rate)),
                new TreeMap<>());
    }

    private static LoadPermission permission(double rate, long requests, Duration duration) {
        return new LoadPermission(List.of("Staging.example.com"), rate, requests, duration, false);
    }

    @Test
    void aPlanExactlyAtEveryBoundIsAllowed() {
        assertThat(permission(100, 1500, Duration.ofSeconds(20)).check(STAGING, plan()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 49, 1000})
    void aPlanExactlyAtEveryBoundIsAllowedAsWellWhenManyShareIt(int count) {
        LoadPermission shared = permission(100, 1500, Duration.ofSeconds(20)).sharedBy(count);
        double rate = new LoadRates(10, 20).sharedBy(count).basePerSecond() * 10;
        assertThat(shared.check(STAGING, plan(rate, 10))).isEmpty();
        assertThat(shared.check(STAGING, plan(rate * 1.001, 10))).isNotEmpty();
    }

    @Test
    void aRateJustBeyondItsBoundIsRefused() {
        assertThat(permission(100, 2000, Duration.ofSeconds(20)).check(STAGING, plan(100.0001, 10)))
                .containsExactly("load.max-requests-per-second: must be at most 100 requests/s, profile 'ramp' peaks at"
                        + " 100.001 requests/s");
    }

    @Test
    void oneRequestTooManyIsRefused() {
        assertThat(permission(100, 1499, Duration.ofSeconds(20)).check(STAGING, plan()))
                .containsExactly("load.max-requests: must be at most 1499 requests, profile 'ramp' offers 1500");
    }

    @Test
    void aMillisecondTooLongIsRefused() {
        assertThat(permission(100, 2000, Duration.ofSeconds(20)).check(STAGING, plan(100, 10.001)))
                .containsExactly("load.max-duration: must be at most 20 s, profile 'ramp' lasts 20.001 s");
    }

    @Test
    void aHostThatIsNotNamedIsRefused() {
        assertThat(permission(100, 1500, Duration.ofSeconds(20)).check(URI.create("https://example.com"), plan()))
                .containsExactly(
                        "load.allowed-hosts: must contain the host load is sent to, was 'example.com'; allowed:"
                                + " staging.example.com");
    }

    @Test
    void everyViolationIsNamed() {
        assertThat(permission(1, 1, Duration.ofSeconds(1)).check(URI.create("https://example.com"), plan()))
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com", "http://10.0.0.1", "http://127.0.0.1.example.com", "http://0.0.0.0"})
    void anEmbeddedEnvironmentRefusesWhatIsNotLoopbackThoughItIsAllowed(String address) {
        URI url = URI.create(address);
        LoadPermission permission = new LoadPermission(List.of(url.getHost()), 100, 1500, Duration.ofSeconds(20), true);
        assertThat(permission.check(url, plan()))
                .containsExactly("load.allowed-hosts: an embedded environment takes load on loopback only, was '"
                        + url.getHost() + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://127.255.0.3", "http://localhost", "http://[::1]:80"})
    void anEmbeddedEnvironmentAllowsLoopback(String address) {
        LoadPermission permission = new LoadPermission(
                List.of("127.0.0.1", "127.255.0.3", "localhost", "::1"), 100, 1500, Duration.ofSeconds(20), true);
        assertThat(permission.check(URI.create(address), plan())).isEmpty();
    }
}
