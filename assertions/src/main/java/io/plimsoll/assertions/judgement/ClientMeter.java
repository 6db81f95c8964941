package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.slo.Requests;
import io.plimsoll.assertions.statistics.BinomialBounds;
import io.plimsoll.assertions.statistics.BlockBootstrap;
import io.plimsoll.assertions.statistics.BlockLength;
import io.plimsoll.assertions.statistics.DesignEffect;
import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.HdrHistogram.Histogram;

/** Measures what the client saw. */
final class ClientMeter {
    static final Set<RequestOutcome> ANY = EnumSet.allOf(RequestOutcome.class);
    static final Set<RequestOutcome> OK = EnumSet.of(RequestOutcome.OK);
    static final Set<RequestOutcome> KO = EnumSet.of(RequestOutcome.KO);
    /** Resamples of a bootstrap interval; its ends then move by less than a tenth of its width from seed to seed. */
    static final int RESAMPLES = 1_000;

    private final ClientRecord client;
    private final LoadPlan plan;
    private final long seed;

    ClientMeter(ClientRecord client, LoadPlan plan, long seed) {
        this.client = client;
        this.plan = plan;
        this.seed = seed;
    }

    /** What a measure came to. */
    Estimate measure(Expression.ClientMeasure measure, TimeWindow window, Meter.Terms terms) {
        if (measure instanceof Expression.Percentile percentile) {
            return percentile(percentile, window, terms);
        } else if (measure instanceof Expression.ErrorRatio errors) {
            return errorRatio(errors.requests(), window, terms);
        } else if (measure instanceof Expression.MeanTime mean) {
            return mean(mean.requests(), window, terms);
        } else if (measure instanceof Expression.AchievedRate) {
            return achieved(window);
        }
        return fact(measure, window);
    }

    /** Numbers that are what they are: counts and extremes. */
    private Estimate fact(Expression.ClientMeasure measure, TimeWindow window) {
        Requests requests = measure.requests();
        boolean ofOk = measure.dimension() == Dimension.TIME;
        long samples = client.count(requests.names(), ofOk ? OK : ANY, window);
        if (samples == 0) {
            return noResponses(requests, window);
        }
        String responses = Values.count(samples) + (ofOk ? " responses" : " requests");
        if (measure instanceof Expression.Longest) {
            return Estimate.exact(seconds(client.longestMillis(requests.names(), OK, window)), samples, responses);
        } else if (measure instanceof Expression.Shortest) {
            Histogram times = client.responseTimes(requests.names(), OK, window);
            return Estimate.exact(seconds(times.getMinValue()), samples, responses);
        } else if (measure instanceof Expression.ErrorCount) {
            return Estimate.exact((double) client.count(requests.names(), KO, window), samples, "of " + responses);
        } else if (measure instanceof Expression.RequestCount) {
            return Estimate.exact((double) samples, samples, responses);
        }
        double wall = Seconds.of(window).length().toMillis() / 1000.0;
        return wall > 0 ? Estimate.exact(samples / wall, samples, responses) : noResponses(requests, window);
    }

    private Estimate percentile(Expression.Percentile measure, TimeWindow window, Meter.Terms terms) {
        Set<String> names = measure.requests().names();
        Histogram times = client.responseTimes(names, OK, window);
        int samples = Math.toIntExact(times.getTotalCount());
        if (samples == 0) {
            return noResponses(measure.requests(), window);
        }
        double quantile = measure.percent().doubleValue() / 100;
        Ranked ranked = new Ranked(times, client.longestMillis(names, OK, window));
        int rank = rank(measure.percent(), samples);
        double value = ranked.most(rank);
        double confidence = terms.confidence();
        int effective = terms.stationary()
                ? (int) Math.floor(effective(names, window, ranked.millis(rank), samples, confidence))
                : samples;
        BinomialBounds.Ranks ranks = BinomialBounds.ranks(samples, effective, quantile, confidence);
        String basis = Values.count(samples) + " responses" + worth(effective, samples) + "; "
                + Values.number(100 * confidence) + " % bounds " + bound(ranks.lower(), ranked::least) + " to "
                + bound(ranks.upper(), ranked::most) + needed(ranks, quantile, confidence);
        double lower = ranks.lower().isPresent() ? ranked.least(ranks.lower().getAsInt()) : 0;
        double upper = ranks.upper().isPresent() ? ranked.most(ranks.upper().getAsInt()) : Double.POSITIVE_INFINITY;
        Estimate estimate = Estimate.between(value, lower, upper, samples, basis);
        return ranks.lower().isPresent() && ranks.upper().isPresent() ? estimate : estimate.unresolved();
    }

    private static String needed(BinomialBounds.Ranks ranks, double quantile, double confidence) {
        double side = ranks.upper().isEmpty() ? quantile : 1 - quantile;
        return ranks.upper().isPresent() && ranks.lower().isPresent()
                ? ""
                : "; at least " + BinomialBounds.smallestSample(Math.max(side, 1 - side), confidence) + " are needed";
    }

    /** How many independent responses tell as much, judged by how responses above a value are spread over time. */
    private double effective(Set<String> names, TimeWindow window, long millis, long samples, double confidence) {
        Seconds.Counts counts = Seconds.counts(window, second -> (double) client.count(names, OK, second), second -> {
            Histogram times = client.responseTimes(names, OK, second);
            return (double) (times.getTotalCount() - times.getCountBetweenValues(0, millis));
        });
        return Math.min((double) samples, DesignEffect.effectiveTrials(counts.hits(), counts.trials(), confidence));
    }

