package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.plimsoll.results.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code results/verdict.schema.json} says what {@code verdict.json} holds: nothing less, nothing more. */
class VerdictSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("verdict.schema.json")));
    }

    private static Set<ValidationMessage> problems(JsonNode verdict) throws IOException {
        return schema().validate(verdict);
    }

    @Test
    void aSearchForCapacityIsOfTheSchema() throws IOException {
        assertThat(problems(JSON.readTree(VerdictJson.render(
                        ExampleRun.verdict(Outcome.PASS),
                        Optional.of(ExampleCapacity.result()),
                        ExampleCapacity.attached().limits()))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"PASS", "FAIL", "INCONCLUSIVE", "INVALID"})
    void everyVerdictIsOfTheSchema(Outcome outcome) throws IOException {
        assertThat(problems(JSON.readTree(VerdictJson.render(ExampleRun.verdict(outcome), Optional.empty()))))
                .isEmpty();
    }

    @Test
    void hostileAndEmptyVerdictsAreToo() throws IOException {
        assertThat(problems(JSON.readTree(VerdictJson.render(HostileRun.verdict(), Optional.empty()))))
                .isEmpty();
        assertThat(problems(JSON.readTree(VerdictJson.render(ExampleRun.empty(), Optional.empty()))))
                .isEmpty();
    }

    @Test
    void whatIsNotAVerdictIsRefused() throws IOException {
        JsonNode whole = JSON.readTree(VerdictJson.render(ExampleRun.verdict(Outcome.PASS), Optional.empty()));
        for (String name : List.of("verdict", "reason", "runId", "coverage", "validity", "slos", "claims")) {
            ObjectNode less = whole.deepCopy();
            less.remove(name);
            assertThat(problems(less)).as("without " + name).isNotEmpty();
        }
        ObjectNode more = whole.deepCopy();
        more.put("passed", true);
        assertThat(problems(more)).isNotEmpty();
        ObjectNode other = whole.deepCopy();
        other.put("verdict", "NOT TESTED");
        assertThat(problems(other)).isNotEmpty();
    }
}
