package io.plimsoll.results.observation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a series came from.
 *
 * @param namespace CloudWatch namespace
 * @param metric CloudWatch metric name
 * @param dimensions the exact dimension set asked for
 * @param statistic CloudWatch statistic
 * @param region AWS region asked
 */
public record Origin(
        String namespace, String metric, SortedMap<String, String> dimensions, String statistic, String region) {
    public Origin {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }
}
