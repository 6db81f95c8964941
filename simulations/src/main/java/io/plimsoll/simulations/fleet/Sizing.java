package io.plimsoll.simulations.fleet;

import java.util.Locale;
import java.util.Optional;

/**
 * How many injectors a rate needs.
 *
 * @param calibration what a request costs
 * @param requestsPerSecond the highest rate of all injectors together, &gt; 0
 * @param cores of each injector, &gt; 0; a share of one where several share a machine
 */
public record Sizing(Calibration calibration, double requestsPerSecond, double cores) {
    /** Beyond it queues form in the injector, and are measured as latency of the stack. */
    public static final double MOST_BUSY = 0.6;

    public Sizing {
        if (!(requestsPerSecond > 0 && cores > 0 && Double.isFinite(requestsPerSecond + cores))) {
            throw new IllegalArgumentException("sizing: rate and cores must be finite and > 0, were "
                    + requestsPerSecond + " requests/s and " + cores);
        }
    }

    /** Cores that are busy with this rate. */
    public double busyCores() {
        return requestsPerSecond * calibration.cpuSecondsPerRequest();
    }

    /** The fewest injectors of which none is busy for more than {@link #MOST_BUSY} of its cores. */
    public long needed() {
        return Math.max(1, (long) Math.ceil(busyCores() / (cores * MOST_BUSY) - 1e-9));
    }

    /** Share of its cores that each of so many injectors is busy with; beyond 1 it cannot keep up. */
    public double busy(long injectors) {
        return busyCores() / (cores * injectors);
    }

    /** Why so many injectors are too few; empty if they are enough. */
    public Optional<String> refusal(long injectors) {
        return injectors >= needed()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%d of %s cores would be busy for %.0f %% of them at %s requests/s, must be at most %.0f %%;"
                                + " at least %d are needed",
                        injectors,
                        print(cores),
                        Math.ceil(100 * busy(injectors)),
                        print(requestsPerSecond),
                        100 * MOST_BUSY,
                        needed()));
    }

    private static String print(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    /** The plan in a few lines. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "measured   %d requests used %.1f s of CPU: %.2f s for 1,000 (a cold JVM's start included)%n"
                        + "target     %s requests/s keep %.1f cores busy%n"
                        + "injectors  %d of %s cores, each busy for %.0f %% of them (at most %.0f %%)",
                calibration.requests(),
                calibration.cpuSeconds(),
                1000 * calibration.cpuSecondsPerRequest(),
                print(requestsPerSecond),
                busyCores(),
                needed(),
                print(cores),
                100 * busy(needed()),
                100 * MOST_BUSY);
    }
}
