package io.plimsoll.environments.aws.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.document.DocumentException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentFileTest {
    private static final Path ENVIRONMENTS = Path.of("..");

    private static final String STAGING = """
            environment: staging
            kind: aws
            region: us-east-1
            base-url: https://staging.example.com
            stages: [auto-scaled]
            load:
              allowed-hosts: [staging.example.com]
              max-requests-per-second: 1000
              max-requests: 200000
              max-duration: 10 min
              base-requests-per-second: 80
              peak-requests-per-second: 320
            observe:
              period: 1 min
              target-health-poll: 5 s
              live-metrics: false
              settle-quiet: 3 min
              settle-deadline: 15 min
            find:
              load-balancer: staging-lb
            """;

    private static final String LOCAL = STAGING.replace("kind: aws", "kind: embedded")
                    .replace("base-url: https://staging.example.com\n", "")
                    .replace("[staging.example.com]", "[127.0.0.1]")
            + "stack:\n  zones: [us-east-1a]\n";

    @Test
    void theLocalFileOfTheRepositoryIsValid() {
        Environment local = EnvironmentFiles.named(ENVIRONMENTS, "local");
        assertThat(local.embedded()).isTrue();
        assertThat(local.timeScale()).isEqualTo(0.05);
        assertThat(local.stages()).contains("auto-scaled");
        assertThat(local.rates()).isEqualTo(new LoadRates(80, 320));
        assertThat(local.permission())
                .isEqualTo(new LoadPermission(List.of("127.0.0.1"), 1000, 200_000, Duration.ofMinutes(10), true));
        assertThat(local.observe())
                .isEqualTo(new Observing(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        true,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(15)));
        assertThat(local.find())
                .isEqualTo(new Landmarks(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new TreeMap<>(Map.of("stack", "plimsoll")),
                        Map.of(),
                        Set.of()));
        assertThat(local.placement())
                .isInstanceOfSatisfying(
                        Placement.Embedded.class,
                        embedded -> assertThat(embedded.stack().keys()).contains("zones", "parts", "faults"));
    }

    @Test
    void theStagingFileOfTheRepositoryIsValid() {
        Environment staging = EnvironmentFiles.named(ENVIRONMENTS, "staging");
        assertThat(staging.deployed())
                .isEqualTo(new Deployed(
                        staging,
                        URI.create("https://staging.example.com"),
                        Optional.empty(),
                        new Credentials.DefaultChain()));
        assertThat(staging.timeScale()).isEqualTo(1);
    }

    @Test
    void anUnknownNameListsTheValidOnesWithASuggestion() {
        assertThatThrownBy(() -> EnvironmentFiles.named(ENVIRONMENTS, "stagin"))
                .isInstanceOf(DocumentException.class)
                .hasMessage("..: unknown environment 'stagin'; did you mean 'staging'? Valid: local, staging");
    }

    @Test
    void aNameThatLeavesTheDirectoryIsUnknown() {
        assertThatThrownBy(() -> EnvironmentFiles.named(ENVIRONMENTS, "aws/../local"))
                .hasMessage("..: unknown environment 'aws/../local'. Valid: local, staging");
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThatThrownBy(() -> EnvironmentFiles.named(Path.of("no-such-place"), "local"))
                .hasMessage("no-such-place: no such directory;"
                        + " environment files such as local.yaml are looked for there");
    }

    @Test
    void aDirectoryWithoutEnvironmentsIsNamed(@TempDir Path directory) {
        assertThatThrownBy(() -> EnvironmentFiles.named(directory, "local"))
                .hasMessage(directory + ": holds no environment file such as local.yaml");
    }

    @Test
    void aFileMustBeNamedAfterItsEnvironment(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("stage.yaml");
        Files.writeString(file, STAGING);
        assertThatThrownBy(() -> EnvironmentFile.load(file))
                .hasMessage(file + ":1: environment: must be the file's name, 'stage', was 'staging'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "kind: aws | kind: asw | 2: kind: unknown value 'asw'. Valid: aws, embedded",
                "region: us-east-1 | region: useast | 3: region: must be an AWS region such as 'us-east-1', was 'useast'",
                "environment: staging | environment: Staging | 1: environment: must be lower-case letters, digits and"
                        + " hyphens, beginning with a letter, was 'Staging'",
                "stages: [auto-scaled] | stages: [] | 5: stages: must name a stage",
                "stages: [auto-scaled] | stage: [auto-scaled] | 5: unknown key 'stage'; did you mean 'stages'? Valid:"
                        + " base-url, cannot-show, credentials, disturb, endpoint, environment, find,"
                        + " i-know-this-is-production, kind, load, metrics, observe, prices, probe, region, stack,"
                        + " stages, stop, time-scale",
                "max-requests: 200000 | max-requests: 0 | 9: load.max-requests: must be in [1, 2147483647], was '0'",
                "max-requests: 200000 | max-requests: 1.5 | 9: load.max-requests: must be a whole number, was '1.5'",
                "max-duration: 10 min | max-duration: 10 | 10: load.max-duration: must be a duration such as '500 ms',"
                        + " '30 s' or '7 min', was '10'",
                "max-duration: 10 min | max-duration: 0 s | 10: load.max-duration: must be > 0, was '0 s'",
                "base-requests-per-second: 80 | base-requests-per-second: 321 | 11: load.base-requests-per-second: must"
                        + " be at most load.peak-requests-per-second (320), was '321'",
                "base-requests-per-second: 80 | base-requests-per-second: 0 | 11: load.base-requests-per-second: must be"
                        + " > 0, was '0'",
                "peak-requests-per-second: 320 | peak-requests-per-second: 1000.5 | 12: load.peak-requests-per-second:"
                        + " must be at most load.max-requests-per-second (1000), was '1000.5'",
                "[staging.example.com] | [] | 7: load.allowed-hosts: must name a host",
                "[staging.example.com] | [\"*.example.com\"] | 7: load.allowed-hosts[0]: must be a host name or address,"
                        + " without scheme, port, path or wildcard, was '*.example.com'",
                "period: 1 min | period: 1500 ms | 14: observe.period: must be 1 s, 5 s, 10 s, 20 s, 30 s or whole"
                        + " minutes, was '1500 ms'",
                "period: 1 min | period: 7 s | 14: observe.period: must be 1 s, 5 s, 10 s, 20 s, 30 s or whole minutes,"
                        + " was '7 s'",
                "period: 1 min | period: 30 s | 14: observe.period: must be whole minutes on AWS, whose services publish"
                        + " no shorter period, was '30 s'",
                "poll: 5 s | poll: 999 ms | 15: observe.target-health-poll: must be in [1 s, 1 min], was '999 ms'",
                "poll: 5 s | poll: 61 s | 15: observe.target-health-poll: must be in [1 s, 1 min], was '61 s'",
                "settle-quiet: 3 min | settle-quiet: 15 min | 17: observe.settle-quiet: must be less than"
                        + " observe.settle-deadline (15 min), was '15 min'",
                "settle-quiet: 3 min | settle-quiet: 0 s | 17: observe.settle-quiet: must be > 0, was '0 s'",
                "live-metrics: false | live-metrics: maybe | 16: observe.live-metrics: unknown value 'maybe'. Valid:"
                        + " false, true",
                "  load-balancer: staging-lb | {} | 20: find: must name a load-balancer, an instance, a database, a cache or tags",
                "load-balancer: staging-lb | balancer: staging-lb | 20: unknown key 'find.balancer'. Valid:"
                        + " find.buckets, find.cache, find.cloudformation-stack, find.correct, find.database,"
                        + " find.dead-letter-queues, find.distributions, find.elsewhere, find.functions, find.health-checks,"
                        + " find.ignore, find.instance, find.instances, find.load-balancer, find.load-balancers,"
                        + " find.log-groups, find.queues, find.shards,"
                        + " find.tables, find.tags, find.warehouses",
                "https://staging.example.com | https://other.example.com | 4: base-url: its host must be in"
                        + " load.allowed-hosts (staging.example.com), was 'https://other.example.com'",
                "https://staging.example.com | staging.example.com | 4: base-url: must be a URL such as"
                        + " 'https://staging.example.com', was 'staging.example.com'",
                "https://staging.example.com | https://me@staging.example.com | 4: base-url: must have no user, query or"
                        + " fragment, was 'https://me@staging.example.com'",
            })
    void aWrongValueIsNamedWithFileLineKeyRuleAndValue(String right, String wrong, String message) {
        assertThatThrownBy(() -> EnvironmentFile.parse("staging.yaml", STAGING.replace(right, wrong)))
                .isInstanceOf(DocumentException.class)
                .hasMessage("staging.yaml:" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time-scale: 0.5 | must be 1 on AWS, was '0.5'",
                "time-scale: 0 | must be in (0, 1], was '0'",
                "time-scale: 1.1 | must be in [0, 1], was '1.1'",
                "stack: {} | is only for kind embedded",
                "endpoint: ftp://127.0.0.1 | must be a URL such as 'https://staging.example.com', was 'ftp://127.0.0.1'",
                "credentials: {} | must have either profile or role-arn",
                "credentials: {profile: a, role-arn: 'arn:aws:iam::123456789012:role/b'} | must have either profile or"
                        + " role-arn",
            })
    void aFurtherKeyThatIsWrongIsNamed(String line, String message) {
        String key = line.substring(0, line.indexOf(':'));
        assertThatThrownBy(() -> EnvironmentFile.parse("staging.yaml", STAGING + line + "\n"))
                .hasMessage("staging.yaml:21: " + key + ": " + message);
    }

    @Test
    void anAwsEnvironmentNeedsABaseUrl() {
        assertThatThrownBy(() -> EnvironmentFile.parse(
                        "staging.yaml", STAGING.replace("base-url: https://staging.example.com\n", "")))
                .hasMessage("staging.yaml:1: key 'base-url' is required");
    }

    @Test
    void credentialsAreAProfileOrARole() {
        String role = "arn:aws:iam::123456789012:role/load-test";
        assertThat(aws(STAGING + "credentials:\n  profile: load\n").credentials())
                .isEqualTo(new Credentials.Profile("load"));
        assertThat(aws(STAGING + "credentials:\n  role-arn: " + role + "\n").credentials())
                .isEqualTo(new Credentials.Role(role));
        assertThatThrownBy(() -> aws(STAGING + "credentials:\n  role-arn: load-test\n"))
                .hasMessage("staging.yaml:22: credentials.role-arn: must be a role's ARN such as"
                        + " 'arn:aws:iam::123456789012:role/load-test', was 'load-test'");
    }

    @Test
    void anAwsCompatibleEndpointMayHaveShortPeriodsAndScaledTime() {
        String text = STAGING.replace("period: 1 min", "period: 1 s").replace("poll: 5 s", "poll: 100 ms")
                + "endpoint: http://127.0.0.1:4566\ntime-scale: 0.05\n";
        assertThat(aws(text).endpoint()).contains(URI.create("http://127.0.0.1:4566"));
    }

    @ParameterizedTest
    @CsvSource({
        "shop-prod, shop.example.com, environment",
        "production, shop.example.com, environment",
        "live-2, shop.example.com, environment",
        "shop, prod1.example.com, base-url",
        "shop, www.live.example.com, base-url",
        "shop, eu-PRODUCTION.example.com, base-url",
    })
    void whatLooksLikeProductionMustBeAcknowledged(String name, String host, String key) {
        String text =
                STAGING.replace("environment: staging", "environment: " + name).replace("staging.example.com", host);
        assertThatThrownBy(() -> EnvironmentFile.parse("shop.yaml", text))
                .hasMessageContaining(": " + key
                        + ": looks like production: must come with 'i-know-this-is-production: true', was '");
        assertThatThrownBy(() -> EnvironmentFile.parse("shop.yaml", text + "i-know-this-is-production: false\n"))
                .hasMessageContaining("looks like production");
        assertThat(aws(text + "i-know-this-is-production: true\n").baseUrl().getHost())
                .isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({"product, delivery.example.com", "reproduction, olive.example.com", "alive, nonprod.example.com"})
    void aWordThatOnlyContainsOneOfThemIsNotProduction(String name, String host) {
        String text =
                STAGING.replace("environment: staging", "environment: " + name).replace("staging.example.com", host);
        assertThat(aws(text).baseUrl().getHost()).isEqualTo(host);
    }

    @Test
    void anEmbeddedEnvironmentAllowsLoopbackOnly() {
        assertThat(EnvironmentFile.parse("local.yaml", LOCAL).embedded()).isTrue();
        assertThatThrownBy(() ->
                        EnvironmentFile.parse("local.yaml", LOCAL.replace("[127.0.0.1]", "[127.0.0.1, example.com]")))
                .hasMessage(
                        "local.yaml:6: load.allowed-hosts[1]: must be a loopback address in an embedded environment,"
                                + " was 'example.com'");
    }

    @Test
    void anEmbeddedEnvironmentHasNoAddressOfItsOwn() {
        assertThatThrownBy(() -> EnvironmentFile.parse("local.yaml", LOCAL + "base-url: http://127.0.0.1:8080\n"))
                .hasMessage(
                        "local.yaml:22: base-url: is only for kind aws: an embedded stack says its addresses itself,"
                                + " was 'http://127.0.0.1:8080'");
    }

    @Test
    void anEmbeddedEnvironmentNeedsAStack() {
        assertThatThrownBy(
                        () -> EnvironmentFile.parse("local.yaml", LOCAL.replace("stack:\n  zones: [us-east-1a]\n", "")))
                .hasMessage("local.yaml:1: key 'stack' is required");
    }

    @Test
    void anEmbeddedEnvironmentIsDeployedAtLoopbackAddressesOnly() {
        Environment local = EnvironmentFile.parse("local.yaml", LOCAL);
        URI service = URI.create("http://127.0.0.1:8080");
        URI endpoint = URI.create("http://[::1]:4566");
        assertThat(local.at(service, endpoint))
                .isEqualTo(new Deployed(local, service, Optional.of(endpoint), new Credentials.Embedded()));
        assertThatThrownBy(() -> local.at(service, URI.create("http://127.0.0.1.example.com")))
                .hasMessage("environment staging: an embedded stack must be on loopback, was"
                        + " http://127.0.0.1.example.com");
        assertThatThrownBy(local::deployed)
                .hasMessage("environment staging: is embedded, its addresses are known once it is up");
    }

    private static Placement.Aws aws(String text) {
        return (Placement.Aws) EnvironmentFile.parse("staging.yaml", text).placement();
    }
}
