package io.plimsoll.environments.aws;

import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The clock of the service that load is sent to, from the {@code Date} headers of its answers (RFC 9110, section 6.6.1). An
 * answer of any status tells the time; one that a cache on the way kept does not (header {@code Age}).
 */
public final class ServiceClock {
    /** Most requests of one look; each is a HEAD of the address itself. */
    public static final int REQUESTS = 3;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI address;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /**
     * Nothing is asked yet.
     *
     * @param address where load is sent
     * @param clock ours
     */
    public ServiceClock(URI address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    /**
     * Asks for the time, within 15 s.
     *
     * @return the service's clock minus ours; empty if no answer told the time
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<ClockOffset> look() throws InterruptedException {
        ClockReadings readings = new ClockReadings();
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            for (int i = 0; i < REQUESTS; i++) {
                Instant sent = clock.instant();
                HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                Instant received = clock.instant();
                answer.headers()
                        .firstValue("Date")
                        .filter(date -> answer.headers().firstValue("Age").isEmpty())
                        .flatMap(CallLedger::date)
                        .ifPresent(date -> readings.add("service", sent, received, date));
            }
        } catch (IOException e) {
            return readings.offset(); // a service that does not answer tells no more
        }
        return readings.offset();
    }
}
