package io.plimsoll.results.observation;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One part of the deployed stack.
 *
 * @param kind what it is
 * @param id the identifier AWS knows it by, unique within its kind
 * @param existedFrom when it came to be, if that was seen (an instance's launch time)
 * @param existedUntil when it ended, if it ended during the run
 * @param facts what else was described: engine version, instance type, zone, ARN …, in key order
 */
public record Resource(
        ResourceKind kind,
        String id,
        Optional<Instant> existedFrom,
        Optional<Instant> existedUntil,
        SortedMap<String, String> facts) {
    public Resource {
        if (id.isBlank()) {
            throw new IllegalArgumentException("resource: id must not be blank");
        }
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** A resource that exists for the whole run. */
    public static Resource of(ResourceKind kind, String id, Map<String, String> facts) {
        return new Resource(kind, id, Optional.empty(), Optional.empty(), new TreeMap<>(facts));
    }
}
