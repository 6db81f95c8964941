package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.simulations.cli.PlimsollCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Asks the doctor about a stack of which much cannot be seen: permissions are missing, and group metrics are off. */
class DoctorTest {
    private static final RunGround GROUND = new RunGround(
            Map.of(
                    "stack.faults.refuse",
                    "[DescribeScalingActivities, DescribeAlarmHistory, DescribeDBInstances, DescribeCacheClusters, LookupEvents,"
                            + " FilterLogEvents, ListDistributions, ListHealthChecks, DescribeSecurityGroups, DescribeVolumes]"));

    @AfterAll
    static void stop() {
        GROUND.close();
    }

    @Test
    void whatAPersonMustDoIsOnOneScreen() throws InterruptedException {
        for (String group : List.of("plimsoll-web", "plimsoll-read", "plimsoll-write")) {
            GROUND.aws(
                    "autoscaling",
                    Map.of(
                            "Action",
                            "DisableMetricsCollection",
                            "Version",
                            "2011-01-01",
                            "AutoScalingGroupName",
                            group));
        }
        Path file = GROUND.describe("mine", "");
        StringWriter out = new StringWriter();
        int exitCode = PlimsollCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("doctor", file.toString());
        String said = out.toString();

        assertThat(exitCode).as(said).isEqualTo(3);
        assertThat(said)
                .contains("BLIND stack           databases are not seen: permission rds:DescribeDBInstances is missing")
                .contains("BLIND events          scaling activities: permission autoscaling:DescribeScalingActivities")
                .contains("do: allow it in IAM: environments/aws/iam-policy.json holds every permission that is needed")
                .contains("are off for plimsoll-read, plimsoll-web, plimsoll-write")
                .contains("do: aws autoscaling enable-metrics-collection --granularity 1Minute"
                        + " --auto-scaling-group-name plimsoll-read, and so for each")
                .contains("INCONCLUSIVE  claims ");
        assertThat(said.lines()).as(said).hasSizeLessThanOrEqualTo(40);
        assertThat(said.lines()).allMatch(line -> line.length() <= 320);
    }
}
