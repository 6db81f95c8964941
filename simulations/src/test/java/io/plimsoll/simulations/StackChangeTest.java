package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackChangeTest {
    @Test
    void aChangedConfigurationIsNotedOnTheResource() {
        Topology noted = StackChange.noted(
                database(Map.of("version", "8.0.35", "class", "db.t3.small")),
                database(Map.of("version", "8.0.36", "class", "db.t3.large")));

        assertThat(noted.resources().get(0).facts())
                .containsEntry(
                        "changed-during-run", "class from db.t3.small to db.t3.large, version from 8.0.35 to 8.0.36")
                .containsEntry("version", "8.0.36");
    }

    @Test
    void whatComesAndGoesAndWhatFaresOtherwiseIsNoChange() {
        Topology begin = database(Map.of("version", "8.0.35", "status", "available"));
        Topology end = database(Map.of("version", "8.0.35", "status", "rebooting", "class", "db.t3.large"));

        assertThat(StackChange.noted(begin, end)).isEqualTo(end);
        assertThat(StackChange.noted(new Topology(List.of()), end)).isEqualTo(end);
        assertThat(StackChange.noted(begin, new Topology(List.of()))).isEqualTo(new Topology(List.of()));
    }

    private static Topology database(Map<String, String> facts) {
        return new Topology(List.of(Resource.of(ResourceKind.DATABASE, "db", facts)));
    }
}
