package io.plimsoll.simulations.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How stale each replica is: a marker row is written, and each replica asked until it has it. The number of a second is
 * the age of the oldest marker that a replica has not shown yet, or how long the last one took.
 */
final class ReplicaStaleness implements Probe {
    /** Markers that a replica may owe; a new one is not written for it beyond these. */
    private static final int MOST_OWED = 5;

    private final ProbeClient client;
    private final ProbeFile.Staleness file;
    private final SortedMap<String, Replica> replicas = new TreeMap<>();
    private long next;

    private record Marker(Instant written, Map<String, String> values) {}

    /** What one replica has shown. */
    private static final class Replica {
        private final Deque<Marker> owed = new ArrayDeque<>();
        private final Seconds staleness = Seconds.maxima();
        private boolean asking;
        private boolean answered;
    }

    ReplicaStaleness(ProbeClient client, ProbeFile.Staleness file, List<String> replicas) {
        this.client = client;
        this.file = file;
        replicas.forEach(id -> this.replicas.put(id, new Replica()));
    }

    @Override
    public Duration interval() {
        return file.interval();
    }

    @Override
    public synchronized void tick(Instant now) {
        if (replicas.values().stream().anyMatch(replica -> replica.owed.size() < MOST_OWED)) {
            Map<String, String> values = new TreeMap<>(Map.of("n", Long.toString(next++)));
            var unused = client.send(file.write(), values).thenAccept(answer -> written(answer, values));
        }
        replicas.forEach((id, replica) -> {
            Marker oldest = replica.owed.peekFirst();
            if (oldest != null) {
                replica.staleness.add(now, seconds(oldest.written(), now));
                ask(id, replica, oldest);
            } else if (replica.answered) {
                replica.staleness.alive(now);
            }
        });
    }

    private synchronized void written(ProbeClient.Answer answer, Map<String, String> values) {
        if (answer.right()) {
            values.putAll(answer.saved());
            Marker marker = new Marker(answer.received(), values);
            replicas.forEach((id, replica) -> {
                if (replica.owed.size() < MOST_OWED) {
                    replica.owed.addLast(marker);
                    ask(id, replica, replica.owed.getFirst());
                }
            });
        }
    }

    private void ask(String id, Replica replica, Marker marker) {
        if (replica.asking) {
            return;
        }
        replica.asking = true;
        Map<String, String> values = new TreeMap<>(marker.values());
        values.put("replica", id);
        var unused = client.send(file.read(), values).thenAccept(answer -> read(id, replica, marker, answer));
    }

    private synchronized void read(String id, Replica replica, Marker marker, ProbeClient.Answer answer) {
        replica.asking = false;
        if (answer.right()) {
            replica.answered = true;
            replica.owed.remove(marker);
            // It had the row when it was asked at the latest.
            replica.staleness.add(answer.received(), seconds(marker.written(), answer.sent()));
            Marker following = replica.owed.peekFirst();
            if (following != null) {
                ask(id, replica, following);
            }
        }
    }

    @Override
    public synchronized Findings finish() {
        return Findings.of(new ArrayList<>(replicas.entrySet().stream()
                .map(entry -> entry.getValue().staleness.series("staleness", entry.getKey()))
                .toList()));
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }
}
