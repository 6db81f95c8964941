package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The workflows that are ready to copy, by the schema that editors use: {@code github-workflow.json} of SchemaStore (commit
 * 3b6446ad8a07, Apache-2.0), unchanged.
 */
class WorkflowSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Set<String> problems(String workflow) throws IOException {
        try (InputStream text = WorkflowSchemaTest.class.getResourceAsStream("github-workflow.json")) {
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(Objects.requireNonNull(text));
            return schema.validate(read(workflow)).stream()
                    .map(problem -> problem.getMessage())
                    .collect(Collectors.toSet());
        }
    }

    /** To YAML 1.1 the key {@code on} is a truth. */
    private static JsonNode read(String workflow) {
        Map<Object, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(workflow);
        Map<String, Object> named = new LinkedHashMap<>();
        read.forEach((key, value) -> named.put(key.equals(true) ? "on" : key.toString(), value));
        return JSON.valueToTree(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci/github-nightly.yml", "../.github/workflows/ci.yml"})
    void theWorkflowFollowsGitHubsSchema(String file) throws IOException {
        assertThat(problems(Files.readString(Path.of(file)))).isEmpty();
    }

    @Test
    void aMisspeltKeyWouldBeFound() throws IOException {
        String wrong = Files.readString(Path.of("ci/github-nightly.yml")).replaceFirst("runs-on:", "run-on:");

        assertThat(problems(wrong)).isNotEmpty();
    }
}
