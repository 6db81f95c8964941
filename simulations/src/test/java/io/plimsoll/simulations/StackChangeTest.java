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
    private static final Topology CHANGED =
            database(Map.of("class", "db.t3.large", "changed-during-run", "class from db.t3.small to db.t3.large"));

    @Test
    void whatTheRunItselfDidToAResourceIsNoChange() {
        assertThat(StackChange.byOthers(CHANGED, List.of(disturbance("other,db"))))
                .isEqualTo(database(Map.of("class", "db.t3.large")));
    }

    @Test
    void whatOthersDidStaysMarked() {
        assertThat(StackChange.byOthers(CHANGED, List.of())).isEqualTo(CHANGED);
        assertThat(StackChange.byOthers(CHANGED, List.of(disturbance("other")))).isEqualTo(CHANGED);
    }

    private static Event disturbance(String resource) {
        return new Event(Instant.EPOCH, Event.Kind.DISTURBANCE, resource, "resized", new TreeMap<>());
    }

    private static Topology database(Map<String, String> facts) {
        return new Topology(List.of(Resource.of(ResourceKind.DATABASE, "db", facts)));
    }
}
