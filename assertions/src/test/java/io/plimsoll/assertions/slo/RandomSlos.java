package io.plimsoll.assertions.slo;

import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** SLOs that could be written, drawn at random. */
public final class RandomSlos {
    private static final List<String> NAMES = List.of(
            "read", "GET /items/{id}", "all", "evictions", "replica lag", "5s", "500", "p95", "a-b.c", "for", "ü");
    private static final List<String> PHASES = List.of("steady", "whole", "ramp-up", "baseline", "offered", "phase 1");

    private final Random random;
    private final List<MetricDefinition> metrics;

    public RandomSlos(Random random, List<MetricDefinition> metrics) {
        this.random = random;
        this.metrics = metrics;
    }

    /** The next one. */
    public Slo next() {
        Subject subject = random.nextInt(5) == 0 ? timeBetween() : expression(3);
        Comparison comparison = one(Comparison.values());
        Optional<TimeShare> share = share(subject);
        Limit limit = share.isPresent() ? Limit.of(amount(subject)) : limit(subject, comparison);
        When when = subject instanceof Subject.TimeBetween ? new When.Unstated() : when();
        return new Slo(subject, comparison, limit, share, forEach(subject), when, options(subject, comparison));
    }

    private Subject timeBetween() {
        Subject.Goal goal = random.nextBoolean()
                ? new Subject.Goal.At(mark())
                : random.nextBoolean() ? new Subject.Goal.Recovered(inner()) : new Subject.Goal.Reached(inner());
        return new Subject.TimeBetween(mark(), goal);
    }

    private Slo inner() {
        Expression subject = expression(1);
        Slo plain = Slo.of(subject, one(Comparison.values()), Limit.of(amount(subject)));
        return new Slo(
                plain.subject(),
                plain.comparison(),
                plain.limit(),
                Optional.empty(),
                forEach(subject),
                new When.Unstated(),
                Slo.Options.NONE);
    }

    private Mark mark() {
        return switch (random.nextInt(3)) {
            case 0 -> new Mark.Named(any("load-step", "alarm", "start", "kill-primary", "baseline"));
            case 1 -> new Mark.Text(any("Failover completed", "5xx", "to"));
            default -> new Mark.PhaseEdge(random.nextBoolean(), phase());
        };
    }

    private String phase() {
        return PHASES.get(random.nextInt(PHASES.size()));
    }

    private When when() {
        return switch (random.nextInt(5)) {
            case 0 -> new When.During(span());
            case 1 -> new When.From(moment(), Optional.empty());
            case 2 -> new When.From(moment(), Optional.of(moment()));
            case 3 -> new When.Before(moment());
            default -> new When.Unstated();
        };
    }

    private Span span() {
        return random.nextBoolean()
                ? new Span.Phase(phase())
                : new Span.Beside(time(1 + random.nextInt(600)), random.nextBoolean(), mark());
    }

    private Moment moment() {
        return random.nextBoolean()
                ? Moment.at(mark())
                : new Moment(Optional.of(time(random.nextInt(600))), random.nextBoolean(), mark());
    }

    private Amount time(int number) {
        return new Amount(BigDecimal.valueOf(number), unit(Dimension.TIME));
    }

    private Requests requests() {
        return random.nextInt(4) == 0 ? Requests.ALL : Requests.named(NAMES.get(random.nextInt(NAMES.size())));
    }

