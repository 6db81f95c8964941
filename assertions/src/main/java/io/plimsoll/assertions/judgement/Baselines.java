package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.results.verdict.Baseline;
import java.util.Optional;

/** What an SLO's value was in the runs that this one is compared with. */
final class Baselines {
    /** Said where earlier passes were looked for, and there are none. */
    static final String NONE_YET = "no run of this stage, environment and profile has passed with a value of it yet";

    private final Optional<Baseline> baseline;

    Baselines(Optional<Baseline> baseline) {
        this.baseline = baseline;
    }

    /**
     * The median of the passes, within the smallest and the largest of them. The true median lies between the extremes of
     * five runs with a probability of 1 − 2 × 0.5⁵ = 94 %, of three with 75 % (Hahn and Meeker, Statistical Intervals, 5.2).
     */
    Estimate of(Slo slo) {
        if (baseline.isEmpty()) {
            return Estimate.nothing("the evidence does not say what earlier runs came to");
        }
        String key = key(slo);
        double[] values = baseline.get().passes().stream()
                .flatMap(pass -> Optional.ofNullable(pass.values().get(key)).stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        if (values.length == 0) {
            return Estimate.nothing(NONE_YET);
        }
        int middle = values.length / 2;
        double median = values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        double most = values[values.length - 1];
        String basis = values.length == 1
                ? "the only pass so far"
                : "median of " + values.length + " passes between "
                        + Values.print(values[0], slo.subject().dimension()) + " and "
                        + Values.print(most, slo.subject().dimension());
        return Estimate.exact(median, values.length, basis).with(median, values[0], most, basis);
    }

    /** What a value is known by from run to run: its subject and its window, such as {@code p95(read) during steady}. */
    static String key(Slo slo) {
        return slo.subject()
                + slo.forEach().map(kind -> " for each " + kind.word()).orElse("")
                + (slo.when().toString().isEmpty() ? "" : " " + slo.when());
    }
}
