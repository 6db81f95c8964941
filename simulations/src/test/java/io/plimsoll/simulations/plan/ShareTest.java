package io.plimsoll.simulations.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
    private static List<Integer> taken(int index, int count, int elements) {
        Iterator<Integer> share =
                new Share(index, count).of(Stream.iterate(0, i -> i + 1).iterator());
        return IntStream.range(0, elements).mapToObj(i -> share.next()).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7})
    void allSharesTogetherAreTheSequence(int count) {
        List<Integer> together = IntStream.range(0, count)
                .boxed()
                .flatMap(index -> taken(index, count, 10).stream())
                .sorted()
                .toList();
        assertThat(together).isEqualTo(IntStream.range(0, 10 * count).boxed().toList());
    }

    @Test
    void aShareTakesEveryCountThElementFromItsIndexOn() {
        assertThat(taken(1, 4, 3)).containsExactly(1, 5, 9);
    }

    @Test
    void anIndexBeyondTheCountIsRefused() {
        assertThatThrownBy(() -> new Share(4, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("share: index must be from 0 to count - 1, was 4 of 4");
    }
}
