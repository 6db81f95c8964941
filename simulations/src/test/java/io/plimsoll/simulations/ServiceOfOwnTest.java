package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.simulations.RunGround.Meanwhile;
import io.plimsoll.simulations.RunGround.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows the README's 'A service of your own', with the files as they stand there, against an nginx, with the local stack's
 * endpoint for AWS. Skipped where nginx is missing.
 */
class ServiceOfOwnTest {
    @TempDir
    Path directory = Path.of("");

    /** The README's block of YAML that begins so. */
    private static String block(String begins) throws IOException {
        Matcher block = Pattern.compile("```yaml\n(" + begins + "\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(RunOptions.home(Path.of("")).resolve("README.md")));
        assertThat(block.find()).as(begins).isTrue();
        return block.group(1);
    }

    @Test
    void theReadmesFilesLoadAServerThatNobodyHereWroteAndEndInAVerdict() throws Exception {
        assumeTrue(Nginx.installed().isPresent(), "nginx is not installed");
        try (RunGround ground = new RunGround(Map.of());
                Nginx nginx = Nginx.start(directory)) {
            ground.describe("mine", "");
            ground.edit(
                    "environments/mine.yaml",
                    ground.stack().baseUrl().toString(),
                    nginx.url().toString());
            ground.edit("environments/mine.yaml", "stages: [auto-scaled]", "stages: [shop]");
            ground.write("simulations/traffic/shop.yaml", block("traffic: shop"));
            ground.write("simulations/traffic/users.csv", "login,password\nada,one\ngrace,two\n");
            // A machine that runs tests is busy with others: whether nginx is quick is not the question here.
            ground.write("assertions/stages/shop.yaml", block("stage: shop").replace("<= 200 ms", "<= 10 s"));

            Ran ran = ground.run(
                    Map.of(),
                    Meanwhile.NOTHING,
                    "-Denvironment=mine",
                    "-Dstage=shop",
                    "-Dtraffic=shop",
                    "-Dclaims=shop-1");

            assertThat(ran.said()).contains("VERDICT: ");
            assertThat(ran.evidence().facts().state()).as(ran.said()).isEqualTo(RunFacts.State.COMPLETE);
            assertTheServerAnsweredWhatTheClientCounted(nginx, ran.evidence().client());
            String verdict = new ObjectMapper()
                    .readTree(ran.derived("verdict.json"))
                    .path("verdict")
                    .asText();
            // INVALID is left to a machine on which the injector starves.
            assertThat(verdict).as(ran.said()).isIn("PASS", "INVALID");
            assertThat(ran.exitCode()).isEqualTo(verdict.equals("PASS") ? 0 : 4);
        }
    }

    private static void assertTheServerAnsweredWhatTheClientCounted(Nginx nginx, ClientRecord client)
            throws IOException {
        Map<String, Pattern> logged = Map.of(
                "browse", Pattern.compile("GET /shop/\\d+ 200"),
                "login", Pattern.compile("POST /login 200"),
                "order", Pattern.compile("POST /orders 201"));
        assertThat(client.count(Set.of(), EnumSet.of(RequestOutcome.KO), client.span()))
                .isZero();
        for (Map.Entry<String, Pattern> each : logged.entrySet()) {
            long answered = nginx.answered().stream()
                    .filter(each.getValue().asMatchPredicate())
                    .count();
            assertThat(answered)
                    .as(each.getKey())
                    .isPositive()
                    .isEqualTo(client.count(Set.of(each.getKey()), EnumSet.of(RequestOutcome.OK), client.span()));
        }
    }
}
