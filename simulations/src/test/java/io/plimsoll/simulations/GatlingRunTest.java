package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.simulations.RunGround.Meanwhile;
import io.plimsoll.simulations.RunGround.Ran;
import io.plimsoll.simulations.cli.PlimsollCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole runs: Gatling as a process of its own, against a local stack that is observed as one in an account is. */
class GatlingRunTest {
    private static final RunGround GROUND = new RunGround(Map.of());
    private static final String PROFILE = """
            [load-test]
            aws_access_key_id = AKIAQYPLANTEDKEY0001
            aws_secret_access_key = wJalrXUtnFEMIplantedSecretKeyEXAMPLEKEY1
            aws_session_token = FwoGZXIvplantedSessionToken000000000000000001
            """;
    /** What of the secrets must be found nowhere, and the account of the local stack, which is asked to be hidden. */
    private static final List<String> PLANTED = List.of(
            "AKIAQYPLANTEDKEY0001",
            "wJalrXUtnFEMIplantedSecretKeyEXAMPLEKEY1",
            "FwoGZXIvplantedSessionToken000000000000000001",
            "planted-bearer-token-0001",
            "planted-database-password-0001",
            "000000000000:");
    /** What the SDK calls an operation and IAM calls otherwise (service authorization reference, Amazon S3). */
    private static final Map<String, String> PERMISSIONS = Map.of(
            "s3:GetBucketEncryption", "s3:GetEncryptionConfiguration",
            "s3:ListBucketMetricsConfigurations", "s3:GetMetricsConfiguration");

    @BeforeAll
    static void writeFiles() {
        GROUND.profile("short", 8);
        GROUND.profile("long", 60);
        traffic("own", "expect: 200 or 404");
        traffic("strict", "expect: 200");
        GROUND.write("aws/credentials", PROFILE);
    }

    /** Three of four requests are for what is not there. */
    private static void traffic(String name, String expect) {
        GROUND.write("simulations/traffic/" + name + ".yaml", """
                traffic: %s
                says: half of the requests ask for what is not there
                seed: 1
                values:
                  item: {uniform: 1000}
                  token: {env: SHOP_TOKEN}
                requests:
                  - name: read
                    weight: 1
                    get: "/items/{item}"
                    headers: {Authorization: "Bearer {token}"}
                    expect: 200
                  - name: write
                    weight: 3
                    get: "/nothing/{item}?password={token}"
                    headers: {Authorization: "Bearer {token}", Cookie: "session={token}"}
                    %s
                """.formatted(name, expect));
    }

    @AfterAll
    static void stop() {
        GROUND.close();
    }

    private static Map<String, String> variables() {
        return Map.of(
                "SHOP_TOKEN",
                "planted-bearer-token-0001",
                "DB_PASSWORD",
                "planted-database-password-0001",
                "AWS_SHARED_CREDENTIALS_FILE",
                GROUND.home().resolve("aws").resolve("credentials").toString());
    }

    private static String plimsoll(String... arguments) {
        StringWriter out = new StringWriter();
        PlimsollCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
        return out.toString();
    }

