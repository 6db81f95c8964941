package io.plimsoll.simulations.probe;

import io.plimsoll.environments.aws.ServiceClock;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;

/**
 * Reads the service's clock in the first second and after the last, so that a clock that is apart, or was set meanwhile, is
 * known. Every run does: what the service logs is lined up with the load by it.
 */
final class ServiceTime implements Probe {
    /** The metrics it gives, in seconds: the service's clock minus ours, and how far the truth may be from that. */
    static final String OFFSET = "service clock offset";

    static final String ERROR = "service clock error";

    private final ServiceClock service;
    private final Seconds requests;
    private final Clock clock;
    private final OneAtATime looking;
    private final SortedMap<Instant, Double> offsets = new TreeMap<>();
    private final SortedMap<Instant, Double> errors = new TreeMap<>();
    private boolean begun;

    /**
     * Nothing is asked yet.
     *
     * @param requests takes the requests that it sends
     */
    ServiceTime(ServiceClock service, Seconds requests, Clock clock, ExecutorService workers) {
        this.service = service;
        this.requests = requests;
        this.clock = clock;
        this.looking = new OneAtATime(workers);
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public synchronized void tick(Instant now) {
        if (!begun) {
            begun = true;
            looking.run(() -> {
                try {
                    look();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // the run is over
                }
            });
        }
    }

    private void look() throws InterruptedException {
        Instant at = clock.instant();
        requests.add(at, ServiceClock.REQUESTS);
        Optional<ClockOffset> seen = service.look();
        synchronized (this) {
            Instant second = Instant.ofEpochSecond(at.getEpochSecond());
            seen.ifPresent(offset -> {
                offsets.put(second, offset.millis() / 1000.0);
                errors.put(second, offset.errorMillis() / 1000.0);
            });
        }
    }

    /** A service whose answers tell no time has no series. */
    @Override
    public Findings finish() throws InterruptedException {
        look();
        synchronized (this) {
            List<Series> both = List.of(
                    Seconds.series(OFFSET, Probes.CLIENT, interval(), offsets),
                    Seconds.series(ERROR, Probes.CLIENT, interval(), errors));
            return Findings.of(offsets.isEmpty() ? List.of() : both);
        }
    }
}
