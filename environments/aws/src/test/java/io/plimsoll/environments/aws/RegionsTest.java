package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.aws.WireAws.Call;
import io.plimsoll.environments.aws.descriptor.Correction;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Series.Completeness;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stack of two regions, over HTTP: each is asked about its own parts, and what is found wrong is put right. */
class RegionsTest {
    private static final String EUROPE = "eu-west-1";

    private final FakeTime time = new FakeTime();
    private final WireAws aws = new WireAws(time);

    private static Landmarks balancer(Map<String, Correction> corrections, Map<String, Landmarks> elsewhere) {
        return new Landmarks(
                Optional.of("shop-lb"),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                Map.of(),
                Set.of(),
                new TreeMap<>(corrections),
                new TreeMap<>(elsewhere));
    }

    private static Correction correction(Optional<ResourceKind> kind, Map<String, String> facts) {
        return new Correction(kind, new TreeMap<>(facts));
    }

    private static Environment shop(Map<String, Correction> corrections, Map<String, Landmarks> elsewhere) {
        return Descriptors.looking(balancer(corrections, elsewhere));
    }

    private static Landmarks europe() {
        return new Landmarks(Optional.empty(), Optional.of("shop-db-eu"), Optional.empty());
    }

    private AwsClients open(Environment environment) {
        return AwsClients.open(environment.at(aws.address(), aws.address()), time);
    }

