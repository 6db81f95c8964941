package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Credentials;
import io.plimsoll.environments.aws.descriptor.Disturbing;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.environments.aws.descriptor.LoadPermission;
import io.plimsoll.environments.aws.descriptor.LoadRates;
import io.plimsoll.environments.aws.descriptor.Observing;
import io.plimsoll.environments.aws.descriptor.Placement;
import io.plimsoll.environments.aws.descriptor.Probing;
import io.plimsoll.results.document.Document;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Environments for tests: 1 s periods, polls every 500 ms, 2 s quiet, 15 s at most. */
final class Descriptors {
    static final Observing OBSERVING = new Observing(
            Duration.ofSeconds(1), Duration.ofMillis(500), true, Duration.ofSeconds(2), Duration.ofSeconds(15));

    private Descriptors() {}

    static Environment embedded() {
        return environment(
                new Landmarks(Optional.of("shop-lb"), Optional.of("shop-db"), Optional.of("shop-cache")),
                OBSERVING,
                new Placement.Embedded(Document.parse("test", "zones: []")));
    }

    static Environment aws(Observing observing) {
        return environment(
                new Landmarks(Optional.of("shop-lb"), Optional.of("shop-db"), Optional.of("shop-cache")),
                observing,
                new Placement.Aws(
                        URI.create("https://staging.example.com"), Optional.empty(), new Credentials.DefaultChain()));
    }

    static Environment looking(Landmarks find) {
        return observed(find, OBSERVING);
    }

    static Environment observed(Landmarks find, Observing observing) {
        return environment(find, observing, new Placement.Embedded(Document.parse("test", "zones: []")));
    }

    private static Environment environment(Landmarks find, Observing observing, Placement placement) {
        return new Environment(
                "test",
                "us-east-1",
                1,
                List.of("auto-scaled"),
                new LoadPermission(List.of("127.0.0.1"), 1000, 200_000, Duration.ofMinutes(10), true),
                new LoadRates(80, 320),
                observing,
                find,
                List.of(),
                List.of(),
                Disturbing.nothing(),
                Probing.nothing(),
                new java.util.TreeMap<>(),
                placement);
    }
}
