package io.plimsoll.simulations.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final int DRAWS = 200_000;

    @Test
    void theShippedMixIsOneWriteInAHundredReads() {
        Traffic traffic = Traffic.read(Path.of("traffic"), "reference");

        long writes = draw(traffic).stream()
                .filter(request -> Traffic.WRITE.equals(request.get("request")))
                .count();

        // 200,000 / 101 = 1980; five standard deviations of the binomial are 221
        assertThat((double) writes).isCloseTo(DRAWS / 101.0, within(221.0));
    }

    @Test
    void keysFollowZipfsLawWithinTheirRange() {
        Traffic traffic = new Traffic(1_000_000, 1000, 1.0, 1024, 7);
        int[] seen = new int[1001];
        draw(traffic).forEach(request -> seen[(int) Objects.requireNonNull(request.get("key"))]++);

        // P(1) = 1 / H(1000), H(1000) = 7.4855; P(k) = P(1) / k
        double first = DRAWS / 7.485_470_860_550_345;
        assertThat((double) seen[1]).isCloseTo(first, within(5 * Math.sqrt(first)));
        assertThat((double) seen[10]).isCloseTo(first / 10, within(5 * Math.sqrt(first / 10)));
        assertThat(seen[0]).isZero();
    }

    @Test
    void theSameSeedGivesTheSameRequests() {
        Traffic traffic = new Traffic(100, 20_000, 0.99, 1024, 42);

        assertThat(draw(traffic)).isEqualTo(draw(traffic));
        assertThat(draw(traffic)).isNotEqualTo(draw(new Traffic(100, 20_000, 0.99, 1024, 43)));
    }

    private static List<Map<String, Object>> draw(Traffic traffic) {
        Iterator<Map<String, Object>> requests = traffic.requests();
        List<Map<String, Object>> drawn = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
            drawn.add(requests.next());
        }
        return drawn;
    }
}