    /** A database in each region, and the instances of one in neither. */
    private void tellDatabases(String home, String europe) {
        WireStack.in(aws, 2);
        aws.on("rds:DescribeDBInstances", call -> {
            String id = call.region().equals(EUROPE) ? europe : home;
            return WireStack.query(
                    call,
                    "<DBInstances><DBInstance><DBInstanceIdentifier>" + id
                            + "</DBInstanceIdentifier><Engine>mysql</Engine><DBInstanceArn>arn:aws:rds:" + call.region()
                            + ":123456789012:db:" + id
                            + "</DBInstanceArn><DBInstanceClass>db.t4g.medium</DBInstanceClass>"
                            + "<DBSubnetGroup><VpcId>vpc-1</VpcId></DBSubnetGroup></DBInstance></DBInstances>");
        });
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private static Resource part(Topology topology, String id) {
        return topology.resources().stream()
                .filter(part -> part.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachMetricIsPulledFromTheRegionOfItsPart() throws InterruptedException {
        tellDatabases("shop-db", "shop-db-eu");
        Environment environment = shop(Map.of(), Map.of(EUROPE, europe()));
        try (AwsClients clients = open(environment)) {
            Topology topology = new TopologyDiscovery(clients, environment).discover();
            assertThat(part(topology, "shop-db-eu").facts()).containsEntry("region", EUROPE);
            assertThat(part(topology, "shop-db").facts()).doesNotContainKey("region");
            Regions regions = Regions.of(clients, environment);
            TargetHealthWatch watch = new TargetHealthWatch(
                    group -> regions.services(group).loadBalancing(),
                    AwsCalls.unbounded(time),
                    topology.of(ResourceKind.TARGET_GROUP));
            watch.poll();
            TimeWindow window = new TimeWindow(FakeTime.START.minusSeconds(60), FakeTime.START.minusSeconds(50));
            Observations seen = new Gathering(clients, environment, time, time)
                    .gather(
                            topology,
                            SettlementCase.metric("database cpu"),
                            watch,
                            window,
                            FakeTime.START.plus(Duration.ofSeconds(15)));
            assertThat(seen.series())
                    .hasSize(2)
                    .extracting(Series::completeness)
                    .containsOnly(Completeness.COMPLETE);
            assertThat(seen.series().stream().map(series -> series.origin().region()))
                    .containsExactlyInAnyOrder("us-east-1", EUROPE);
            assertThat(aws.calls("monitoring:GetMetricData"))
                    .allSatisfy(call -> assertThat(dimensions(call))
                            .containsExactly(call.region().equals(EUROPE) ? "shop-db-eu" : "shop-db"));
            assertThat(seen.topologyAtEnd().resources())
                    .hasSameSizeAs(topology.resources())
                    .noneMatch(part -> part.facts().containsKey(Fingerprint.CHANGED));
            assertThat(aws.calls("cloudtrail:LookupEvents"))
                    .extracting(Call::region)
                    .contains(EUROPE, "us-east-1");
        }
    }

    private static List<String> dimensions(Call call) {
        return call.form().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("Dimensions.member.1.Value"))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Test
    void twoPartsThatCannotBeToldApartAreRefused() {
        tellDatabases("shop-db", "shop-db");
        Environment environment = shop(
                Map.of(), Map.of(EUROPE, new Landmarks(Optional.empty(), Optional.of("shop-db"), Optional.empty())));
        try (AwsClients clients = open(environment)) {
            assertThatThrownBy(() -> new TopologyDiscovery(clients, environment).discover())
                    .hasMessage("find.elsewhere.eu-west-1: database 'shop-db' is also one of us-east-1, and what is"
                            + " measured of the two could not be told apart: name what is looked for there more narrowly,"
                            + " or put it under ignore");
        }
    }

    @Test
    void whatIsNotFoundInARegionIsSaidWithTheRegion() {
        WireStack.in(aws, 2);
        Environment environment = shop(Map.of(), Map.of(EUROPE, europe()));
        try (AwsClients clients = open(environment)) {
            assertThatThrownBy(() -> new TopologyDiscovery(clients, environment).discover())
                    .hasMessage(
                            "eu-west-1: find.database: no database instance 'shop-db-eu' in eu-west-1; there is none");
        }
    }

    @Test
    void onlyPartsOfTheOwnRegionAreActedOn() throws InterruptedException {
        tellDatabases("shop-db", "shop-db-eu");
        Environment environment = shop(Map.of(), Map.of(EUROPE, europe()));
        try (AwsClients clients = open(environment)) {
            assertThat(new TopologyDiscovery(clients, environment)
                            .discoverHome()
                            .of(ResourceKind.DATABASE))
                    .extracting(Resource::id)
                    .containsExactly("shop-db");
        }
    }

    @Test
    void whatIsFoundWrongIsPutRightAndSaysSo() throws InterruptedException {
        tellDatabases("shop-db", "");
        Environment environment = shop(
                Map.of(
                        "shop-db",
                        correction(Optional.of(ResourceKind.REPLICA), Map.of("replica-of", "primary")),
                        "shop-0",
                        correction(Optional.empty(), Map.of("tier", "web"))),
                Map.of());
        try (AwsClients clients = open(environment)) {
            TopologyDiscovery discovery = new TopologyDiscovery(clients, environment);
            Topology topology = discovery.discover();
            assertThat(part(topology, "shop-db").kind()).isEqualTo(ResourceKind.REPLICA);
            assertThat(part(topology, "shop-db").facts())
                    .containsEntry("replica-of", "primary")
                    .containsEntry("corrected", "kind, replica-of");
            assertThat(part(topology, WireStack.instance(0)).facts())
                    .containsEntry("tier", "web")
                    .containsEntry("corrected", "tier");
            assertThat(discovery
                            .find(AwsCalls.unbounded(time), topology, Map.of())
                            .topology())
                    .as("the second look is corrected alike")
                    .isEqualTo(topology);
        }
    }

    @Test
    void aCorrectionOfNothingOrToWhatItCannotBeIsRefused() {
        tellDatabases("shop-db", "");
        Environment environment = shop(
                Map.of(
                        "shop-dbx",
                        correction(Optional.empty(), Map.of("tier", "web")),
                        "shop-db",
                        correction(Optional.of(ResourceKind.QUEUE), Map.of())),
                Map.of());
        try (AwsClients clients = open(environment)) {
            assertThatThrownBy(() -> new TopologyDiscovery(clients, environment).discover())
                    .hasMessage("find.correct.shop-db.kind: a database cannot be a queue\n"
                            + "find.correct: no part 'shop-dbx' was found; did you mean 'shop-db'?");
        }
    }
}
