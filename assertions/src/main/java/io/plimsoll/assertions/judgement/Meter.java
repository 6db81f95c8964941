package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.slo.Missing;
import io.plimsoll.assertions.statistics.BinomialBounds;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures any expression in any window of one run. */
final class Meter {
    private final LoadPlan plan;
    private final ClientMeter client;
    private final Estate estate;
    private final long seed;

    Meter(LoadPlan plan, ClientMeter client, Estate estate, long seed) {
        this.plan = plan;
        this.client = client;
        this.estate = estate;
        this.seed = seed;
    }

    Estate estate() {
        return estate;
    }

    ClientMeter client() {
        return client;
    }

    /**
     * How a number is to be measured.
     *
     * @param only of these resources; empty means all
     * @param missing what a missing datapoint is taken for
     * @param confidence of each bound of what is inferred
     * @param stationary whether the window is known to be steady, so that its seconds are draws of one distribution and may
     *     be resampled; elsewhere what changes from second to second is the experiment itself
     */
    record Terms(Optional<List<Resource>> only, Missing missing, double confidence, boolean stationary) {
        /** Of all resources, with gaps as metrics say and bounds of 95 %. */
        static final Terms USUAL = new Terms(Optional.empty(), new Missing.AsUsual(), BinomialBounds.CONFIDENCE, false);

        Terms of(List<Resource> resources) {
            return new Terms(Optional.of(resources), missing, confidence, stationary);
        }

        Terms inSteadyWindow(boolean steady) {
            return new Terms(only, missing, confidence, steady);
        }
    }

    /**
     * The part of a window in which expressions can be compared: that of whole periods of the metric with the longest ones.
     * Requests of ten minutes beside datapoints of the nine whole minutes in them would be a ninth too many.
     */
    TimeWindow common(TimeWindow window, Stream<Expression> compared) {
        return compared.flatMap(Expression::metrics)
                .flatMap(metric -> estate.period(metric).stream())
                .max(Duration::compareTo)
                .map(period -> Coverage.whole(window, period))
                .orElse(window);
    }

    /** What an expression came to. */
    Estimate measure(Expression expression, TimeWindow window, Terms terms) {
        return within(expression, common(window, Stream.of(expression)), terms);
    }

    private Estimate within(Expression expression, TimeWindow window, Terms terms) {
        if (expression instanceof Expression.ClientMeasure measure) {
            return client.measure(measure, window, terms);
        } else if (expression instanceof Expression.Metric metric) {
            return new MetricMeter(estate, terms.missing()).measure(metric, terms.only(), window);
        } else if (expression instanceof Expression.Across across) {
            return new MetricMeter(estate, terms.missing())
                    .across(
                            across,
                            terms.only(),
                            window,
                            (inner, resources) -> within(inner, window, terms.of(resources)));
        } else if (expression instanceof Expression.Constant constant) {
            return Estimate.exact(constant.number().doubleValue(), 0, "");
        } else if (expression instanceof Expression.Offered) {
            double offered = plan.offeredRequests(Seconds.of(window));
            return Estimate.exact(offered, 0, Values.number(offered) + " requests offered");
        }
        return arithmetic((Expression.Arithmetic) expression, window, terms);
    }

    private Estimate arithmetic(Expression.Arithmetic both, TimeWindow window, Terms terms) {
        Estimate plain =
                Intervals.combine(within(both.left(), window, terms), both, within(both.right(), window, terms));
        return terms.stationary()
                ? new MetricRatio(new MetricMeter(estate, terms.missing()), estate, seed)
                        .bounds(both, terms, window, plain)
                        .orElse(plain)
                : plain;
    }
}
