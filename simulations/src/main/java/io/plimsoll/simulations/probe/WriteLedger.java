package io.plimsoll.simulations.probe;

import io.plimsoll.results.observation.Event;
import io.plimsoll.simulations.plan.RequestSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A ledger of acknowledged writes. Each write is unique; what the service acknowledged must be there when it is read back
 * after the run, else it is lost.
 *
 * <p>An outage of writes is the time between two acknowledged ones with a failed one in between: it is known to the
 * interval of the ticks. It is told as two events, whose marks are {@code write-outage} and {@code writes-restored}.
 */
final class WriteLedger implements Probe {
    private static final int READ_ATTEMPTS = 20;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final int AT_ONCE = 8;

    private final ProbeClient client;
    private final ProbeFile.Ledger file;
    private final String primary;
    private final Seconds acknowledged = Seconds.sums();
    private final Seconds lost = Seconds.sums();
    private final Seconds outage = Seconds.maxima();
    private final List<Written> written = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private long next;
    private Optional<Instant> lastAcknowledged = Optional.empty();
    private Optional<Instant> failing = Optional.empty();

    private record Written(Instant at, Map<String, String> values) {}

    /** @param primary id of the database that must have the writes */
    WriteLedger(ProbeClient client, ProbeFile.Ledger file, String primary) {
        this.client = client;
        this.file = file;
        this.primary = primary;
    }

    @Override
    public Duration interval() {
        return file.interval();
    }

    @Override
    public synchronized void tick(Instant now) {
        acknowledged.alive(now);
        lost.alive(now);
        outage.add(now, failing.isPresent() ? seconds(lastAcknowledged.orElse(failing.get()), now) : 0);
        Map<String, String> values = new TreeMap<>(Map.of("n", Long.toString(next++), "primary", primary));
        var unused = client.send(file.write(), values).thenAccept(answer -> answered(answer, values));
    }

    private synchronized void answered(ProbeClient.Answer answer, Map<String, String> values) {
        if (!answer.right()) {
            if (failing.isEmpty()
                    && !lastAcknowledged.filter(at -> at.isAfter(answer.sent())).isPresent()) {
                failing = Optional.of(answer.sent());
            }
            return;
        }
        acknowledged.add(answer.received(), 1);
        values.putAll(answer.saved());
        written.add(new Written(answer.received(), values));
        if (failing.filter(since -> answer.sent().isAfter(since)).isPresent()) {
            restored(answer.received());
        }
        if (lastAcknowledged.filter(answer.received()::isBefore).isEmpty()) {
            lastAcknowledged = Optional.of(answer.received());
        }
    }

    private void restored(Instant at) {
        Instant since = lastAcknowledged.orElse(failing.orElse(at));
        double lasted = seconds(since, at);
        outage.add(at, lasted);
        events.add(ClientEvents.mark(since, "write-outage", "writes were no longer acknowledged", Map.of()));
        events.add(ClientEvents.mark(
                at,
                "writes-restored",
                String.format(java.util.Locale.ROOT, "writes were acknowledged again after %.3f s", lasted),
                Map.of("seconds", String.format(java.util.Locale.ROOT, "%.3f", lasted))));
        failing = Optional.empty();
    }

    /** Reads every acknowledged write back. One that cannot be told makes its second a gap. */
    @Override
    public Findings finish() throws InterruptedException {
        List<Written> all;
        synchronized (this) {
            all = List.copyOf(written);
            failing.ifPresent(since -> events.add(ClientEvents.mark(
                    lastAcknowledged.orElse(since), "write-outage", "writes were no longer acknowledged", Map.of())));
        }
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Written> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            for (int attempt = 0; attempt < READ_ATTEMPTS && !some.isEmpty(); attempt++) {
                if (attempt > 0) {
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_ATTEMPTS.toMillis());
                }
                some = unread(some, attempt == READ_ATTEMPTS - 1);
            }
        }
        synchronized (this) {
            return new Findings(
                    List.of(
                            acknowledged.series("acknowledged writes", Probes.CLIENT),
                            lost.series("lost writes", Probes.CLIENT),
                            outage.series("write outage", Probes.CLIENT)),
                    events);
        }
    }

    /** Those that were not read; if this is the last attempt, they are judged. */
    private List<Written> unread(List<Written> some, boolean last) {
        RequestSpec read = file.read();
        var asked = some.stream().map(one -> client.send(read, one.values())).toList();
        List<Written> unread = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            ProbeClient.Answer answer = asked.get(i).join();
            if (answer.right()) {
                continue;
            }
            unread.add(some.get(i));
            if (last && answer.denied()) {
                lost.add(some.get(i).at(), 1);
            } else if (last) {
                lost.unknown(some.get(i).at());
            }
        }
        return unread;
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }
}
