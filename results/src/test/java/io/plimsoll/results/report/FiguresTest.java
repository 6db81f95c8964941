package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {
    private static BigDecimal stripped(BigDecimal exact) {
        return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    }

    private static void assertExact(double value) {
        BigDecimal exact = new BigDecimal(value);
        assertThat(Figures.rounded(value))
                .as("%s to four digits", value)
                .isEqualTo(stripped(exact.round(new MathContext(4, RoundingMode.HALF_UP))));
        for (int decimals = -2; decimals <= 6; decimals++) {
            assertThat(Figures.rounded(value, decimals))
                    .as("%s to %s places", value, decimals)
                    .isEqualTo(stripped(exact.setScale(decimals, RoundingMode.HALF_UP)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                1,
                -1,
                9.9995,
                999.95,
                9999.5,
                99_995,
                1000,
                0.5,
                2.5,
                -2.5,
                0.125,
                0.0625,
                1234.5,
                0.00125,
                1e-6,
                9.9999e-7,
                1e9,
                999_999_999.9995,
                1e22,
                -1e300,
                Double.MIN_VALUE
            })
    void aFigureIsRoundedAsItsExactValueIs(double value) {
        assertExact(value);
        assertExact(Math.nextUp(value));
        assertExact(Math.nextDown(value));
    }

    @Test
    void anyFigureIsRoundedAsItsExactValueIs() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double magnitude = Math.pow(10, random.nextInt(20) - 9.0);
            assertExact(random.nextGaussian() * magnitude);
            assertExact((random.nextInt(20_001) - 10_000) / 2.0 * magnitude);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1234.5|1,235", "1235.5|1,236", "12.346|12.35", "0.00119999|0.0012", "0|0"})
    void aNumberHasFourDigits(double value, String printed) {
        assertThat(Figures.number(value)).isEqualTo(printed);
    }
}
