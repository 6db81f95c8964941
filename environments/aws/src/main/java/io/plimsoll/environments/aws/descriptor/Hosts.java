package io.plimsoll.environments.aws.descriptor;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Host names, compared without ever asking a name server. */
final class Hosts {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}|::1|0:0:0:0:0:0:0:1");
    private static final Pattern PRODUCTION =
            Pattern.compile("(?:^|[^a-z])(prod|production|live)(?:[^a-z]|$)", Pattern.CASE_INSENSITIVE);

    private Hosts() {}

    /** The host of an address in lower case, without brackets; empty if it has none. */
    static String of(URI address) {
        String host = address.getHost();
        if (host == null) {
            return "";
        }
        return plain(host);
    }

    /** A host in lower case, without the brackets of an IPv6 address. */
    static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }

    /** Whether a plain host is a loopback address or {@code localhost}. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** Whether a name holds prod, production or live as a word; digits and signs end a word. */
    static boolean looksLikeProduction(String name) {
        return PRODUCTION.matcher(name).find();
    }
}
