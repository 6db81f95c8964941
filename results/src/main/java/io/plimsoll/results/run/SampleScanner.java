package io.plimsoll.results.run;

import com.fasterxml.jackson.core.io.NumberInput;
import io.plimsoll.results.observation.Sample;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads samples as {@link EvidenceJson} writes them, and in no other form: {@code
 * {"start":"2026-11-24T03:00:00Z","value":12.5},…}, without spaces, with up to 9 digits of a second's fraction.
 */
final class SampleScanner {
    private static final byte[] START = ascii("{\"start\":\"");
    private static final byte[] VALUE = ascii("Z\",\"value\":");
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int NANO_DIGITS = 9;
    /** Of a number as {@link Double#toString(double)} writes it, and some more. */
    private static final int LONGEST_NUMBER = 30;
    /**
     * Whole numbers of so many digits, and powers of ten of so many zeros, are exact as doubles, so that their quotient is
     * rounded once, as reading a decimal must (Clinger, How to read floating point numbers accurately, PLDI 1990).
     */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS = new double[EXACT_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int power = 1; power <= EXACT_DIGITS; power++) {
            POWERS[power] = POWERS[power - 1] * 10;
        }
    }

    private final byte[] text;
    private int at;
    private int date = -1;
    private long epochDay;

    /** A scanner of the text after the array's opening bracket. */
    SampleScanner(byte[] text) {
        this.text = text;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the closing bracket is, once the array was read. */
    int position() {
        return at;
    }

    /** The samples up to the closing bracket; empty if there is anything else. */
    Optional<List<Sample>> toEndOfArray() {
        List<Sample> samples = new ArrayList<>();
        try {
            if (text[at] == ']') {
                return Optional.of(samples);
            }
            while (true) {
                samples.add(sample());
                if (text[at] == ']') {
                    return Optional.of(samples);
                }
                expect(',');
            }
        } catch (OtherForm | IndexOutOfBoundsException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Sample sample() {
        expect(START);
        Instant start = instant();
        expect(VALUE);
        double value = number();
        expect('}');
        return new Sample(start, value);
    }

    private Instant instant() {
        int year = digits(4);
        expect('-');
        int month = digits(2);
        expect('-');
        int packed = (year * 100 + month) * 100 + digits(2);
        if (packed != date) {
            epochDay = LocalDate.of(year, month, packed % 100).toEpochDay();
            date = packed;
        }
        expect('T');
        int hour = digits(2);
        expect(':');
        int minute = digits(2);
        expect(':');
        int second = digits(2);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new OtherForm();
        }
        return Instant.ofEpochSecond(epochDay * SECONDS_PER_DAY + (hour * 60L + minute) * 60 + second, nanos());
    }

    private int nanos() {
        if (text[at] != '.') {
            return 0;
        }
        at++;
        int from = at;
        int nanos = 0;
        while (isDigit() && at - from < NANO_DIGITS) {
            nanos = 10 * nanos + text[at++] - '0';
        }
        for (int digits = at - from; digits < NANO_DIGITS; digits++) {
            nanos *= 10;
        }
        if (at == from) {
            throw new OtherForm();
        }
        return nanos;
    }

    private int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (!isDigit()) {
                throw new OtherForm();
            }
            value = 10 * value + text[at++] - '0';
        }
        return value;
    }

    private boolean isDigit() {
        return text[at] >= '0' && text[at] <= '9';
    }

    /** A number as JSON has it. */
    private double number() {
        int from = at;
        boolean negative = text[at] == '-';
        if (negative) {
            at++;
        }
        int first = at;
        long digits = wholeDigits(0);
        if (at == first || (at - first > 1 && text[first] == '0')) {
            throw new OtherForm();
        }
        int count = at - first;
        int fraction = 0;
        if (text[at] == '.') {
            at++;
            int point = at;
            digits = wholeDigits(digits);
            fraction = at - point;
            if (fraction == 0) {
                throw new OtherForm();
            }
        }
        boolean plain = text[at] != 'e' && text[at] != 'E';
        if (plain && count + fraction <= EXACT_DIGITS) {
            double value = digits / POWERS[fraction];
            return negative ? -value : value;
        }
        exponent();
        if (at - from > LONGEST_NUMBER) {
            throw new OtherForm();
        }
        return NumberInput.parseDouble(new String(text, from, at - from, StandardCharsets.US_ASCII), true);
    }

    /** Adds digits to those before; of more than a long can hold the result means nothing. */
    private long wholeDigits(long before) {
        long value = before;
        while (isDigit()) {
            value = 10 * value + text[at++] - '0';
        }
        return value;
    }

    private void exponent() {
        if (text[at] == 'e' || text[at] == 'E') {
            at++;
            if (text[at] == '+' || text[at] == '-') {
                at++;
            }
            int first = at;
            wholeDigits(0);
            if (at == first) {
                throw new OtherForm();
            }
        }
    }

    private void expect(byte[] expected) {
        for (byte one : expected) {
            expect(one);
        }
    }

    private void expect(int expected) {
        if (text[at] != expected) {
            throw new OtherForm();
        }
        at++;
    }

    /** Not an error: the general reader takes over. */
    private static final class OtherForm extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OtherForm() {
            super("not in the form that is written", null, false, false);
        }
    }
}
