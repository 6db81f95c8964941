package io.plimsoll.environments.local.measure;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Dimension sets of CloudWatch. */
public final class Dimensions {
    private Dimensions() {}

    /** One dimension. */
    public static SortedMap<String, String> of(String name, String value) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(name, value)));
    }

    /** A dimension more. */
    public static SortedMap<String, String> and(SortedMap<String, String> others, String name, String value) {
        SortedMap<String, String> dimensions = new TreeMap<>(others);
        dimensions.put(name, value);
        return Collections.unmodifiableSortedMap(dimensions);
    }
}
