package io.plimsoll.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Origin;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Unit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the line, the quick way and the general one must come to the same. */
class SeriesLineTest {
    private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");

    private static Series series(String resource, List<Sample> samples) {
        return new Series(
                "host cpu",
                ResourceKind.INSTANCE,
                resource,
                new Origin("AWS/EC2", "CPUUtilization", new TreeMap<>(Map.of("InstanceId", resource)), "Average", "eu"),
                Unit.PERCENT,
                Duration.ofMinutes(1),
                Series.Completeness.COMPLETE,
                "",
                samples);
    }

    /** What comes of a line: the series, or what is said of it. */
    private static String outcome(java.util.function.Function<String, Series> reader, String line) {
        try {
            return reader.apply(line).toString();
        } catch (EvidenceException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void assertReadAlike(String line) {
        assertThat(outcome(SeriesLine::read, line))
                .as(line)
                .isEqualTo(outcome(text -> EvidenceJson.read(text, Series.class), line));
    }

    private static boolean scanned(String samples) {
        return new SampleScanner(samples.getBytes(StandardCharsets.ISO_8859_1))
                .toEndOfArray()
                .isPresent();
    }

    private static double number(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> random.nextInt(100);
            case 1 -> random.nextInt(1_000_000) / 1000.0;
            case 2 -> Double.longBitsToDouble(random.nextLong() & 0x7fef_ffff_ffff_ffffL);
            case 3 -> -random.nextDouble() * 1e-5;
            case 4 -> random.nextLong() / 1e3;
            case 5 -> -0.0;
            default -> 50 + 40 * Math.sin(random.nextInt(10_000));
        };
    }

    @Test
    void whatIsWrittenIsReadTheQuickWayToTheLastBit() {
        Random random = new Random(1);
        List<Sample> samples = new ArrayList<>();
        Instant start = START;
        for (int i = 0; i < 20_000; i++) {
            start = start.plusNanos(
                    switch (random.nextInt(4)) {
                        case 0 -> 1 + random.nextInt(1_000_000_000);
                        case 1 -> 1_000_000L * (1 + random.nextInt(100_000));
                        default -> 60_000_000_000L * (1 + random.nextInt(3000));
                    });
            samples.add(new Sample(start, number(random)));
        }
        Series written = series("i-1", samples);
        String line = EvidenceJson.line(written);

        assertThat(scanned(line.substring(line.indexOf("[") + 1))).isTrue();
        assertThat(SeriesLine.read(line)).isEqualTo(written);
        assertReadAlike(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "]",
                "{\"start\":\"2024-02-29T23:59:59.123456789Z\",\"value\":1}]",
                "{\"start\":\"2026-11-24T03:00:00.5Z\",\"value\":-1.5E-3},{\"start\":\"2026-11-24T03:00:01Z\",\"value\":0e9}]"
            })
    void theFormThatIsWrittenIsReadTheQuickWay(String samples) {
        assertThat(scanned(samples)).isTrue();
        assertReadAlike(withSamples(samples));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]]",
                " ]",
                "{}]",
                "null]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":1}",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":1},]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":01}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":1.}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":.5}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":1e}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":-}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":+1}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":1e999}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":NaN}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":\"1\"}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":null}]",
                "{\"start\":\"2026-11-24T03:00:00Z\"}]",
                "{\"value\":1,\"start\":\"2026-11-24T03:00:00Z\"}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":1,\"value\":2}]",
                "{\"start\": \"2026-11-24T03:00:00Z\", \"value\": 1}]",
                "{\"start\":\"2026-11-24T03:00:00+00:00\",\"value\":1}]",
                "{\"start\":\"2026-11-24T03:00:00.Z\",\"value\":1}]",
                "{\"start\":\"2026-11-24T03:00:00.1234567890Z\",\"value\":1}]",
                "{\"start\":\"2026-11-24T24:00:00Z\",\"value\":1}]",
                "{\"start\":\"2026-11-24T23:59:60Z\",\"value\":1}]",
                "{\"start\":\"2026-02-29T03:00:00Z\",\"value\":1}]",
                "{\"start\":\"2026-13-01T03:00:00Z\",\"value\":1}]",
                "{\"start\":\"+12026-11-24T03:00:00Z\",\"value\":1}]",
                "{\"start\":1795489200,\"value\":1}]",
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":100000000000000000000000000000000000000000}]",
            })
    void anyOtherFormIsLeftToTheGeneralReader(String samples) {
        assertThat(scanned(samples)).isFalse();
        assertReadAlike(withSamples(samples));
    }

    private static String withSamples(String samples) {
        return EvidenceJson.line(series("i-1", List.of())).replace("\"samples\":[]", "\"samples\":[" + samples);
    }

    @Test
    void whatASeriesRefusesIsRefusedInTheSameWords() {
        String twice =
                "{\"start\":\"2026-11-24T03:00:00Z\",\"value\":1},{\"start\":\"2026-11-24T03:00:00Z\",\"value\":2}]";

        assertThat(scanned(twice)).isTrue();
        assertReadAlike(withSamples(twice));
        assertThat(outcome(SeriesLine::read, withSamples(twice)))
                .isEqualTo("host cpu of i-1: samples must ascend, at 2026-11-24T03:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"samples\":[", "読む 🚢 \"samples\":[", "a\\b"})
    void aNameThatLooksLikeTheArrayIsAName(String resource) {
        Series written = series(resource, List.of(new Sample(START, 1)));

        assertThat(SeriesLine.read(EvidenceJson.line(written))).isEqualTo(written);
        assertReadAlike(
                "{\"origin\":{\"samples\":[]}," + EvidenceJson.line(written).substring(1));
        assertReadAlike("{\"samples\":[]," + EvidenceJson.line(written).substring(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aDamagedLineIsReadAlike(int seed) {
        Random random = new Random(seed);
        List<Sample> samples = List.of(
                new Sample(START, number(random)),
                new Sample(START.plusMillis(60_500), number(random)),
                new Sample(START.plusSeconds(120), number(random)));
        String whole = EvidenceJson.line(series("i-1", samples));
        String letters = "0123456789{}[],:\".-+eEZTN é\u2028";
        for (int i = 0; i < 3000; i++) {
            StringBuilder damaged = new StringBuilder(whole);
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                int at = random.nextInt(damaged.length());
                char letter = letters.charAt(random.nextInt(letters.length()));
                switch (random.nextInt(3)) {
                    case 0 -> damaged.setCharAt(at, letter);
                    case 1 -> damaged.deleteCharAt(at);
                    default -> damaged.insert(at, letter);
                }
            }
            assertReadAlike(damaged.toString());
        }
    }
}
