package io.plimsoll.assertions.binding;

import io.plimsoll.assertions.statistics.LaggedCorrelation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Names the resource that limits by the order in which things happened. It was full before the breach began (or with it, as
 * far as the metrics' periods can tell), it was full for most of the breach, the breach's value follows its level (rank
 * correlation up to full and up to the limit, the resource leading), and if it is a share of time, the utilisation law explains the rate: what it spends on a
 * request, seen below saturation, gives a ceiling near the rate that was served when it was full. Of several the first to be full is
 * the cause; a cache only if a store behind it, or the connections to it, are full too.
 */
public final class SaturationOrder {
    /** A value that the breach follows less closely than this does not explain it. */
    static final double CLOSE = 0.5;
    /** A resource leads by no more than so many steps. */
    static final int LONGEST_LEAD = 10;
    /** How far the ceiling by the utilisation law may be from the rate that is served when full, as a share of it. */
    static final double EXPLAINS = 0.35;
    /** Something begins where so many of {@link #OUT_OF} steps from there on have it. */
    private static final int OFTEN = 3;

    private static final int OUT_OF = 5;
    /** Steps within which two beginnings cannot be told apart. */
    private static final int SIMULTANEOUS = 2;

    private final List<Pressure> pressures;
    private final double[] served;
    private final Breach breach;
    private final Grid grid;

    /**
     * The resource that limits.
     *
     * @param pressure which
     * @param lead steps by which it was full before the breach; negative if the metrics show it that much later
     * @param followed how the breach's value follows its level
     * @param reason how that was found, in one sentence
     */
    public record Cause(Pressure pressure, int lead, LaggedCorrelation followed, String reason) {}

    private record Suspect(Pressure pressure, int full, LaggedCorrelation followed, Optional<Ceiling> ceiling) {}

    /** By the utilisation law. */
    private record Ceiling(double demandSeconds, double perSecond) {}

    private SaturationOrder(List<Pressure> pressures, double[] served, Breach breach, Grid grid) {
        this.pressures = pressures;
        this.served = served;
        this.breach = breach;
        this.grid = grid;
    }

    /**
     * Finds it.
     *
     * @param pressures every resource that may bind
     * @param served requests a second that were answered OK, by step
     * @param breach what rose
     * @return empty if there was no breach, or nothing that was observed explains it
     */
    public static Optional<Cause> find(List<Pressure> pressures, double[] served, Breach breach, Grid grid) {
        SaturationOrder order = new SaturationOrder(List.copyOf(pressures), served, breach, grid);
        OptionalInt begun = order.begin(breach::at);
        return begun.isPresent() ? order.cause(begun.getAsInt()) : Optional.empty();
    }

    private Optional<Cause> cause(int breached) {
        List<Suspect> suspects = pressures.stream()
                .filter(pressure -> pressure.law() != Law.LAG || breach.ofCopies())
                .map(pressure -> suspect(pressure, breached))
                .flatMap(Optional::stream)
                .toList();
        boolean storeFull = suspects.stream()
                .anyMatch(suspect -> suspect.pressure().law() == Law.POOL
                        || (suspect.pressure().law() != Law.EVICTIONS
                                && Pressures.holdsState(suspect.pressure().kind())));
        List<Suspect> causes = suspects.stream()
                .filter(suspect -> suspect.pressure().law() != Law.EVICTIONS || storeFull)
                .filter(suspect -> suspect.ceiling()
                        .map(ceiling -> explains(suspect.pressure(), ceiling))
                        .orElse(true))
                .toList();
        OptionalInt first = causes.stream().mapToInt(Suspect::full).min();
        return causes.stream()
                .filter(suspect -> suspect.full() <= first.getAsInt() + SIMULTANEOUS)
                .min(Comparator.comparing(
                                (Suspect suspect) -> suspect.pressure().law())
                        .thenComparing(suspect -> -suspect.followed().coefficient())
                        .thenComparing(suspect -> suspect.pressure().name()))
                .map(suspect -> new Cause(
                        suspect.pressure(), breached - suspect.full(), suspect.followed(), reason(suspect, breached)));
    }

    private Optional<Suspect> suspect(Pressure pressure, int breached) {
        OptionalInt full = begin(pressure::fullAt);
        if (full.isEmpty() || full.getAsInt() > breached + SIMULTANEOUS || !fullForMostOfTheBreach(pressure)) {
            return Optional.empty();
        }
        return LaggedCorrelation.strongest(
                        upTo(pressure.law().full(), pressure.level()),
                        upTo(breach.limit(), breach.value()),
                        LONGEST_LEAD)
                .filter(found -> found.coefficient() >= CLOSE)
                .map(found -> new Suspect(
                        pressure,
                        full.getAsInt(),
                        found,
                        pressure.law() == Law.BUSY ? ceiling(pressure) : Optional.empty()));
    }

    /** How far beyond full a resource is, or beyond its limit what is missed, is mostly noise: a queue grows while a lock is held. */
    private static double[] upTo(double most, List<Double> values) {
        return values.stream().mapToDouble(value -> Math.min(value, most)).toArray();
    }

    private boolean fullForMostOfTheBreach(Pressure pressure) {
        int known = 0;
        int full = 0;
        for (int step = 0; step < grid.steps(); step++) {
            if (breach.at(step) && pressure.knownAt(step)) {
                known++;
                full += pressure.fullAt(step) ? 1 : 0;
            }
        }
        return known > 0 && 2 * full > known;
    }

    /** Demand is the slope of utilisation over rate below saturation; none where the rate hardly moved there. */
    private Optional<Ceiling> ceiling(Pressure pressure) {
        double n = 0;
        double rates = 0;
        double busy = 0;
        double squares = 0;
        double both = 0;
        for (int step = 0; step < grid.steps(); step++) {
            if (pressure.knownAt(step) && !pressure.fullAt(step) && served[step] > 0) {
                n++;
                rates += served[step];
                busy += pressure.level().get(step);
                squares += served[step] * served[step];
                both += served[step] * pressure.level().get(step);
            }
        }
        double variance = squares / n - (rates / n) * (rates / n);
        boolean moved = n >= LaggedCorrelation.FEWEST_STEPS && Math.sqrt(Math.max(0, variance)) >= 0.15 * rates / n;
        if (!moved) {
            return Optional.empty();
        }
        double demand = (both / n - rates / n * (busy / n)) / variance;
        double idle = busy / n - demand * rates / n;
        return Optional.of(new Ceiling(demand, demand > 0 ? (1 - idle) / demand : Double.POSITIVE_INFINITY));
    }

    /** The ceiling is near the rate that is served while the resource is full. */
    private boolean explains(Pressure pressure, Ceiling ceiling) {
        double[] rates = java.util.stream.IntStream.range(0, grid.steps())
                .filter(step -> pressure.knownAt(step) && pressure.fullAt(step))
                .mapToDouble(step -> served[step])
                .sorted()
                .toArray();
        return rates.length > 0 && Math.abs(ceiling.perSecond() / rates[rates.length / 2] - 1) <= EXPLAINS;
    }

    /** The first step from which on something is so most of the time. */
    private OptionalInt begin(java.util.function.IntPredicate so) {
        for (int step = 0; step < grid.steps(); step++) {
            int often = 0;
            for (int next = step; next < Math.min(grid.steps(), step + OUT_OF); next++) {
                often += so.test(next) ? 1 : 0;
            }
            if (so.test(step) && often >= OFTEN) {
                return OptionalInt.of(step);
            }
        }
        return OptionalInt.empty();
    }

    private String reason(Suspect suspect, int breached) {
        double lead = (breached - suspect.full()) * grid.seconds();
        StringBuilder words = new StringBuilder(suspect.pressure().name());
        words.append(' ').append(full(suspect.pressure()));
        words.append(
                lead > 0
                        ? String.format(Locale.ROOT, " %.0f s before the limit on %s was missed", lead, breach.what())
                        : " when the limit on " + breach.what() + " was missed");
        words.append(String.format(
                Locale.ROOT,
                ", and what was missed follows it%s (rank correlation %.2f)",
                suspect.followed().lag() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, " %.0f s later", suspect.followed().lag() * grid.seconds()),
                suspect.followed().coefficient()));
        suspect.ceiling()
                .ifPresent(ceiling -> words.append(String.format(
                        Locale.ROOT,
                        "; it spends %.2f ms on a request, so it is busy all the time at %.0f /s",
                        ceiling.demandSeconds() * 1000,
                        ceiling.perSecond())));
        others(suspect.pressure()).ifPresent(words::append);
        return words.toString();
    }

    private static String full(Pressure pressure) {
        return switch (pressure.law()) {
            case BUSY -> "was above 85 %";
            case POOL -> "was taken to the last";
            case LOCKS -> "kept at least one session waiting for a lock at any time";
            case EVICTIONS -> "dropped items that were asked for again (what is behind it was full)";
            case NETWORK -> "exceeded what the network allows";
            case LAG -> "grew beyond 2 s";
        };
    }

    /** How busy the others of its kind were meanwhile, where that is far less: a hot shard among cool ones. */
    private Optional<String> others(Pressure pressure) {
        if (pressure.law() != Law.BUSY) {
            return Optional.empty();
        }
        double sum = 0;
        int known = 0;
        for (Pressure other : pressures) {
            boolean alike = other.kind() == pressure.kind() && other.metric().equals(pressure.metric());
            if (alike && !other.resource().equals(pressure.resource())) {
                for (int step = 0; step < grid.steps(); step++) {
                    if (breach.at(step) && other.knownAt(step)) {
                        sum += other.level().get(step);
                        known++;
                    }
                }
            }
        }
        return known > 0 && sum / known < Law.BUSY.full() - 0.25
                ? Optional.of(String.format(
                        Locale.ROOT, "; the others of its kind were busy %.0f %% on average", 100 * sum / known))
                : Optional.empty();
    }
}
