package io.plimsoll.simulations.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Uploads whose thumbnails are looked for after the run, until all are there or the deadline has passed. A thumbnail that
 * is not there by then is missing, in the second of its upload.
 */
final class Uploads implements Probe {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final ProbeClient client;
    private final ProbeFile.Uploads file;
    private final Duration deadline;
    private final Seconds uploads = Seconds.sums();
    private final Seconds thumbnails = Seconds.sums();
    private final Seconds missing = Seconds.sums();
    private final List<Uploaded> uploaded = new ArrayList<>();
    private long next;

    private record Uploaded(Instant at, Map<String, String> values) {}

    /** @param deadline how long after the run thumbnails are waited for */
    Uploads(ProbeClient client, ProbeFile.Uploads file, Duration deadline) {
        this.client = client;
        this.file = file;
        this.deadline = deadline;
    }

    @Override
    public Duration interval() {
        return file.interval();
    }

    @Override
    public synchronized void tick(Instant now) {
        uploads.alive(now);
        thumbnails.alive(now);
        missing.alive(now);
        Map<String, String> values = new TreeMap<>(Map.of("n", Long.toString(next++)));
        var unused = client.send(file.upload(), values).thenAccept(answer -> answered(answer, values));
    }

    private synchronized void answered(ProbeClient.Answer answer, Map<String, String> values) {
        if (answer.right()) {
            uploads.add(answer.received(), 1);
            values.putAll(answer.saved());
            uploaded.add(new Uploaded(answer.received(), values));
        }
    }

    @Override
    public Findings finish() throws InterruptedException {
        List<Uploaded> left;
        synchronized (this) {
            left = new ArrayList<>(uploaded);
        }
        Instant end = client.clock().instant().plus(deadline);
        while (true) {
            left.removeIf(this::thumbnail);
            if (left.isEmpty() || client.clock().instant().isAfter(end)) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
        }
        left.forEach(one -> missing.add(one.at(), 1));
        return Findings.of(List.of(
                uploads.series("uploads", Probes.CLIENT),
                thumbnails.series("thumbnails", Probes.CLIENT),
                missing.series("missing thumbnails", Probes.CLIENT)));
    }

    private boolean thumbnail(Uploaded one) {
        boolean there = client.send(file.thumbnail(), one.values()).join().right();
        if (there) {
            thumbnails.add(one.at(), 1);
        }
        return there;
    }
}
