package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Bound;
import io.plimsoll.assertions.slo.Comparison;
import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Subject;
import io.plimsoll.assertions.statistics.BinomialBounds;
import io.plimsoll.results.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a judgement into words: what was measured, what the limit was, when, and what it rests on. */
final class Wording {
    /**
     * From the distance between a value and its one-sided 95 % bound to the smallest effect that would be found in four of
     * five runs: (z₀.₉₅ + z₀.₈₀) / z₀.₉₅ (Bloom, Minimum Detectable Effects, Evaluation Review 19, 1995).
     */
    private static final double DETECTABLE = (1.6449 + 0.8416) / 1.6449;

    private final Slo slo;
    private final Window window;

    Wording(Slo slo, Window window) {
        this.slo = slo;
        this.window = window;
    }

    /** For an SLO that is judged over its window as a whole. */
    Finding of(Estimate seen, LimitJudge.Judged judged, Optional<LimitJudge.Judged> warn) {
        Dimension dimension = slo.subject().dimension();
        if (seen.broken().isPresent()) {
            String reason =
                    slo.subject() + ": " + seen.broken().get() + ", limit " + bound(judged) + ", " + window.described();
            return finding(Outcome.FAIL, reason, seen.broken(), seen, Optional.empty());
        }
        if (!seen.isKnown()) {
            String why = seen.unknown().orElse("its value is not a number (a division by zero)");
            return Finding.inconclusive(
                    slo.subject() + ": " + why + ", " + window.described(), Optional.of(window.time()));
        }
        String measured = Values.print(seen.value(), dimension, slo.comparison(), judged.number());
        String reason = slo.subject() + " was " + measured + ", limit " + bound(judged) + ", " + window.described()
                + details(seen, judged, dimension) + hint(seen, judged.outcome());
        return finding(judged.outcome(), reason, Optional.of(measured), seen, warning(measured, warn));
    }

    /** For an SLO that must hold in a share of its window. */
    Finding ofShare(Estimate seen, LimitJudge.Judged judged) {
        String what = slo.subject() + " " + slo.comparison().symbol() + " " + slo.limit();
        if (!seen.isKnown()) {
            return Finding.inconclusive(
                    what + ": " + seen.unknown().orElse("nothing is known") + ", " + window.described(),
                    Optional.of(window.time()));
        }
        String measured = Values.print(seen.value(), Dimension.RATIO, Comparison.AT_LEAST, judged.number());
        double percent = slo.share().orElseThrow().percent().doubleValue();
        String needed = judged.outcome() == Outcome.INCONCLUSIVE && seen.value() == 100
                ? "; at least " + BinomialBounds.smallestSample(percent / 100) + " are needed"
                : "";
        String reason = what + " held in " + measured + " of the time, limit >= " + judged.described() + ", "
                + window.described() + details(seen, judged, Dimension.RATIO) + needed;
        return finding(judged.outcome(), reason, Optional.of(measured), seen, Optional.empty());
    }

    private Finding finding(
            Outcome outcome, String reason, Optional<String> measured, Estimate seen, Optional<String> warning) {
        return new Finding(
                outcome,
                reason,
                measured,
                Optional.of(window.time()),
                seen.samples(),
                List.of(),
                warning,
                seen.broken().isPresent() ? Double.NaN : seen.value());
    }

    private String bound(LimitJudge.Judged judged) {
        return slo.comparison().symbol() + " " + judged.described();
    }

    private static String details(Estimate seen, LimitJudge.Judged judged, Dimension dimension) {
        List<String> details = new ArrayList<>();
        if (!seen.basis().isEmpty()) {
            details.add(seen.basis());
        }
        resolution(seen, dimension).ifPresent(details::add);
        details.addAll(judged.why());
        seen.unknown()
                .ifPresent(gap -> details.add(
                        judged.outcome() == Outcome.PASS || judged.outcome() == Outcome.FAIL
                                ? gap + ", which cannot change it"
                                : gap));
        return details.isEmpty() ? "" : "; " + String.join("; ", details);
    }

    /** The smallest difference from the limit that this run could have told. */
    private static Optional<String> resolution(Estimate seen, Dimension dimension) {
        double above = seen.upper() - seen.value();
        double below = seen.value() - seen.lower();
        double widest = DETECTABLE * Math.max(above, below);
        return seen.inferred() && seen.unknown().isEmpty() && widest > 0 && Double.isFinite(widest)
                ? Optional.of("resolution "
                        + (dimension == Dimension.RATIO
                                ? Values.number(widest) + " points"
                                : Values.print(widest, dimension)))
                : Optional.empty();
    }

    /** How many requests it would take, where none failed. */
    private String hint(Estimate seen, Outcome outcome) {
        boolean clean = slo.subject() instanceof Expression.ErrorRatio
                && slo.comparison().boundsAbove()
                && seen.value() == 0
                && outcome == Outcome.INCONCLUSIVE;
        if (!clean || !(slo.limit().bounds().get(0) instanceof Bound.Absolute absolute)) {
            return "";
        }
        double limit = absolute.amount().canonical() / 100;
        return limit > 0
                ? "; at least " + Values.count(BinomialBounds.smallestSample(1 - limit))
                        + " without a failure are needed"
                : "; no number of requests can show a ratio of 0";
    }

    private Optional<String> warning(String measured, Optional<LimitJudge.Judged> warn) {
        return warn.filter(judged -> judged.outcome() != Outcome.PASS)
                .map(judged -> measured + (judged.outcome() == Outcome.FAIL ? " is beyond " : " may be beyond ")
                        + slo.comparison().symbol() + " " + judged.described());
    }

    /** For a time between marks. */
    static Finding ofTime(
            Slo slo, TimeMeter.Measured time, LimitJudge.Judged judged, Optional<LimitJudge.Judged> warn) {
        Subject subject = slo.subject();
        Estimate seen = time.estimate();
        if (time.window().isEmpty()) {
            return Finding.inconclusive(subject + ": " + time.text(), Optional.empty());
        }
        String bound = "limit " + slo.comparison().symbol() + " " + judged.described();
        boolean reached = seen.isKnown();
        Outcome outcome = !reached && judged.outcome() != Outcome.FAIL ? Outcome.INCONCLUSIVE : judged.outcome();
        String measured = reached ? Values.print(seen.value(), Dimension.TIME, slo.comparison(), judged.number()) : "";
        List<String> parts = new ArrayList<>();
        parts.add(reached ? subject + " took " + measured + time.text() + ", " + bound : time.text() + ", " + bound);
        if (!seen.basis().isEmpty()) {
            parts.add(seen.basis());
        }
        if (!reached && outcome != Outcome.FAIL && seen.unknown().isEmpty()) {
            parts.add("the watch was too short to prove a breach");
        }
        parts.addAll(judged.why());
        seen.unknown().ifPresent(parts::add);
        return new Finding(
                outcome,
                String.join("; ", parts),
                reached ? Optional.of(measured) : Optional.empty(),
                time.window(),
                reached ? 1 : 0,
                List.of(),
                warn.filter(one -> reached && one.outcome() != Outcome.PASS)
                        .map(one -> measured + " is beyond " + slo.comparison().symbol() + " " + one.described()),
                seen.value());
    }
}
