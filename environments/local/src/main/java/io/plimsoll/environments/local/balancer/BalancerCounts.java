package io.plimsoll.environments.local.balancer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what the balancer does, from one drain to the next. Safe for several threads. */
public final class BalancerCounts {
    private List<Exchange> exchanges = new ArrayList<>();

    /**
     * One request, counted once it is answered.
     *
     * @param targetGroup name of the target group it was for; empty if no rule took it
     * @param zone zone of the target it was sent to; empty if none was chosen
     * @param status status the client got
     * @param origin who answered
     * @param responseSeconds from sending it to the target until the target's answer began; 0 unless a target answered
     */
    public record Exchange(
            Optional<String> targetGroup, Optional<String> zone, int status, Origin origin, double responseSeconds) {}

    /** Who answered a request. */
    public enum Origin {
        TARGET,
        /** The balancer itself. */
        BALANCER,
        /** The balancer, as a target could not be connected. */
        CONNECTION_ERROR
    }

    synchronized void add(Exchange exchange) {
        exchanges.add(exchange);
    }

    /** All exchanges since the last call, in order of their ends. */
    public synchronized List<Exchange> drain() {
        List<Exchange> drained = exchanges;
        exchanges = new ArrayList<>();
        return drained;
    }

    /** Exchanges with a chosen target by its zone. */
    public static Map<String, List<Exchange>> byZone(List<Exchange> exchanges) {
        Map<String, List<Exchange>> byZone = new TreeMap<>();
        for (Exchange exchange : exchanges) {
            exchange.zone()
                    .ifPresent(zone -> byZone.computeIfAbsent(zone, name -> new ArrayList<>())
                            .add(exchange));
        }
        return byZone;
    }
}
