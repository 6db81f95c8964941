package io.plimsoll.assertions.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SloRoundTripTest {
    private static final int GENERATED = 10_000;

    @Test
    void tenThousandGeneratedSlosPrintAndReadTheSameAgain() {
        RandomSlos slos = new RandomSlos(new Random(20261124), MetricCatalogue.all());
        for (int i = 0; i < GENERATED; i++) {
            Slo slo = slos.next();
            assertThat(SloParser.parse(slo.toString())).as(slo.toString()).isEqualTo(slo);
        }
    }

    /** A generator that left a form out would prove nothing about it. */
    @Test
    void theGeneratedSlosHoldEveryFormOfTheLanguage() {
        RandomSlos slos = new RandomSlos(new Random(7), MetricCatalogue.all());
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < GENERATED; i++) {
            Slo slo = slos.next();
            seen.add(slo.subject().getClass());
            seen.add(slo.when().getClass());
            seen.add(slo.options().missing().getClass());
            slo.limit().bounds().forEach(bound -> {
                seen.add(bound.getClass());
                bound.reference().ifPresent(reference -> seen.add(reference.getClass()));
            });
            slo.marks().forEach(mark -> seen.add(mark.getClass()));
            slo.share().ifPresent(share -> seen.add(share.getClass()));
            if (slo.subject() instanceof Subject.TimeBetween time) {
                seen.add(time.to().getClass());
            }
        }
        assertThat(seen.stream().map(Class::getSimpleName).collect(Collectors.toSet()))
                .contains("Percentile", "Longest", "Shortest", "MeanTime", "ErrorRatio", "ErrorCount", "RequestCount")
                .contains("RequestRate", "AchievedRate", "Offered", "Metric", "Across", "Arithmetic", "TimeBetween")
                .contains("Unstated", "During", "From", "Before", "At", "Recovered", "Reached")
                .contains("Named", "Text", "PhaseEdge", "TimeShare")
                .contains("Absolute", "ShareOf", "Distance", "NoBaseline")
                .contains("InWindow", "Baseline", "OfferedLoad", "Other")
                .contains("AsUsual", "Unknown", "AtMost", "ZeroWith");
    }

    @Test
    void whatCannotBeWrittenCannotBeMade() {
        MetricDefinition lag = MetricCatalogue.named("replica lag").orElseThrow();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Requests.named("say \"hi\""))
                .withMessage("a request name must not be blank or hold a double quote, was 'say \"hi\"'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Amount(BigDecimal.valueOf(-1), Amount.Unit.NONE))
                .withMessage("an amount must be >= 0, was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mark.Named("two words"))
                .withMessage("a mark must be one word, was 'two words'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mark.Text(" "))
                .withMessage("the text of a mark must not be blank or hold a double quote, was ' '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mark.PhaseEdge(true, ""))
                .withMessage("a phase must not be blank or hold a double quote, was ''");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Expression.Metric(Expression.Aggregate.MAX, lag, Optional.of("\"")))
                .withMessage("a resource must not be blank or hold a double quote, was '\"'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Span.Beside(
                        new Amount(BigDecimal.ZERO, Amount.Unit.SECONDS), true, new Mark.Named("alarm")))
                .withMessage("a stretch must be a time > 0, was 0 s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeShare(BigDecimal.valueOf(101), TimeShare.Slice.SECONDS))
                .withMessage("a share of a window must be in (0, 100] %, was 101");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Missing.AtMost(BigDecimal.valueOf(51)))
                .withMessage("the share of datapoints that may be missing must be in (0, 50] %, was 51");
    }
}
