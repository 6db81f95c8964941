package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.results.verdict.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMetricsTest {
    private static final String EXAMPLE = OpenMetrics.render(ExampleRun.verdict(Outcome.FAIL), ExampleRun.evidence());
    private static final String HOSTILE = OpenMetrics.render(HostileRun.verdict(), HostileRun.evidence());

    /** The ABNF of a sample line, OpenMetrics 1.0, without exemplars. */
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{((?:[a-zA-Z_][a-zA-Z0-9_]*="
            + "\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\",?)*)\\} (-?[0-9]+(?:\\.[0-9]+)?)(?: ([0-9]+\\.[0-9]{3}))?");

    private static final Pattern METADATA = Pattern.compile("# (TYPE|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyLineIsOfTheGrammarAndNoFamilyIsTornApart(boolean hostile) {
        List<String> lines = (hostile ? HOSTILE : EXAMPLE).lines().toList();
        Set<String> families = new HashSet<>();
        Set<String> points = new HashSet<>();
        String family = "";
        for (String line : lines.subList(0, lines.size() - 1)) {
            Matcher metadata = METADATA.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (metadata.matches()) {
                if (metadata.group(1).equals("TYPE")) {
                    family = metadata.group(2);
                    assertThat(families.add(family)).as(family).isTrue();
                }
                assertThat(metadata.group(2)).isEqualTo(family);
            } else {
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(sample.group(1)).isEqualTo(family);
                assertThat(points.add(sample.group(2) + sample.group(1) + sample.group(4)))
                        .as(line)
                        .isTrue();
            }
        }
        assertThat(lines.get(lines.size() - 1)).isEqualTo("# EOF");
    }

    @Test
    void verdictAndTimelineAreThere() {
        assertThat(EXAMPLE)
                .contains("plimsoll_verdict=\"FAIL\"} 1\n", "plimsoll_verdict=\"PASS\"} 0\n")
                .contains("slo=\"p95(read) <= 500 ms during steady\",outcome=\"FAIL\"} 0\n")
                .contains("# TYPE plimsoll_stack_replica_lag gauge\n")
                .containsPattern("plimsoll_client_offered\\{[^}]*} 80 1795514400\\.000\n")
                .containsPattern(
                        "plimsoll_client_response_seconds\\{[^}]*request=\"read item\",quantile=\"0.99\"} 0\\.\\d+ 17");
    }

    /** The reference parser of the Prometheus project, where it is installed. */
    @Test
    void theReferenceParserAcceptsIt() throws IOException, InterruptedException {
        assumeTrue(
                runs("import prometheus_client.openmetrics.parser"),
                "python3 with prometheus_client (python3-prometheus-client)");
        for (String text : List.of(EXAMPLE, HOSTILE)) {
            Path file = Files.write(directory.resolve("metrics.openmetrics"), text.getBytes(StandardCharsets.UTF_8));

            assertThat(runs("from prometheus_client.openmetrics.parser import text_fd_to_metric_families as p; "
                            + "assert len(list(p(open('" + file + "', encoding='utf-8')))) > 3"))
                    .isTrue();
        }
        Path broken = Files.writeString(directory.resolve("broken"), EXAMPLE.replace("# EOF\n", ""));
        assertThat(runs("from prometheus_client.openmetrics.parser import text_fd_to_metric_families as p; "
                        + "list(p(open('" + broken + "', encoding='utf-8')))"))
                .isFalse();
    }

    private static boolean runs(String program) throws InterruptedException {
        try {
            Process python = new ProcessBuilder("/usr/bin/python3", "-c", program)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = python.waitFor();
            if (code != 0) {
                System.out.println(said);
            }
            return code == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
