package io.plimsoll.environments.local.aws;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Picks what a request names. */
final class Filter {
    private Filter() {}

    /**
     * Items of the wanted names; all if none is named.
     *
     * @param missing the error for a name that no item has
     */
    static <T> List<T> byNames(
            List<T> items, List<String> wanted, Function<T, String> name, Function<String, AwsFault> missing) {
        if (wanted.isEmpty()) {
            return items;
        }
        for (String each : wanted) {
            if (items.stream().map(name).noneMatch(each::equals)) {
                throw missing.apply(each);
            }
        }
        return items.stream().filter(item -> wanted.contains(name.apply(item))).toList();
    }

    /** As {@link #byNames}, for a request that may name one. */
    static <T> List<T> byName(
            List<T> items, Optional<String> wanted, Function<T, String> name, Function<String, AwsFault> missing) {
        return byNames(items, wanted.stream().toList(), name, missing);
    }
}