    private static String worth(double effective, long samples) {
        long worth = (long) Math.floor(effective);
        return worth >= samples ? "" : ", worth " + Values.count(worth) + " independent ones";
    }

    /** The smallest rank that has at least so many percent of the sample at or below it. */
    private static int rank(BigDecimal percent, int samples) {
        return percent.multiply(BigDecimal.valueOf(samples))
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
                .intValueExact();
    }

    private static String bound(OptionalInt rank, IntToDoubleFunction seconds) {
        return rank.isPresent() ? Values.print(seconds.applyAsDouble(rank.getAsInt()), Dimension.TIME) : "unknown";
    }

    /**
     * Values of a sample by rank, in seconds. A histogram knows them to three digits only.
     *
     * @param longestMillis the exact largest
     */
    private record Ranked(Histogram times, long longestMillis) {
        double least(int rank) {
            return seconds(times.lowestEquivalentValue(at(rank)));
        }

        double most(int rank) {
            return seconds(millis(rank));
        }

        long millis(int rank) {
            return Math.min(longestMillis, times.highestEquivalentValue(at(rank)));
        }

        private long at(int rank) {
            return times.getValueAtPercentile(100.0 * (rank - 0.5) / times.getTotalCount());
        }
    }

    private Estimate errorRatio(Requests requests, TimeWindow window, Meter.Terms terms) {
        Set<String> names = requests.names();
        long all = client.count(names, ANY, window);
        if (all == 0) {
            return noResponses(requests, window);
        }
        long failed = client.count(names, KO, window);
        double confidence = terms.confidence();
        double worth = (double) all;
        if (terms.stationary()) {
            Seconds.Counts counts =
                    Seconds.counts(window, second -> (double) client.count(names, ANY, second), second ->
                            (double) client.count(names, KO, second));
            worth = Math.min((double) all, DesignEffect.effectiveTrials(counts.hits(), counts.trials(), confidence));
        }
        double share = (double) failed / all;
        BinomialBounds.Ratio bounds = worth >= all
                ? BinomialBounds.ratio((double) failed, (double) all, confidence)
                : BinomialBounds.ratio(share * worth, worth, confidence);
        String basis = Values.count(failed) + " of " + Values.count(all) + " requests failed" + worth(worth, all) + "; "
                + Values.number(100 * confidence) + " % bounds " + Values.number(100 * bounds.lower()) + " to "
                + Values.number(100 * bounds.upper()) + " %";
        return Estimate.between(100 * share, 100 * bounds.lower(), 100 * bounds.upper(), all, basis);
    }

    private Estimate mean(Requests requests, TimeWindow window, Meter.Terms terms) {
        Set<String> names = requests.names();
        Histogram times = client.responseTimes(names, OK, window);
        long samples = times.getTotalCount();
        if (samples == 0) {
            return noResponses(requests, window);
        }
        double value = times.getMean() / 1000;
        Seconds.Counts counts = Seconds.counts(window, second -> (double) client.count(names, OK, second), second -> {
            Histogram inSecond = client.responseTimes(names, OK, second);
            return inSecond.getMean() * inSecond.getTotalCount() / 1000;
        });
        double confidence = terms.confidence();
        String basis = Values.count(samples) + " responses";
        if (!terms.stationary() || counts.trials().length < DesignEffect.LEAST_SECONDS) {
            return Estimate.exact(value, samples, basis);
        }
        double[] sums = counts.hits();
        double[] trials = counts.trials();
        double[] beyond = new double[trials.length];
        for (int i = 0; i < beyond.length; i++) {
            beyond[i] = sums[i] - value * trials[i];
        }
        double[] replicates = BlockBootstrap.of(new double[][] {sums, trials}, BlockLength.of(beyond), seed)
                .replicates(RESAMPLES, resample -> resample[0] / resample[1]);
        double lower = Math.min(value, BlockBootstrap.quantile(replicates, 1 - confidence));
        double upper = Math.max(value, BlockBootstrap.quantile(replicates, confidence));
        return Estimate.between(
                value,
                snapped(lower, value),
                snapped(upper, value),
                samples,
                basis + "; " + Values.number(100 * confidence) + " % bounds " + Values.print(lower, Dimension.TIME)
                        + " to " + Values.print(upper, Dimension.TIME));
    }

    /** Without the last digits, in which sums of the same numbers differ by their order. */
    static double snapped(double bound, double value) {
        return Math.abs(bound - value) <= 1e-9 * Math.abs(value) ? value : bound;
    }

    private Estimate achieved(TimeWindow window) {
        double offered = plan.offeredRequests(Seconds.of(window));
        long sent = client.count(Set.of(), ANY, window);
        if (!(offered > 0) || sent == 0) {
            return noResponses(Requests.ALL, window);
        }
        String basis = Values.count(sent) + " requests sent of " + Values.number(offered) + " offered";
        return Estimate.exact(100 * sent / offered, sent, basis);
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }

    private Estimate noResponses(Requests requests, TimeWindow window) {
        long failed = client.count(requests.names(), KO, window);
        String known = client.requestNames().isEmpty()
                ? "no request was recorded at all"
                : failed > 0
                        ? "all " + Values.count(failed) + " failed"
                        : "recorded were: " + String.join(", ", client.requestNames());
        return Estimate.nothing("no OK response to '" + requests + "' (" + known + ")");
    }

    /** Whether any request was sent, OK or not. */
    boolean sentAny(Expression.ClientMeasure measure, TimeWindow window) {
        return client.count(measure.requests().names(), ANY, window) > 0;
    }
}
