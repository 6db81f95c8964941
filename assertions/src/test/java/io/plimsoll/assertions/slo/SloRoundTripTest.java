package io.plimsoll.assertions.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.ResourceKind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SloRoundTripTest {
    private static final int GENERATED = 2_000;
    private static final List<String> NAMES = List.of(
            "read", "GET /items/{id}", "all", "evictions", "replica lag", "5s", "500", "p95", "a-b.c", "for", "ü");

    @Test
    void twoThousandGeneratedSlosPrintAndReadTheSameAgain() {
        Random random = new Random(20261124);
        for (int i = 0; i < GENERATED; i++) {
            Slo slo = slo(random);
            assertThat(SloParser.parse(slo.toString())).as(slo.toString()).isEqualTo(slo);
        }
    }

    @Test
    void whatCannotBeWrittenCannotBeMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Subject.Requests(Optional.of("say \"hi\"")))
                .withMessage("a request name must not be blank or hold a double quote, was 'say \"hi\"'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limit(BigDecimal.valueOf(-1), Limit.LimitUnit.NONE))
                .withMessage("a limit must be >= 0, was -1");
    }

    private static Slo slo(Random random) {
        Subject subject = subject(random);
        boolean timed = subject instanceof Subject.TimeBetween;
        Optional<String> during = timed || random.nextBoolean()
                ? Optional.empty()
                : Optional.of(one(random, "steady", "whole", "ramp-up"));
        return new Slo(
                subject, one(random, Comparison.values()), limit(random, subject), forEach(random, subject), during);
    }

    private static Subject subject(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> percentile(random);
            case 1 -> new Subject.Longest(requests(random));
            case 2 -> new Subject.MeanTime(requests(random));
            case 3 -> new Subject.ErrorRatio(requests(random));
            case 4 -> new Subject.AchievedRate();
            case 5 -> new Subject.RequestRate(requests(random));
            case 6 -> new Subject.TimeBetween(one(random, "load-step", "alarm"), mark(random));
            default -> expression(random, 3);
        };
    }

    private static Subject.Percentile percentile(Random random) {
        BigDecimal percent = BigDecimal.valueOf(1 + random.nextInt(99_999), 3).setScale(3);
        return new Subject.Percentile(
                random.nextBoolean() ? percent : BigDecimal.valueOf(1 + random.nextInt(99)), requests(random));
    }

    private static Subject.Requests requests(Random random) {
        return new Subject.Requests(
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(NAMES.get(random.nextInt(NAMES.size()))));
    }

    private static Subject.Mark mark(Random random) {
        if (random.nextBoolean()) {
            return new Subject.Mark.Named(one(random, "healthy", "scaling-activity"));
        }
        Subject inner = random.nextBoolean() ? percentile(random) : new Subject.ErrorRatio(requests(random));
        return new Subject.Mark.Recovered(new Slo(
                inner, one(random, Comparison.values()), limit(random, inner), Optional.empty(), Optional.empty()));
    }

    private static Subject.Expression expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return metric(random, MetricCatalogue.all());
        }
        Subject.Expression left = expression(random, depth - 1);
        Subject.Expression right = expression(random, depth - 1);
        char operator = left.dimension() == right.dimension() ? "+-*/".charAt(random.nextInt(4)) : '*';
        return new Subject.Arithmetic(left, operator, right);
    }

    private static Subject.Metric metric(Random random, List<MetricDefinition> metrics) {
        return new Subject.Metric(one(random, Subject.Aggregate.values()), metrics.get(random.nextInt(metrics.size())));
    }

    private static Limit limit(Random random, Subject subject) {
        List<Limit.LimitUnit> units = Arrays.stream(Limit.LimitUnit.values())
                .filter(unit -> unit.dimension() == subject.dimension())
                .toList();
        BigDecimal number = BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(5));
        return new Limit(number, units.get(random.nextInt(units.size())));
    }

    private static Optional<ResourceKind> forEach(Random random, Subject subject) {
        if (!(subject instanceof Subject.Expression expression) || random.nextBoolean()) {
            return Optional.empty();
        }
        List<ResourceKind> kinds =
                expression.metrics().map(MetricDefinition::kind).distinct().toList();
        return kinds.size() == 1 ? Optional.of(kinds.get(0)) : Optional.empty();
    }

    @SafeVarargs
    private static <T> T one(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
