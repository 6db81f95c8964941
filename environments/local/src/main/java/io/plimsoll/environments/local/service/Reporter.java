package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.metrics.WallSeconds;
import io.undertow.server.ConnectorStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Turns running totals into reports of a period each. Used by one thread. */
final class Reporter {
    private final VirtualCpu cpu;
    private final ServiceHandler handler;
    private final StaticRoutes files;
    private final ConnectorStatistics listener;
    private final List<ConnectionPool> pools;
    private final List<Long> lastTaken;
    private final WallSeconds seconds = new WallSeconds(Instant.now());
    private long lastNanos = System.nanoTime();
    private long lastBusyNanos;
    private long lastRequests;
    private long lastServed;
    private long lastServedBytes;
    private long lastErrors;
    private long lastBytesIn;
    private long lastBytesOut;

    Reporter(VirtualCpu cpu, ServiceHandler handler, ServiceParts parts, ConnectorStatistics listener) {
        this.cpu = cpu;
        this.handler = handler;
        this.files = parts.files();
        this.pools = parts.pools();
        this.lastTaken = new ArrayList<>(Collections.nCopies(pools.size(), 0L));
        this.listener = listener;
    }

    /** What was measured since the last report, or since this was made; to be called at the end of each second. */
    InstanceReport next() {
        long nanos = System.nanoTime();
        long busy = cpu.busyNanos();
        long requests = handler.requests();
        long served = files.served();
        long servedBytes = files.servedBytes();
        long errors = handler.errors();
        long in = listener.getBytesReceived();
        long out = listener.getBytesSent();
        Runtime runtime = Runtime.getRuntime();
        InstanceReport report = new InstanceReport(
                seconds.ended(Instant.now()),
                Math.min(1, Math.max(0, (double) (busy - lastBusyNanos) / Math.max(1, nanos - lastNanos))),
                requests - lastRequests,
                served - lastServed,
                servedBytes - lastServedBytes,
                errors - lastErrors,
                poolBusy(nanos - lastNanos),
                in - lastBytesIn,
                out - lastBytesOut,
                runtime.totalMemory() - runtime.freeMemory());
        lastNanos = nanos;
        lastBusyNanos = busy;
        lastRequests = requests;
        lastServed = served;
        lastServedBytes = servedBytes;
        lastErrors = errors;
        lastBytesIn = in;
        lastBytesOut = out;
        return report;
    }

    /** The share of time that the connections of the busiest pool were taken; 0 without a pool. */
    private double poolBusy(long nanos) {
        double busiest = 0;
        for (int i = 0; i < pools.size(); i++) {
            long taken = pools.get(i).taken().toNanos();
            busiest = Math.max(busiest, (double) (taken - lastTaken.set(i, taken)) / Math.max(1, nanos));
        }
        return Math.min(1, busiest);
    }
}
