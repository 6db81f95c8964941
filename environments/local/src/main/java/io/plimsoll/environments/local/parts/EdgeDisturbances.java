package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.balancer.LoadBalancer;
import io.plimsoll.environments.local.balancer.TargetGroup;
import io.plimsoll.environments.local.balancer.Throttle;
import io.plimsoll.environments.local.cdn.Distribution;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.site.Disturbances.Disturbance;
import io.plimsoll.environments.local.site.Disturbances.Parameters;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import io.plimsoll.environments.local.site.Site;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What can be done to certificates, caches, networks and sessions between clients and servers. The parameter {@code of}
 * names the part it is done to; it may be left out if there is one only.
 */
public final class EdgeDisturbances {
    private static final String OF = "of";
    private static final int LONGEST_LATENCY_MILLIS = 60_000;
    private static final int MOST_BYTES_PER_SECOND = 1_000_000_000;
    private static final int LONGEST_STICKINESS_SECONDS = 604_800;

    private final Site site;

    private EdgeDisturbances(Site site) {
        this.site = site;
    }

    /** Makes them known. */
    public static void register(Site site) {
        EdgeDisturbances edge = new EdgeDisturbances(site);
        edge.register(
                "expire-certificate",
                edge.certificate("expired", end -> end.tls().expire()));
        edge.register(
                "renew-certificate",
                edge.certificate("valid again", end -> end.tls().renew()));
        edge.register("cdn-off", edge.caching(false));
        edge.register("cdn-on", edge.caching(true));
        edge.register("slow-network", edge::slow);
        edge.register("restore-network", parameters -> edge.throttle(parameters, Throttle.NONE, "as fast as it was"));
        edge.register("stickiness-on", edge::stick);
        edge.register("stickiness-off", parameters -> edge.stickiness(parameters, Optional.empty(), "off"));
    }

    private void register(String name, Disturbance disturbance) {
        site.disturbances().register(name, disturbance);
    }

    /** The one that is named, or the only one there is. */
    private static <T> T one(String what, List<T> all, Function<T, String> name, Parameters parameters) throws Refused {
        String wanted = parameters.values().getOrDefault(OF, "");
        List<T> found = all.stream()
                .filter(each -> wanted.isEmpty() || name.apply(each).equals(wanted))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (all.isEmpty()) {
            throw new Refused(409, "this stage has no " + what);
        }
        String valid = all.stream().map(name).collect(Collectors.joining(", "));
        throw wanted.isEmpty()
                ? new Refused(400, OF + " is required as there are several: " + valid)
                : new Refused(404, "no " + what + " '" + wanted + "'; valid: " + valid);
    }

    private Disturbance certificate(String now, Consumer<SecuredEnd> act) {
        return parameters -> {
            SecuredEnd end =
                    one("part with a certificate", site.estate().all(SecuredEnd.class), SecuredEnd::part, parameters);
            act.accept(end);
            return "the certificate of " + end.part() + " is " + now;
        };
    }

    private static String partName(String resourceName) {
        return resourceName.substring(Common.resourceName("").length());
    }

    private Disturbance caching(boolean on) {
        return parameters -> {
            Distribution distribution = one(
                    "CDN",
                    site.estate().all(Distribution.class),
                    each -> partName(each.settings().name()),
                    parameters);
            distribution.enableCaching(on);
            return "caching of " + partName(distribution.settings().name()) + " is " + (on ? "on" : "off");
        };
    }

    private String slow(Parameters parameters) throws Refused {
        int millis = whole(parameters, "latency-ms", LONGEST_LATENCY_MILLIS);
        int bytes = whole(parameters, "bytes-per-second", MOST_BYTES_PER_SECOND);
        if (millis == 0 && bytes == 0) {
            throw new Refused(400, "latency-ms or bytes-per-second must be given and not 0");
        }
        return throttle(
                parameters,
                new Throttle(Duration.ofMillis(millis), bytes),
                "slow: " + millis + " ms more each way" + (bytes > 0 ? ", " + bytes + " bytes/s a connection" : ""));
    }

    private static int whole(Parameters parameters, String name, int most) throws Refused {
        return parameters.values().containsKey(name) ? parameters.whole(name, 0, most) : 0;
    }

    private String throttle(Parameters parameters, Throttle throttle, String now) throws Refused {
        NetworkPath path =
                one("network to be slowed", site.estate().all(NetworkPath.class), NetworkPath::to, parameters);
        path.throttle().accept(throttle);
        return "the network to " + path.to() + " is " + now;
    }

    private String stick(Parameters parameters) throws Refused {
        int seconds = parameters.whole("seconds", 1, LONGEST_STICKINESS_SECONDS);
        return stickiness(parameters, Optional.of(Duration.ofSeconds(seconds)), "on for " + seconds + " s");
    }

    private String stickiness(Parameters parameters, Optional<Duration> duration, String now) throws Refused {
        TargetGroup group = one(
                "target group",
                site.estate().all(LoadBalancer.class).stream()
                        .flatMap(balancer -> balancer.groups().stream())
                        .toList(),
                each -> partName(each.name()),
                parameters);
        group.stickiness(duration);
        return "stickiness of " + partName(group.name()) + " is " + now;
    }
}
