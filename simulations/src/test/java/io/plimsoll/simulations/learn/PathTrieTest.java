package io.plimsoll.simulations.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTrieTest {
    private final PathTrie trie = new PathTrie();

    @ParameterizedTest
    @CsvSource({
        "/items/17, items/*",
        "/items/17/reviews/4, items/*/reviews/*",
        "/u/123e4567-e89b-12d3-a456-426614174000, u/*",
        "/blob/da39a3ee5e6b4b0d3255bfef95601890afd80709, blob/*",
        "/t/eyJhbGciOiJIUzI1NiIsInR5, t/*",
        "/about-us-and-our-friends-of-old, about-us-and-our-friends-of-old",
        "/v2/items, v2/items",
        "/, ''",
        "/a/, a/",
    })
    void aSegmentVariesIfItLooksLikeAKey(String path, String template) {
        trie.add(path);

        assertThat(String.join("/", trie.template(path))).isEqualTo(template);
    }

    @Test
    void aPlaceWithFiftyNamesHasNamesAndOneMoreMakesThemKeys() {
        for (int i = 0; i < PathTrie.MOST_NAMES; i++) {
            trie.add("/towns/town" + (char) ('a' + i % 26) + (char) ('a' + i / 26) + "/map");
        }
        assertThat(trie.template("/towns/townaa/map")).containsExactly("towns", "townaa", "map");

        trie.add("/towns/oneTooMany/map/sheet");

        assertThat(trie.template("/towns/townaa/map")).containsExactly("towns", "*", "map");
        assertThat(trie.template("/towns/oneTooMany/map/sheet")).containsExactly("towns", "*", "map", "sheet");
    }
}
