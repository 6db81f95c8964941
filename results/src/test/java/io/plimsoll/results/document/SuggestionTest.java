package io.plimsoll.results.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "'', abc, 3",
        "abc, '', 3",
        "steady, steady, 0",
        "Steady, sTEADY, 0",
        "stedy, steady, 1",
        "kitten, sitting, 3",
        "flaw, lawn, 2"
    })
    void distanceIsTheNumberOfEdits(String left, String right, int edits) {
        assertThat(Suggestion.distance(left, right)).isEqualTo(edits);
        assertThat(Suggestion.distance(right, left)).isEqualTo(edits);
    }

    @Test
    void aThirdOfTheWordMayBeWrong() {
        assertThat(Suggestion.nearest("abcdef", List.of("abcdXX"))).contains("abcdXX");
        assertThat(Suggestion.nearest("abcdef", List.of("abcXXX"))).isEmpty();
        assertThat(Suggestion.nearest("a", List.of("b"))).contains("b");
        assertThat(Suggestion.nearest("a", List.of("bc"))).isEmpty();
        assertThat(Suggestion.nearest("word", List.of())).isEmpty();
    }

    @Test
    void theNearestIsSuggestedAndOfEquallyNearTheFirstByName() {
        assertThat(Suggestion.nearest("spikee", List.of("spikes", "spike", "ramp")))
                .contains("spike");
        assertThat(Suggestion.nearest("spikey", List.of("spikez", "spikea"))).contains("spikea");
    }

    @Test
    void anUnknownWordListsWhatIsValid() {
        assertThat(Suggestion.unknown("profile", "spyke", List.of("spike", "ramp")))
                .isEqualTo("unknown profile 'spyke'; did you mean 'spike'? Valid: ramp, spike");
        assertThat(Suggestion.unknown("profile", "soak", List.of("spike", "ramp")))
                .isEqualTo("unknown profile 'soak'. Valid: ramp, spike");
    }
}
