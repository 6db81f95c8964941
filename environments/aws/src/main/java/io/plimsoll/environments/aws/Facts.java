package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what AWS said of a resource; what it left out stays out. */
final class Facts {
    private final SortedMap<String, String> facts = new TreeMap<>();

    Facts with(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            facts.put(name, value.toString());
        }
        return this;
    }

    Facts with(String name, Collection<String> values) {
        return with(name, String.join(", ", values.stream().sorted().toList()));
    }

    /** A resource with these facts as well; those it has stay. */
    Resource addedTo(Resource resource) {
        SortedMap<String, String> both = new TreeMap<>(facts);
        both.putAll(resource.facts());
        return new Resource(resource.kind(), resource.id(), resource.existedFrom(), resource.existedUntil(), both);
    }

    Resource of(ResourceKind kind, String id) {
        return Resource.of(kind, id, facts);
    }

    Resource of(ResourceKind kind, String id, Optional<Instant> from, Optional<Instant> until) {
        return new Resource(kind, id, from, until, facts);
    }
}
