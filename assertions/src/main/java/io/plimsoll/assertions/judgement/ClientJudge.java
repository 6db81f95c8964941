package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Comparison;
import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Subject;
import io.plimsoll.assertions.statistics.BinomialBounds;
import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
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
        Set<String> names = subject.requests().names();
        Histogram times = client.responseTimes(names, OK, window.time());
        int samples = Math.toIntExact(times.getTotalCount());
        if (samples == 0) {
            return noResponses(slo, subject.requests(), window);
        }
        double quantile = subject.percent().doubleValue() / 100;
        BinomialBounds.Ranks ranks = BinomialBounds.ranks(samples, quantile);
        Ranked ranked = new Ranked(times, client.longestMillis(names, OK, window.time()));
        double value = ranked.most(rank(subject.percent(), samples));
        double limit = slo.limit().canonical();
        Comparison comparison = slo.comparison();
        boolean above = comparison.boundsAbove();
        OptionalInt needed = above ? ranks.upper() : ranks.lower();
        OptionalInt opposite = above ? ranks.lower() : ranks.upper();
        String basis = Values.count(samples) + " responses; 95 % bounds " + bound(ranks.lower(), ranked::least) + " to "
                + bound(ranks.upper(), ranked::most);
        Outcome outcome = Outcome.INCONCLUSIVE;
        if (needed.isPresent()
                && comparison.holds(above ? ranked.most(needed.getAsInt()) : ranked.least(needed.getAsInt()), limit)) {
            outcome = Outcome.PASS;
        } else if (opposite.isPresent()
                && !comparison.holds(
                        above ? ranked.least(opposite.getAsInt()) : ranked.most(opposite.getAsInt()), limit)) {
            outcome = Outcome.FAIL;
        } else if (needed.isEmpty()) {
            basis += "; at least " + BinomialBounds.smallestSample(above ? quantile : 1 - quantile) + " are needed";
        }
        return finding(slo, outcome, value, window, basis, samples);
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
            return seconds(Math.min(longestMillis, times.highestEquivalentValue(at(rank))));
        }

        private long at(int rank) {
            return times.getValueAtPercentile(100.0 * (rank - 0.5) / times.getTotalCount());
        }
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
        String needed =
                failed == 0 && outcome == Outcome.INCONCLUSIVE && above ? "; " + neededWithoutFailure(limit) : "";
        String basis = Values.count(failed) + " of " + Values.count(all) + " requests failed; 95 % bounds "
                + Values.number(100 * bounds.lower()) + " to " + Values.number(100 * bounds.upper()) + " %" + needed;
        return finding(slo, outcome, 100.0 * failed / all, window, basis, all);
    }

    private static String neededWithoutFailure(double limit) {
        return limit > 0
                ? "at least " + Values.count(BinomialBounds.smallestSample(1 - limit)) + " without a failure are needed"
                : "no number of requests can show a ratio of 0";
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
            return noResponses(slo, new Subject.Requests(Optional.empty()), window);
        }
        String basis = Values.count(sent) + " requests sent of " + Values.number(offered) + " offered";
        return exact(slo, 100 * sent / offered, window, basis, sent);
    }

    /** The whole seconds that a client record selects for a window: those that start in it. */
    static TimeWindow seconds(TimeWindow window) {
        return new TimeWindow(ceiling(window.start()), ceiling(window.end()));
    }

    private static Instant ceiling(Instant instant) {
        Instant floor = instant.truncatedTo(ChronoUnit.SECONDS);
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
        String measured = Values.print(
                value, slo.subject().dimension(), slo.comparison(), slo.limit().canonical());
        String reason = slo.subject() + " was " + measured + ", limit "
                + slo.comparison().symbol() + " " + slo.limit() + ", " + window.described() + "; " + basis;
        return Finding.of(outcome, reason, measured, window.time(), samples);
    }

    private Finding noResponses(Slo slo, Subject.Requests requests, Window window) {
        long failed = client.count(requests.names(), KO, window.time());
        String known = client.requestNames().isEmpty()
                ? "no request was recorded at all"
                : failed > 0
                        ? "all " + Values.count(failed) + " failed"
                        : "recorded were: " + String.join(", ", client.requestNames());
        return Finding.inconclusive(
                slo.subject() + ": no OK response to '" + requests + "' " + window.described() + "; " + known,
                window.time());
    }

    /**
     * Whether an SLO holds for a stretch by its plain value, without regard to uncertainty. If every response failed, no
     * response time holds.
     *
     * @return empty if there was no response at all
     */
    Optional<Boolean> holdsPlainly(Slo slo, TimeWindow window) {
        Comparison comparison = slo.comparison();
        double limit = slo.limit().canonical();
        if (slo.subject() instanceof Subject.Percentile percentile) {
            Set<String> names = percentile.requests().names();
            Histogram times = client.responseTimes(names, OK, window);
            int samples = Math.toIntExact(times.getTotalCount());
            if (samples > 0) {
                Ranked ranked = new Ranked(times, client.longestMillis(names, OK, window));
                return Optional.of(comparison.holds(ranked.most(rank(percentile.percent(), samples)), limit));
            }
            return client.count(names, KO, window) > 0 ? Optional.of(false) : Optional.empty();
        }
        if (slo.subject() instanceof Subject.ErrorRatio errors) {
            long all = client.count(errors.requests().names(), ANY, window);
            long failed = client.count(errors.requests().names(), KO, window);
            return all > 0 ? Optional.of(comparison.holds(100.0 * failed / all, limit)) : Optional.empty();
        }
        throw new IllegalArgumentException("recovered(...) takes a percentile or an error ratio, was " + slo);
    }
}
