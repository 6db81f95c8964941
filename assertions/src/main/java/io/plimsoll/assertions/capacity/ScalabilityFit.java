package io.plimsoll.assertions.capacity;

import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DiagonalMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/**
 * The Universal Scalability Law X(N) = λN / (1 + σ(N − 1) + κN(N − 1)) fitted to measurements by least squares
 * (Levenberg and Marquardt). N is what is scaled: instances, or requests in flight.
 *
 * <p>Sources: Gunther, Guerrilla Capacity Planning (2007), chapter 4 for the law; the interval of the fitted curve is the
 * delta method's, from the covariance of the parameters and Student's t for the points that are left over (Seber and Wild,
 * Nonlinear Regression (1989), chapter 5.1). With only three different N the law goes through the mean of each, so the
 * interval tells how much the measurements at one N differ, and not whether the law is the right one.
 *
 * @param lambda throughput at N = 1, requests per second
 * @param sigma contention, the share that is serial, ≥ 0
 * @param kappa coherence, what each pair costs, ≥ 0
 * @param covariance of λ, σ and κ, scaled by the residual variance
 * @param degreesOfFreedom points beyond the three that the parameters take, ≥ 2
 */
public record ScalabilityFit(double lambda, double sigma, double kappa, RealMatrix covariance, int degreesOfFreedom) {
    /** Below this there is nothing left to tell the uncertainty from. */
    public static final int FEWEST_POINTS = 5;
    /** As many as the law has parameters. */
    public static final int FEWEST_SIZES = 3;

    private static final double TWO_SIDED_95 = 0.975;
    private static final int PARAMETERS = 3;
    private static final int MOST_EVALUATIONS = 2_000;

    /**
     * One measurement.
     *
     * @param n what is scaled, &gt; 0
     * @param perSecond throughput, &gt; 0
     */
    public record Point(double n, double perSecond) {
        public Point {
            if (!(n > 0 && perSecond > 0 && Double.isFinite(n + perSecond))) {
                throw new IllegalArgumentException(
                        "scalability: N and throughput must be finite and > 0, were " + n + " and " + perSecond);
            }
        }
    }

    /** Throughput at N with its 95 % interval, requests per second. */
    public record Band(double low, double fitted, double high) {}

    /**
     * Fits the law; empty with fewer than {@value #FEWEST_POINTS} points, at fewer than {@value #FEWEST_SIZES} different N, or
     * where it does not converge.
     */
    public static Optional<ScalabilityFit> of(List<Point> points) {
        if (points.size() < FEWEST_POINTS
                || points.stream().mapToDouble(Point::n).distinct().count() < FEWEST_SIZES) {
            return Optional.empty();
        }
        double perUnit = points.stream()
                .mapToDouble(point -> point.perSecond() / point.n())
                .max()
                .orElseThrow();
        LeastSquaresBuilder problem = new LeastSquaresBuilder()
                .start(new double[] {perUnit, 0.05, 0.0005})
                .target(points.stream().mapToDouble(Point::perSecond).toArray())
                .model(point -> model(points, point))
                .parameterValidator(ScalabilityFit::notNegative)
                .weight(new DiagonalMatrix(ones(points.size())))
                .maxEvaluations(MOST_EVALUATIONS)
                .maxIterations(MOST_EVALUATIONS);
        try {
            Optimum optimum = new LevenbergMarquardtOptimizer().optimize(problem.build());
            RealVector found = optimum.getPoint();
            double variance =
                    optimum.getResiduals().dotProduct(optimum.getResiduals()) / (points.size() - (double) PARAMETERS);
            return Optional.of(new ScalabilityFit(
                    found.getEntry(0),
                    found.getEntry(1),
                    found.getEntry(2),
                    optimum.getCovariances(1e-14).scalarMultiply(variance),
                    points.size() - PARAMETERS));
        } catch (org.hipparchus.exception.MathRuntimeException e) {
            return Optional.empty();
        }
    }

    private static double[] ones(int size) {
        double[] ones = new double[size];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    private static RealVector notNegative(RealVector parameters) {
        return parameters.map(value -> Math.max(value, 0));
    }

    private static Pair<RealVector, RealMatrix> model(List<Point> points, RealVector at) {
        RealVector values = new ArrayRealVector(points.size());
        RealMatrix jacobian = org.hipparchus.linear.MatrixUtils.createRealMatrix(points.size(), 3);
        for (int i = 0; i < points.size(); i++) {
            double n = points.get(i).n();
            values.setEntry(i, law(n, at.getEntry(0), at.getEntry(1), at.getEntry(2)));
            jacobian.setRow(i, gradient(n, at.getEntry(0), at.getEntry(1), at.getEntry(2)));
        }
        return new Pair<>(values, jacobian);
    }

    private static double law(double n, double lambda, double sigma, double kappa) {
        return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
    }

    private static double[] gradient(double n, double lambda, double sigma, double kappa) {
        double divisor = 1 + sigma * (n - 1) + kappa * n * (n - 1);
        double bySigma = -lambda * n * (n - 1) / (divisor * divisor);
        return new double[] {n / divisor, bySigma, bySigma * n};
    }

    /** Throughput that the law gives at N, requests per second. */
    public double throughput(double n) {
        return law(n, lambda, sigma, kappa);
    }

    /** The same with its 95 % interval. */
    public Band band(double n) {
        RealVector gradient = new ArrayRealVector(gradient(n, lambda, sigma, kappa));
        double variance = Math.max(0, gradient.dotProduct(covariance.operate(gradient)));
        double fitted = throughput(n);
        double half =
                new TDistribution(degreesOfFreedom).inverseCumulativeProbability(TWO_SIDED_95) * Math.sqrt(variance);
        return new Band(Math.max(0, fitted - half), fitted, fitted + half);
    }

    /** Where throughput is highest, N = √((1 − σ)/κ); empty if it never falls. */
    public Optional<Double> peak() {
        return kappa > 0 && sigma < 1 ? Optional.of(Math.sqrt((1 - sigma) / kappa)) : Optional.empty();
    }
}
