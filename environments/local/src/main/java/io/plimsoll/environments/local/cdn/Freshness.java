package io.plimsoll.environments.local.cdn;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long an object is fresh: {@code s-maxage} before {@code max-age}, nothing for {@code no-store}, {@code no-cache}
 * and {@code private}, the default if the origin says none of these; then within the bounds (as "Manage how long content
 * stays in the cache", CloudFront developer guide, has it).
 */
final class Freshness {
    private static final Pattern SHARED = directive("s-maxage");
    private static final Pattern ANY = directive("max-age");
    private static final Pattern NONE = Pattern.compile("(^|[,\\s])(no-store|no-cache|private)($|[,\\s=])");

    private Freshness() {}

    private static Pattern directive(String name) {
        return Pattern.compile("(?:^|[,\\s])" + name + "\\s*=\\s*\"?(\\d{1,9})");
    }

    static Duration of(Optional<String> cacheControl, DistributionSettings settings) {
        Duration said = cacheControl
                .map(value -> value.toLowerCase(Locale.ROOT))
                .flatMap(Freshness::said)
                .orElse(settings.defaultTtl());
        if (said.compareTo(settings.minTtl()) < 0) {
            return settings.minTtl();
        }
        return said.compareTo(settings.maxTtl()) > 0 ? settings.maxTtl() : said;
    }

    private static Optional<Duration> said(String value) {
        if (NONE.matcher(value).find()) {
            return Optional.of(Duration.ZERO);
        }
        Matcher shared = SHARED.matcher(value);
        Matcher any = ANY.matcher(value);
        if (shared.find()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(shared.group(1))));
        }
        return any.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(any.group(1)))) : Optional.empty();
    }
}
