package io.plimsoll.simulations.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Requests and errors by shard, as the keys see it. Which shard holds a key is learnt from the header of a right answer;
 * later errors of that key count against that shard.
 */
final class ShardKeys implements Probe {
    private final ProbeClient client;
    private final ProbeFile.Shards file;
    private final Map<Integer, String> shardOf = new HashMap<>();
    private final SortedMap<String, Seconds> requests = new TreeMap<>();
    private final SortedMap<String, Seconds> errors = new TreeMap<>();
    private int turn;

    /** @param shards ids of the shards */
    ShardKeys(ProbeClient client, ProbeFile.Shards file, List<String> shards) {
        this.client = client;
        this.file = file;
        shards.forEach(shard -> {
            requests.put(shard, Seconds.sums());
            errors.put(shard, Seconds.sums());
        });
    }

    @Override
    public Duration interval() {
        return file.interval();
    }

    @Override
    public synchronized void tick(Instant now) {
        requests.values().forEach(seconds -> seconds.alive(now));
        errors.values().forEach(seconds -> seconds.alive(now));
        int key = 1 + turn++ % file.keys();
        var unused = client.send(file.read(), Map.of("key", Integer.toString(key)))
                .thenAccept(answer -> answered(key, answer));
    }

    private synchronized void answered(int key, ProbeClient.Answer answer) {
        String shard = answer.right() ? answer.headers().get(file.header()) : shardOf.get(key);
        if (shard == null || !requests.containsKey(shard)) {
            return; // it cannot be told whose key it is
        }
        shardOf.put(key, shard);
        count(requests, shard, answer);
        if (!answer.right()) {
            count(errors, shard, answer);
        }
    }

    private static void count(SortedMap<String, Seconds> counts, String shard, ProbeClient.Answer answer) {
        Seconds seconds = counts.get(shard);
        if (seconds != null) {
            seconds.add(answer.sent(), 1);
        }
    }

    @Override
    public synchronized Findings finish() {
        return Findings.of(java.util.stream.Stream.concat(
                        requests.entrySet().stream()
                                .map(entry -> entry.getValue().series("shard requests", entry.getKey())),
                        errors.entrySet().stream()
                                .map(entry -> entry.getValue().series("shard errors", entry.getKey())))
                .toList());
    }
}
