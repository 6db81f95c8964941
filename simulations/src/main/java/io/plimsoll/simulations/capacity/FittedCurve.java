package io.plimsoll.simulations.capacity;

import io.plimsoll.assertions.capacity.ScalabilityFit;
import io.plimsoll.results.capacity.CapacityResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The Universal Scalability Law as it is drawn: the points that it was fitted to, the curve and its band. */
final class FittedCurve {
    private static final int CURVE_POINTS = 40;
    /** The curve is drawn so far beyond the highest N that was measured. */
    private static final double BEYOND = 1.5;

    private FittedCurve() {}

    /**
     * Fits the law.
     *
     * @param of what N counts
     * @return empty with too few points, or where no finite curve fits them
     */
    static Optional<CapacityResult.Scalability> of(String of, List<ScalabilityFit.Point> points) {
        return ScalabilityFit.of(points).flatMap(fit -> drawn(of, fit, points));
    }

    private static Optional<CapacityResult.Scalability> drawn(
            String of, ScalabilityFit fit, List<ScalabilityFit.Point> points) {
        double most = points.stream().mapToDouble(ScalabilityFit.Point::n).max().orElse(1) * BEYOND;
        List<CapacityResult.Band> curve = IntStream.rangeClosed(1, CURVE_POINTS)
                .mapToObj(i -> most * i / CURVE_POINTS)
                .map(n -> new CapacityResult.Band(
                        n, fit.band(n).low(), fit.throughput(n), fit.band(n).high()))
                .toList();
        boolean finite = curve.stream().allMatch(band -> Double.isFinite(band.low() + band.fitted() + band.high()));
        return finite
                ? Optional.of(new CapacityResult.Scalability(
                        of,
                        fit.lambda(),
                        fit.sigma(),
                        fit.kappa(),
                        points.stream()
                                .map(point -> new CapacityResult.Point(point.n(), point.perSecond()))
                                .toList(),
                        curve))
                : Optional.empty();
    }
}
