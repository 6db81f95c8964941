package io.plimsoll.environments.local.tcp;

import java.util.Map;
import java.util.TreeMap;

/** Counts flows, from one drain to the next. Safe for several threads. */
public final class FlowCounts {
    private Map<String, Zone> zones = new TreeMap<>();

    /**
     * What happened in one zone.
     *
     * @param newFlows connections to a target of the zone that were made
     * @param clientResets flows that the client reset
     * @param targetResets flows that the target reset
     * @param balancerResets flows that the balancer reset: it could not connect the target, or took it out
     * @param processedBytes bytes passed on, both directions
     */
    public record Zone(long newFlows, long clientResets, long targetResets, long balancerResets, long processedBytes) {
        static final Zone NOTHING = new Zone(0, 0, 0, 0, 0);

        /** The sum of two. */
        public Zone plus(Zone other) {
            return new Zone(
                    newFlows + other.newFlows,
                    clientResets + other.clientResets,
                    targetResets + other.targetResets,
                    balancerResets + other.balancerResets,
                    processedBytes + other.processedBytes);
        }
    }

    /** Who reset a flow. */
    enum Reset {
        CLIENT,
        TARGET,
        BALANCER
    }

    private synchronized void add(String zone, Zone more) {
        zones.merge(zone, more, Zone::plus);
    }

    void opened(String zone) {
        add(zone, new Zone(1, 0, 0, 0, 0));
    }

    void reset(String zone, Reset by) {
        add(zone, new Zone(0, by == Reset.CLIENT ? 1 : 0, by == Reset.TARGET ? 1 : 0, by == Reset.BALANCER ? 1 : 0, 0));
    }

    void processed(String zone, int bytes) {
        add(zone, new Zone(0, 0, 0, 0, bytes));
    }

    /** What happened since the last call by zone of the target; a zone in which nothing did is absent. */
    public synchronized Map<String, Zone> drain() {
        Map<String, Zone> drained = zones;
        zones = new TreeMap<>();
        return drained;
    }
}
