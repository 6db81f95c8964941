package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.TimeShare;
import io.plimsoll.assertions.statistics.BinomialBounds;
import io.plimsoll.assertions.statistics.DesignEffect;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In how much of a window an SLO holds. Each slice is judged by its plain value; how many of them hold is an estimate. */
final class ShareJudge {
    private final Meter meter;

    ShareJudge(Meter meter) {
        this.meter = meter;
    }

    /** The share of slices in which an SLO holds, in percent. */
    Estimate measure(Slo slo, TimeShare share, TimeWindow window, Meter.Terms terms) {
        Expression expression = (Expression) slo.subject();
        List<Optional<Boolean>> slices = new ArrayList<>();
        for (TimeWindow slice : slices(expression, share.slice(), window)) {
            slices.add(Holding.at(meter, slo, slice, terms));
        }
        double[] good = slices.stream()
                .flatMap(Optional::stream)
                .mapToDouble(holds -> holds ? 1 : 0)
                .toArray();
        int all = slices.size();
        if (good.length == 0) {
            return Estimate.nothing(
                    all == 0
                            ? "the window holds no whole one of its " + name(share)
                            : "in none of its " + Values.count(all) + " " + name(share)
                                    + " is it known whether it holds");
        }
        return estimate(good, all, share, terms);
    }

    private static String name(TimeShare share) {
        return share.slice().name().toLowerCase(Locale.ROOT);
    }

    private static Estimate estimate(double[] good, int all, TimeShare share, Meter.Terms terms) {
        double confidence = terms.confidence();
        double held = Arrays.stream(good).sum();
        double known = good.length;
        double[] ones = new double[good.length];
        Arrays.fill(ones, 1);
        double worth =
                terms.stationary() ? Math.min(known, DesignEffect.effectiveTrials(good, ones, confidence)) : known;
        BinomialBounds.Ratio bounds = BinomialBounds.ratio(held / known * worth, worth, confidence);
        boolean fact = share.percent().doubleValue() == 100;
        double lower = fact ? held / known : bounds.lower();
        double upper = fact ? held / known : bounds.upper();
        // A slice of which nothing is known may have held or not.
        double missing = all - known;
        Optional<String> unknown = missing == 0
                ? Optional.empty()
                : Optional.of("of " + Values.count((long) missing) + " " + name(share) + " it is not known");
        String basis = "held in " + Values.count((long) held) + " of " + Values.count(all) + " " + name(share)
                + (worth < known ? ", worth " + Values.count((long) worth) + " independent ones" : "")
                + (fact
                        ? ""
                        : "; " + Values.number(100 * confidence) + " % bounds " + Values.number(100 * bounds.lower())
                                + " to " + Values.number(100 * bounds.upper()) + " %");
        return new Estimate(
                100 * held / known,
                100 * lower * known / all,
                100 * (upper * known + missing) / all,
                all,
                basis,
                unknown,
                Optional.empty(),
                !fact);
    }

    private List<TimeWindow> slices(Expression expression, TimeShare.Slice slice, TimeWindow window) {
        Duration length = switch (slice) {
            case SECONDS -> Duration.ofSeconds(1);
            case MINUTES -> Duration.ofMinutes(1);
            case PERIODS ->
                expression
                        .metrics()
                        .map(metric -> meter.estate().period(metric.kind()))
                        .max(Duration::compareTo)
                        .orElseThrow();
        };
        List<TimeWindow> slices = new ArrayList<>();
        for (Instant start : Coverage.periods(window, length)) {
            slices.add(new TimeWindow(start, start.plus(length)));
        }
        return slices;
    }
}