    private Expression expression(int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            Expression left = expression(depth - 1);
            Expression right = expression(depth - 1);
            char operator = left.dimension() == right.dimension() ? "+-*/".charAt(random.nextInt(4)) : '*';
            return new Expression.Arithmetic(left, operator, right);
        }
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> client();
            case 3 -> across();
            case 4 -> random.nextBoolean() ? new Expression.Offered() : new Expression.Constant(number());
            default -> metric(metric -> true);
        };
    }

    private Expression client() {
        Requests requests = requests();
        BigDecimal percent = random.nextBoolean()
                ? BigDecimal.valueOf(1 + random.nextInt(99_999), 3).setScale(3)
                : BigDecimal.valueOf(1 + random.nextInt(99));
        return switch (random.nextInt(9)) {
            case 0 -> new Expression.Longest(requests);
            case 1 -> new Expression.Shortest(requests);
            case 2 -> new Expression.MeanTime(requests);
            case 3 -> new Expression.ErrorRatio(requests);
            case 4 -> new Expression.ErrorCount(requests);
            case 5 -> new Expression.RequestCount(requests);
            case 6 -> new Expression.RequestRate(requests);
            case 7 -> new Expression.AchievedRate();
            default -> new Expression.Percentile(percent, requests);
        };
    }

    private Expression.Metric metric(Predicate<MetricDefinition> wanted) {
        List<MetricDefinition> fitting = metrics.stream().filter(wanted).toList();
        MetricDefinition metric = fitting.get(random.nextInt(fitting.size()));
        Expression.Aggregate aggregate = one(Expression.Aggregate.values());
        boolean counted = Dimension.of(metric.unit()).perSecond().isPresent();
        return new Expression.Metric(
                aggregate == Expression.Aggregate.RATE && !counted ? Expression.Aggregate.SUM : aggregate,
                metric,
                random.nextInt(3) == 0 ? Optional.of(any("web", "us-east-1a", "read tier", "1")) : Optional.empty());
    }

    private Expression across() {
        Expression.Metric first = metric(metric -> true);
        ResourceKind kind = first.metric().kind();
        Expression of = random.nextBoolean()
                ? first
                : new Expression.Arithmetic(first, '*', metric(metric -> metric.kind() == kind));
        Optional<String> by = random.nextBoolean() ? Optional.of("zone") : Optional.empty();
        return new Expression.Across(one(Expression.Comparing.values()), of, by);
    }

    private Limit limit(Subject subject, Comparison comparison) {
        List<Bound> bounds = new ArrayList<>();
        do {
            bounds.add(bound(subject, comparison));
        } while (random.nextInt(4) == 0);
        Limit limit = new Limit(bounds);
        if (limit.needsBaseline() && random.nextBoolean()) {
            bounds.add(new Bound.NoBaseline());
        }
        return new Limit(bounds);
    }

    private Bound bound(Subject subject, Comparison comparison) {
        return switch (random.nextInt(3)) {
            case 0 -> new Bound.ShareOf(number(), reference(subject));
            case 1 -> distance(subject, comparison);
            default -> new Bound.Absolute(amount(subject));
        };
    }

    private Bound distance(Subject subject, Comparison comparison) {
        boolean share = subject.dimension() == Dimension.RATIO;
        Amount amount = random.nextBoolean()
                ? new Amount(number(), share && random.nextBoolean() ? Amount.Unit.POINTS : Amount.Unit.PERCENT)
                : amount(subject);
        Bound.Direction direction = one(Bound.Direction.values());
        boolean either = direction == Bound.Direction.OFF && !comparison.boundsAbove();
        return new Bound.Distance(amount, either ? Bound.Direction.ABOVE : direction, reference(subject));
    }

    private Reference reference(Subject subject) {
        if (!(subject instanceof Expression)) {
            return new Reference.Baseline();
        }
        boolean counted = subject.dimension() == Dimension.RATE || subject.dimension() == Dimension.COUNT;
        return switch (random.nextInt(4)) {
            case 0 -> new Reference.Baseline();
            case 1 -> counted ? new Reference.OfferedLoad() : new Reference.Baseline();
            case 2 -> new Reference.Other(fitting(() -> expression(1), subject.dimension()));
            default -> new Reference.InWindow(span());
        };
    }

    private Expression fitting(Supplier<Expression> source, Dimension dimension) {
        Expression drawn = source.get();
        for (int i = 0; i < 50 && drawn.dimension() != dimension; i++) {
            drawn = source.get();
        }
        return drawn.dimension() == dimension
                ? drawn
                : new Expression.Arithmetic(new Expression.Constant(BigDecimal.ONE), '*', sample(dimension));
    }

    private Expression sample(Dimension dimension) {
        return switch (dimension) {
            case TIME -> new Expression.Longest(Requests.ALL);
            case RATIO -> new Expression.AchievedRate();
            case RATE -> new Expression.RequestRate(Requests.ALL);
            case COUNT -> new Expression.Offered();
            case SIZE -> sized(Expression.Aggregate.MAX);
            case THROUGHPUT -> sized(Expression.Aggregate.RATE);
        };
    }

    private Expression sized(Expression.Aggregate aggregate) {
        MetricDefinition bytes = metrics.stream()
                .filter(metric -> metric.unit() == Unit.BYTES)
                .findFirst()
                .orElseThrow();
        return new Expression.Metric(aggregate, bytes, Optional.empty());
    }

    private Amount amount(Subject subject) {
        return new Amount(number(), unit(subject.dimension()));
    }

    private Amount.Unit unit(Dimension dimension) {
        List<Amount.Unit> units = Arrays.stream(Amount.Unit.values())
                .filter(unit -> unit.dimension() == dimension && unit != Amount.Unit.POINTS)
                .toList();
        return units.get(random.nextInt(units.size()));
    }

    private BigDecimal number() {
        return BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(5));
    }

    private Optional<TimeShare> share(Subject subject) {
        if (!(subject instanceof Expression expression) || random.nextInt(4) > 0) {
            return Optional.empty();
        }
        boolean metric = expression.metrics().findAny().isPresent();
        boolean client = expression.clientMeasures().findAny().isPresent();
        BigDecimal percent = BigDecimal.valueOf(1 + random.nextInt(10_000), 2);
        return metric == client
                ? Optional.empty()
                : Optional.of(new TimeShare(
                        percent,
                        metric ? TimeShare.Slice.PERIODS : one(TimeShare.Slice.SECONDS, TimeShare.Slice.MINUTES)));
    }

    private Optional<ResourceKind> forEach(Subject subject) {
        if (!(subject instanceof Expression expression)
                || random.nextBoolean()
                || expression.clientMeasures().findAny().isPresent()) {
            return Optional.empty();
        }
        List<ResourceKind> kinds =
                expression.metrics().map(MetricDefinition::kind).distinct().toList();
        return kinds.size() == 1 ? Optional.of(kinds.get(0)) : Optional.empty();
    }

    private Slo.Options options(Subject subject, Comparison comparison) {
        boolean metric = subject instanceof Expression expression
                && expression.metrics().findAny().isPresent();
        Missing missing = !metric
                ? new Missing.AsUsual()
                : switch (random.nextInt(6)) {
                    case 0 -> new Missing.Unknown();
                    case 1 -> new Missing.AtMost(BigDecimal.valueOf(1 + random.nextInt(5_000), 2));
                    case 2 ->
                        new Missing.ZeroWith(
                                metrics.get(random.nextInt(metrics.size())).name());
                    default -> new Missing.AsUsual();
                };
        Optional<Limit> warn = random.nextInt(3) == 0 ? Optional.of(limit(subject, comparison)) : Optional.empty();
        return new Slo.Options(random.nextInt(4) == 0, warn, missing);
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
