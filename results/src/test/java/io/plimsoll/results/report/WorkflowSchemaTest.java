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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The workflows that are ready to copy, by schema: GitHub's and GitLab's by those that editors use, CodeBuild's by one written
 * from AWS's reference. The file NOTICE beside them says where each is from.
 */
class WorkflowSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Set<String> problems(String schemaFile, String workflow) throws IOException {
        try (InputStream text = WorkflowSchemaTest.class.getResourceAsStream(schemaFile)) {
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
    @CsvSource({
        "github-workflow.json, ci/github-nightly.yml",
        "github-workflow.json, ../.github/workflows/ci.yml",
        "gitlab-ci.json, ci/gitlab-nightly.yml",
        "buildspec.json, ci/buildspec.yml"
    })
    void theWorkflowFollowsItsSchema(String schema, String file) throws IOException {
        assertThat(problems(schema, Files.readString(Path.of(file)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "github-workflow.json, ci/github-nightly.yml, runs-on:, run-on:",
        "gitlab-ci.json, ci/gitlab-nightly.yml, expose_as:, expose-as:",
        "gitlab-ci.json, ci/gitlab-nightly.yml, when: always, when: ever",
        "gitlab-ci.json, ci/gitlab-nightly.yml, id_tokens:, id-tokens:",
        "buildspec.json, ci/buildspec.yml, post_build:, post-build:",
        "buildspec.json, ci/buildspec.yml, JUNITXML, JUNIT",
        "buildspec.json, ci/buildspec.yml, base-directory:, base_directory:"
    })
    void whatIsMisspeltWouldBeFound(String schema, String file, String right, String wrong) throws IOException {
        String text = Files.readString(Path.of(file));

        assertThat(text).contains(right);
        assertThat(problems(schema, text.replace(right, wrong))).isNotEmpty();
    }
}