    @Test
    void aStackThatIsChangedUnderTheRunMakesItInvalidAndNoSecretIsInAnyOutput() throws Exception {
        GROUND.describe("mine", """
                credentials: {profile: load-test}
                stop:
                  - {error-ratio: 5, within: 3 s}
                """);
        Ran ran = GROUND.run(
                variables(),
                going -> {
                    going.await("2/13 s");
                    GROUND.aws(
                            "autoscaling",
                            Map.of(
                                    "Action",
                                    "UpdateAutoScalingGroup",
                                    "Version",
                                    "2011-01-01",
                                    "AutoScalingGroupName",
                                    "plimsoll-web",
                                    "MaxSize",
                                    "7"));
                },
                "-Denvironment=mine",
                "-Dprofile=short",
                "-Dtraffic=own");

        Evidence evidence = ran.evidence();
        assertThat(evidence.facts().state()).as(ran.said()).isEqualTo(RunFacts.State.COMPLETE);
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.derived("verdict.json"))
                .containsPattern("scaling group plimsoll-web changed: max from \\d to 7");
        assertThat(evidence.facts().versions())
                .containsKeys("stack", "stack at the end")
                .hasEntrySatisfying("stack", print -> assertThat(print).matches("[0-9a-f]{16}"));
        assertThat(ran.derived("report.html"))
                .contains("Version: stack", evidence.facts().versions().get("stack"), "max from");
        assertCallsAreAllowed(evidence);
        GROUND.write("export.txt", plimsoll("export", ran.path().toString()));
        GROUND.write("judge.txt", plimsoll("judge", ran.path().toString()));
        assertNothingPlantedIn(GROUND.home(), Set.of("aws"));
    }

    /** The calls of this run, with their permissions, are all in the policy; and it makes most of those. */
    private static void assertCallsAreAllowed(Evidence evidence) throws IOException {
        Path policy = RunOptions.home(Path.of(""))
                .resolve("environments")
                .resolve("aws")
                .resolve("iam-policy.json");
        Set<String> allowed = Pattern.compile("\"([a-z0-9]+:[A-Z]\\w+)\"")
                .matcher(Files.readString(policy))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Long> calls = evidence.facts().collection().orElseThrow().apiCalls();
        assertThat(calls.keySet().stream().map(call -> PERMISSIONS.getOrDefault(call, call)))
                .isSubsetOf(allowed)
                .hasSizeGreaterThan(20);
    }

    private static void assertNothingPlantedIn(Path directory, Set<String> where) throws IOException {
        int searched = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (where.contains(directory.relativize(file).getName(0).toString())) {
                    continue; // planted here
                }
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(PLANTED).as(file.toString()).noneMatch(text::contains);
                searched++;
            }
        }
        assertThat(searched).isGreaterThan(30); // evidence, reports, Gatling's log and pages, consoles, an export
    }

    @Test
    void errorsEndARunEarlyWithItsEvidence() throws InterruptedException {
        GROUND.describe("erring", "stop:\n  - {error-ratio: 50, within: 3 s}\n");
        Ran ran = GROUND.run(
                variables(), Meanwhile.NOTHING, "-Denvironment=erring", "-Dprofile=long", "-Dtraffic=strict");
        assertStopped(ran, "stopped early: error ratio above 50.0 % within 3 s: it was ");
        // Three requests of four are expected to answer otherwise than they do; which ones is up to chance.
        assertThat(ran.evidence().facts().stateReason()).containsPattern("it was ([5-9]\\d\\.\\d|100\\.0) %$");
    }

    @Test
    void slownessEndsARunEarlyWithItsEvidence() throws InterruptedException {
        GROUND.describe("slow", "stop:\n  - {latency: 1 ms, percentile: 95, within: 3 s}\n");
        Ran ran = GROUND.run(variables(), Meanwhile.NOTHING, "-Denvironment=slow", "-Dprofile=long", "-Dtraffic=own");
        assertStopped(ran, "stopped early: p95.0 above 1 ms within 3 s: it was ");
    }

    @Test
    void anAlarmEndsARunEarlyAndOneThatIsNotThereIsRefused() throws InterruptedException {
        GROUND.describe("alarmed", "stop:\n  - {alarm: checkout-is-down}\n");
        String[] options = {"-Denvironment=alarmed", "-Dprofile=long", "-Dtraffic=own"};
        Ran refused = GROUND.run(variables(), Meanwhile.NOTHING, options);
        assertThat(refused.exitCode()).isEqualTo(64);
        assertThat(refused.said())
                .contains("the environment is not ready:")
                .contains("there is no alarm checkout-is-down in us-east-1, and so nothing that would stop a run");

        alarm("OK");
        Ran ran = GROUND.run(
                variables(),
                going -> {
                    going.await("2/65 s");
                    alarm("ALARM");
                },
                options);
        assertStopped(ran, "stopped early: alarm checkout-is-down is in state ALARM");
    }

    /** An alarm on a metric that nobody publishes keeps the state it is given. */
    private static void alarm(String state) throws InterruptedException {
        Map<String, String> alarm = Map.ofEntries(
                Map.entry("Action", "PutMetricAlarm"),
                Map.entry("Version", "2010-08-01"),
                Map.entry("AlarmName", "checkout-is-down"),
                Map.entry("Namespace", "Shop/Checkout"),
                Map.entry("MetricName", "Down"),
                Map.entry("Statistic", "Sum"),
                Map.entry("Period", "60"),
                Map.entry("EvaluationPeriods", "1"),
                Map.entry("Threshold", "0"),
                Map.entry("ComparisonOperator", "GreaterThanThreshold"),
                Map.entry("TreatMissingData", "ignore"));
        if (state.equals("OK")) {
            GROUND.aws("monitoring", alarm);
        }
        GROUND.aws(
                "monitoring",
                Map.of(
                        "Action",
                        "SetAlarmState",
                        "Version",
                        "2010-08-01",
                        "AlarmName",
                        "checkout-is-down",
                        "StateValue",
                        state,
                        "StateReason",
                        "drill"));
    }

    private static void assertStopped(Ran ran, String reason) {
        Evidence evidence = ran.evidence();
        assertThat(evidence.facts().stateReason()).as(ran.said()).startsWith(reason);
        assertThat(evidence.facts().state()).isEqualTo(RunFacts.State.ABORTED);
        assertThat(ran.said()).contains("Stopping early: ", "VERDICT: INVALID");
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.derived("verdict.json"))
                .contains("the run cannot be relied on: run complete (the run was aborted: " + reason);
        assertThat(evidence.faults()).isEmpty();
        assertThat(evidence.facts().versions()).containsKey("stack").doesNotContainKey("stack at the end");
        // Users that were under way when it was stopped did not end; every byte was read.
        assertThat(evidence.integrity().trailingBytes()).isZero();
        assertThat(evidence.integrity().faults()).allMatch(fault -> fault.contains("user"));
        assertThat(evidence.series()).isNotEmpty();
        double offered = evidence.facts().plan().orElseThrow().phases().stream()
                .mapToDouble(phase -> phase.offeredRequests())
                .sum();
        assertThat(evidence.integrity().requests()).isPositive().isLessThan(Math.round(offered / 2));
    }
}
