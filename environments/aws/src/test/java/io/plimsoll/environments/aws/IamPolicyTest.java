package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The policy file holds exactly the permissions whose calls observing a stack takes: no more, no less. */
class IamPolicyTest {
    private static final Path POLICY = Path.of("iam-policy.json");
    private static final Path CODE = Path.of("src/main/java/io/plimsoll/environments/aws");
    /** Names operations and makes no calls; takes what injectors publish, by permissions of their own. */
    private static final Set<String> NO_OBSERVERS = Set.of("CallPrices.java", "Bucket.java");

    private static final Pattern ACTION = Pattern.compile("\"([a-z0-9]+:[A-Z][A-Za-z0-9]+)\"");

    @Test
    void thePolicyHoldsExactlyWhatTheCodeCalls() throws IOException {
        assertThat(allowed()).containsExactlyElementsOf(called());
        assertThat(called()).hasSizeGreaterThan(25);
    }

    @Test
    void nothingInItChangesAStack() throws IOException {
        assertThat(allowed())
                .allMatch(action -> action.matches("[a-z0-9]+:(Describe|Get|List|Lookup|Filter)[A-Za-z0-9]+"));
    }

    private static Set<String> allowed() throws IOException {
        Set<String> actions = new TreeSet<>();
        for (JsonNode statement : new ObjectMapper().readTree(POLICY.toFile()).path("Statement")) {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            statement.path("Action").forEach(action -> actions.add(action.asText()));
        }
        return actions;
    }

    private static Set<String> called() throws IOException {
        Set<String> actions = new TreeSet<>();
        try (Stream<Path> files = Files.list(CODE)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !NO_OBSERVERS.contains(file.getFileName().toString()))
                    .toList();
            for (Path source : sources) {
                Matcher matcher = ACTION.matcher(Files.readString(source));
                while (matcher.find()) {
                    actions.add(matcher.group(1));
                }
            }
        }
        return actions;
    }
}
