package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Comparison;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Subject;
import io.plimsoll.assertions.statistics.BinomialBounds;
import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Outcome;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Judges SLOs about what the client saw. */
final class ClientJudge {
    private static final Set<RequestOutcome> ANY = EnumSet.allOf(RequestOutcome.class);
    private static final Set<RequestOutcome> OK = EnumSet.of(RequestOutcome.OK);
    private static final Set<RequestOutcome> KO = EnumSet.of(RequestOutcome.KO);

    private final ClientRecord client;
    private final LoadPlan plan;

    ClientJudge(ClientRecord client, LoadPlan plan) {
        this.client = client;
        this.plan = plan;
    }

    Finding judge(Slo slo, Window window) {
        if (slo.subject() instanceof Subject.Percentile percentile) {
            return percentile(slo, percentile, window);
        } else if (slo.subject() instanceof Subject.ErrorRatio errors) {
            return errorRatio(slo, errors, window);
        } else if (slo.subject() instanceof Subject.Longest longest) {
            return longest(slo, longest, window);
        } else if (slo.subject() instanceof Subject.MeanTime mean) {
            return mean(slo, mean, window);
        } else if (slo.subject() instanceof Subject.RequestRate rate) {
            return rate(slo, rate, window);
        } else if (slo.subject() instanceof Subject.AchievedRate) {
            return achieved(slo, window);
        }
        throw new IllegalArgumentException("not about the client: " + slo);
    }

    private Finding percentile(Slo slo, Subject.Percentile subject, Window window) {
        Histogram times = client.responseTimes(subject.requests().names(), OK, window.time());
        int samples = Math.toIntExact(times.getTotalCount());
        if (samples == 0) {
            return noResponses(slo, subject.requests(), window);
        }
        double quantile = subject.percent().doubleValue() / 100;
        BinomialBounds.Ranks ranks = BinomialBounds.ranks(samples, quantile);
        double value = seconds(atRank(times, (int) Math.max(1, Math.ceil(quantile * samples))));
        double limit = slo.limit().canonical();
        String interval = "95 % bounds " + bound(times, ranks.lower()) + " to " + bound(times, ranks.upper());
        String basis = Values.count(samples) + " responses; " + interval;
        boolean above = slo.comparison().boundsAbove();
        OptionalInt needed = above ? ranks.upper() : ranks.lower();
        OptionalInt opposite = above ? ranks.lower() : ranks.upper();
        Outcome outcome = Outcome.INCONCLUSIVE;
        if (needed.isPresent() && slo.comparison().holds(seconds(atRank(times, needed.getAsInt())), limit)) {
            outcome = Outcome.PASS;
        } else if (opposite.isPresent()
                && !slo.comparison().holds(seconds(atRank(times, opposite.getAsInt())), limit)) {
            outcome = Outcome.FAIL;
        } else if (above && needed.isEmpty()) {
            basis += "; at least " + BinomialBounds.smallestSample(quantile) + " are needed";
        }
        return finding(slo, outcome, value, window, basis, samples);
    }

    private static long atRank(Histogram histogram, int rank) {
        return histogram.getValueAtPercentile(100.0 * (rank - 0.5) / histogram.getTotalCount());
    }

    private static String bound(Histogram times, OptionalInt rank) {
        return rank.isPresent()
                ? Values.print(seconds(atRank(times, rank.getAsInt())), io.plimsoll.assertions.slo.Dimension.TIME)
                : "unknown";
    }

    private Finding errorRatio(Slo slo, Subject.ErrorRatio subject, Window window) {
        Set<String> names = subject.requests().names();
        long all = client.count(names, ANY, window.time());
        if (all == 0) {
            return noResponses(slo, subject.requests(), window);
        }
        long failed = client.count(names, KO, window.time());
        BinomialBounds.Ratio bounds = BinomialBounds.ratio(failed, all);
        double limit = slo.limit().canonical() / 100;
        boolean above = slo.comparison().boundsAbove();
        Outcome outcome = Outcome.INCONCLUSIVE;
        if (slo.comparison().holds(above ? bounds.upper() : bounds.lower(), limit)) {
            outcome = Outcome.PASS;
        } else if (!slo.comparison().holds(above ? bounds.lower() : bounds.upper(), limit)) {
            outcome = Outcome.FAIL;
        }
        String basis = Values.count(failed) + " of " + Values.count(all) + " requests failed; 95 % bounds "
                + Values.number(100 * bounds.lower()) + " to " + Values.number(100 * bounds.upper()) + " %";
        return finding(slo, outcome, 100.0 * failed / all, window, basis, all);
    }

