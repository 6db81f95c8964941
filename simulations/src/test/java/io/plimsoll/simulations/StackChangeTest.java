package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StackChangeTest {
    @Test
    void aChangedConfigurationIsNotedOnTheResource() {
        Topology noted = StackChange.noted(
                database(Map.of("version", "8.0.35", "class", "db.t3.small")),
                database(Map.of("version", "8.0.36", "class", "db.t3.large")),
                List.of());

        assertThat(noted.resources().get(0).facts())
                .containsEntry(
                        "changed-during-run", "class from db.t3.small to db.t3.large, version from 8.0.35 to 8.0.36")
                .containsEntry("version", "8.0.36");
    }

    @Test
    void whatComesAndGoesAndWhatFaresOtherwiseIsNoChange() {
        Topology begin = database(Map.of("version", "8.0.35", "status", "available"));
        Topology end = database(Map.of("version", "8.0.35", "status", "rebooting", "class", "db.t3.large"));

        assertThat(StackChange.noted(begin, end, List.of())).isEqualTo(end);
        assertThat(StackChange.noted(new Topology(List.of()), end, List.of())).isEqualTo(end);
        assertThat(StackChange.noted(begin, new Topology(List.of()), List.of())).isEqualTo(new Topology(List.of()));
    }

    @Test
    void whatTheRunItselfDidToAResourceIsNoChange() {
        Topology begin = database(Map.of("class", "db.t3.small"));
        Topology end = database(Map.of("class", "db.t3.large"));

        assertThat(StackChange.noted(begin, end, List.of(disturbance("other,db"))))
                .isEqualTo(end);
        assertThat(StackChange.noted(begin, end, List.of(disturbance("other")))).isNotEqualTo(end);
    }

    private static Event disturbance(String resource) {
        return new Event(Instant.EPOCH, Event.Kind.DISTURBANCE, resource, "resized", new TreeMap<>());
    }

    private static Topology database(Map<String, String> facts) {
        return new Topology(List.of(Resource.of(ResourceKind.DATABASE, "db", facts)));
    }
}
