package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.EndpointFixture.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS command line, as a person would use it. */
class AwsCliTest {
    private static final String NEEDED = "this test needs the AWS command line: apt-get install -y awscli";

    @TempDir
    Path home;

    private final EndpointFixture fixture = new EndpointFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private String aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "aws",
                "--endpoint-url",
                fixture.endpoint.uri().toString(),
                "--region",
                "us-east-1",
                "--output",
                "text"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", "local",
                        "AWS_SECRET_ACCESS_KEY", "local",
                        "AWS_CONFIG_FILE", home.resolve("config").toString(),
                        "AWS_SHARED_CREDENTIALS_FILE",
                                home.resolve("credentials").toString(),
                        "AWS_PAGER", ""));
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return output.strip();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("aws", "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void thePersonAtTheCommandLineSeesAndChangesTheGroup() throws Exception {
        assumeTrue(isInstalled(), NEEDED);
        fixture.scaledOut();

        aws("autoscaling", "set-desired-capacity", "--auto-scaling-group-name", GROUP, "--desired-capacity", "3");

        assertThat(aws(
                        "autoscaling",
                        "describe-auto-scaling-groups",
                        "--query",
                        "AutoScalingGroups[0].DesiredCapacity"))
                .isEqualTo("3");
        assertThat(aws("cloudtrail", "lookup-events", "--query", "Events[0].EventName"))
                .isEqualTo("SetDesiredCapacity");
        assertThat(aws(
                        "autoscaling",
                        "set-desired-capacity",
                        "--auto-scaling-group-name",
                        GROUP,
                        "--desired-capacity",
                        "9"))
                .endsWith("An error occurred (ValidationError) when calling the SetDesiredCapacity operation: New"
                        + " SetDesiredCapacity value 9 is above max value 4 for the AutoScalingGroup.");
    }
}