    private Finding longest(Slo slo, Subject.Longest subject, Window window) {
        long samples = client.count(subject.requests().names(), OK, window.time());
        if (samples == 0) {
            return noResponses(slo, subject.requests(), window);
        }
        double value = seconds(client.longestMillis(subject.requests().names(), OK, window.time()));
        return exact(slo, value, window, Values.count(samples) + " responses", samples);
    }

    private Finding mean(Slo slo, Subject.MeanTime subject, Window window) {
        Histogram times = client.responseTimes(subject.requests().names(), OK, window.time());
        if (times.getTotalCount() == 0) {
            return noResponses(slo, subject.requests(), window);
        }
        return exact(
                slo,
                times.getMean() / 1000,
                window,
                Values.count(times.getTotalCount()) + " responses",
                times.getTotalCount());
    }

    private Finding rate(Slo slo, Subject.RequestRate subject, Window window) {
        long samples = client.count(subject.requests().names(), ANY, window.time());
        double wall = wholeSeconds(window.time());
        if (samples == 0 || wall == 0) {
            return noResponses(slo, subject.requests(), window);
        }
        return exact(slo, samples / wall, window, Values.count(samples) + " requests", samples);
    }

    private Finding achieved(Slo slo, Window window) {
        double offered = plan.offeredRequests(seconds(window.time()));
        long sent = client.count(Set.of(), ANY, window.time());
        if (!(offered > 0) || sent == 0) {
            return noResponses(slo, new Subject.Requests(java.util.Optional.empty()), window);
        }
        String basis = Values.count(sent) + " requests sent of " + Values.number(offered) + " offered";
        return exact(slo, 100 * sent / offered, window, basis, sent);
    }

    /** The whole seconds that a client record selects for a window: those that start in it. */
    static TimeWindow seconds(TimeWindow window) {
        return new TimeWindow(ceiling(window.start()), ceiling(window.end()));
    }

    private static java.time.Instant ceiling(java.time.Instant instant) {
        java.time.Instant floor = instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        return floor.equals(instant) ? floor : floor.plusSeconds(1);
    }

    private static double wholeSeconds(TimeWindow window) {
        return seconds(window).length().toMillis() / 1000.0;
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }

    private Finding exact(Slo slo, double value, Window window, String basis, long samples) {
        Outcome outcome = slo.comparison().holds(value, slo.limit().canonical()) ? Outcome.PASS : Outcome.FAIL;
        return finding(slo, outcome, value, window, basis, samples);
    }

    private static Finding finding(Slo slo, Outcome outcome, double value, Window window, String basis, long samples) {
        String measured = Values.print(value, slo.subject().dimension());
        String reason = slo.subject() + " was " + measured + ", limit "
                + slo.comparison().symbol() + " " + slo.limit() + ", " + window.described() + "; " + basis;
        return Finding.of(outcome, reason, measured, window.time(), samples);
    }

    private Finding noResponses(Slo slo, Subject.Requests requests, Window window) {
        String known = client.requestNames().isEmpty()
                ? "no request was recorded at all"
                : "recorded were: " + String.join(", ", client.requestNames());
        return Finding.inconclusive(
                slo.subject() + ": no response to '" + requests + "' " + window.described() + "; " + known,
                window.time());
    }

    /** Whether an SLO holds for a stretch by its plain value, without regard to uncertainty; false without responses. */
    boolean holdsPlainly(Slo slo, TimeWindow window) {
        Comparison comparison = slo.comparison();
        if (slo.subject() instanceof Subject.Percentile percentile) {
            Histogram times = client.responseTimes(percentile.requests().names(), OK, window);
            return times.getTotalCount() > 0
                    && comparison.holds(
                            seconds(times.getValueAtPercentile(
                                    percentile.percent().doubleValue())),
                            slo.limit().canonical());
        }
        if (slo.subject() instanceof Subject.ErrorRatio errors) {
            long all = client.count(errors.requests().names(), ANY, window);
            long failed = client.count(errors.requests().names(), KO, window);
            return all > 0 && comparison.holds(100.0 * failed / all, slo.limit().canonical());
        }
        throw new IllegalArgumentException("recovered(...) takes a percentile or an error ratio, was " + slo);
    }
}
