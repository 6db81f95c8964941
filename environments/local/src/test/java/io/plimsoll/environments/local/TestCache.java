package io.plimsoll.environments.local;

import io.plimsoll.environments.local.binaries.UserCache;
import java.nio.file.Path;

/** A cache that the tests share and {@code mvn clean} removes. */
public final class TestCache {
    /** What {@code XDG_CACHE_HOME} is for stacks that tests start. */
    public static final Path HOME = Path.of("target", "cache-home").toAbsolutePath();

    private TestCache() {}

    public static UserCache shared() {
        return new UserCache(HOME.resolve("plimsoll"));
    }
}
