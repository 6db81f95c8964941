package io.plimsoll.environments.aws.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema that editors use offers exactly the keys that the reader takes. */
class SchemaTest {
    private static final Path SCHEMA = Path.of("../environment.schema.json");

    private static JsonNode at(String path) throws IOException {
        return new ObjectMapper().readTree(SCHEMA.toFile()).at(path);
    }

    private static List<String> keys(String path) throws IOException {
        assertThat(at(path).path("additionalProperties").asBoolean(true))
                .as(path)
                .isFalse();
        List<String> keys = new ArrayList<>();
        at(path + "/properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void theSchemaHoldsExactlyTheKeysOfTheReader() throws IOException {
        assertThat(keys("")).containsExactlyInAnyOrderElementsOf(EnvironmentFile.KEYS);
        assertThat(keys("/properties/find")).containsExactlyInAnyOrderElementsOf(FindSection.keys());
        assertThat(keys("/properties/find/properties/correct/additionalProperties"))
                .containsExactlyInAnyOrderElementsOf(CorrectSection.KEYS);
        assertThat(keys("/properties/find/properties/elsewhere/additionalProperties"))
                .containsExactlyInAnyOrderElementsOf(FindSection.keysElsewhere());
        assertThat(keys("/properties/load")).containsExactlyInAnyOrderElementsOf(LoadSection.KEYS);
        assertThat(keys("/properties/observe")).containsExactlyInAnyOrderElementsOf(ObserveSection.KEYS);
        assertThat(keys("/properties/metrics/items")).containsExactlyInAnyOrderElementsOf(MetricsSection.KEYS);
        assertThat(keys("/properties/stop/items")).containsExactlyInAnyOrderElementsOf(StopSection.KEYS);
    }

    @Test
    void theExampleOfAStackInAnAccountIsValid() {
        Environment staging = EnvironmentFile.load(Path.of("../staging.yaml"));
        assertThat(staging.find().loadBalancer()).contains("staging-lb");
        assertThat(staging.stop()).isEmpty();
    }
}
