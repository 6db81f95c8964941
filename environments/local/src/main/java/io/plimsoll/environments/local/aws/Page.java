package io.plimsoll.environments.local.aws;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items at most as many as were asked for
 * @param next token of the page after it; empty on the last
 */
record Page<T>(List<T> items, Optional<String> next) {
    private static final String PREFIX = "page-";

    Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of a list.
     *
     * @param token of the page before; null for the first page, as in the SDK's requests
     * @param size most items of the page; null for {@code largest}
     * @param largest most items that may be asked for
     * @param badToken code of the error for a token that was not given out
     */
    static <T> Page<T> of(List<T> all, @Nullable String token, @Nullable Integer size, int largest, String badToken) {
        int from = token == null ? 0 : offset(token, all.size(), badToken);
        int count = size == null ? largest : size;
        if (count < 1 || count > largest) {
            throw AwsFault.badRequest(
                    "ValidationError", "The page size must be between 1 and " + largest + ", was " + count);
        }
        int to = Math.min(all.size(), from + count);
        Optional<String> next = to < all.size() ? Optional.of(PREFIX + to) : Optional.empty();
        return new Page<>(all.subList(from, to), next);
    }

    private static int offset(String token, int size, String badToken) {
        try {
            int offset = token.startsWith(PREFIX) ? Integer.parseInt(token.substring(PREFIX.length())) : -1;
            if (offset >= 0 && offset <= size) {
                return offset;
            }
        } catch (NumberFormatException e) {
            throw invalid(token, badToken);
        }
        throw invalid(token, badToken);
    }

    private static AwsFault invalid(String token, String code) {
        return AwsFault.badRequest(code, "The token '" + token + "' is not valid");
    }

    /** The next token as the SDK's responses take it. */
    @Nullable
    String nextOrNull() {
        return next.orElse(null);
    }
}
