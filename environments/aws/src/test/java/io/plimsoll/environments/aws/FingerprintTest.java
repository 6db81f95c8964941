package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbParametersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbParametersResponse;

/** What of a stack must stay the same, and what may change. */
@SuppressWarnings("unchecked") // the SDK takes consumers of builders as varargs
class FingerprintTest {
    private final FakeAws aws = new FakeAws(new FakeTime());
    private long version = 7;
    private String connections = "500";

    @BeforeEach
    void deploy() {
        aws.others.on(
                "describeLaunchTemplateVersions",
                DescribeLaunchTemplateVersionsRequest.class,
                request -> DescribeLaunchTemplateVersionsResponse.builder()
                        .launchTemplateVersions(found -> found.versionNumber(version)
                                .launchTemplateData(
                                        data -> data.imageId("ami-" + version).instanceType("m7g.large")))
                        .build());
        aws.others.on(
                "describeDBParameters",
                DescribeDbParametersRequest.class,
                request -> DescribeDbParametersResponse.builder()
                        .parameters(parameter ->
                                parameter.parameterName("max_connections").parameterValue(connections))
                        .build());
    }

    private static Topology one(ResourceKind kind, Map<String, String> facts) {
        return new Topology(List.of(Resource.of(kind, "it", facts)));
    }

    private static List<String> changes(Topology before, Topology after) {
        return Fingerprint.changes(before, after, FakeTime.START).stream()
                .map(Event::summary)
                .toList();
    }

    private Topology resolved() throws InterruptedException {
        Resource group = Resource.of(
                ResourceKind.SCALING_GROUP,
                "shop-app",
                Map.of("launch-template-id", "lt-1", "launch-template-version", "$Latest"));
        Set<String> warnings = new TreeSet<>();
        AwsCalls calls = AwsCalls.unbounded(new FakeTime());
        List<Resource> groups = new LaunchDiscovery(aws.services().ec2(), calls).resolved(List.of(group), warnings);
        Resource database = Resource.of(ResourceKind.DATABASE, "shop-db", Map.of("parameter-group", "shop-mysql8"));
        List<Resource> databases = new ParameterDiscovery(aws.services(), calls, warnings).added(List.of(database));
        assertThat(warnings).isEmpty();
        return new Topology(List.of(groups.get(0), databases.get(0)));
    }

    @Test
    void aNewVersionOfTheLatestTemplateAndAParameterOfAGroupAreChanges() throws InterruptedException {
        Topology before = resolved();
        version = 8;
        connections = "50";
        Topology after = resolved();
        assertThat(changes(before, after))
                .containsExactly(
                        "scaling group shop-app: image changed from 'ami-7' to 'ami-8' during the run",
                        "scaling group shop-app: launches-version changed from '7' to '8' during the run",
                        "database shop-db: parameters changed from 'max_connections=500' to 'max_connections=50'"
                                + " during the run");
        assertThat(Fingerprint.of(before)).matches("[0-9a-f]{16}").isNotEqualTo(Fingerprint.of(after));
    }

    @Test
    void defaultParameterGroupsAreNotAskedFor() throws InterruptedException {
        aws.others.on("describeDBParameters", DescribeDbParametersRequest.class, request -> {
            throw AwsErrors.of(500, "InternalFailure", "was asked");
        });
        Set<String> warnings = new TreeSet<>();
        Resource database = Resource.of(ResourceKind.DATABASE, "db", Map.of("parameter-group", "default.mysql8.0"));
        assertThat(new ParameterDiscovery(aws.services(), AwsCalls.unbounded(new FakeTime()), warnings)
                        .added(List.of(database)))
                .containsExactly(database);
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatWasNotToldAtOneOfTheLooksIsNoChange() {
        Topology told = one(ResourceKind.LOAD_BALANCER, Map.of("listener HTTPS 443", "TLS13", "version", "1"));
        Topology untold = one(ResourceKind.LOAD_BALANCER, Map.of("name", "lb"));
        assertThat(changes(told, untold)).isEmpty();
        assertThat(changes(untold, told)).isEmpty();
    }

    @Test
    void aListenerOrPolicyOrRuleThatIsGoneIsAChange() {
        assertThat(changes(
                        one(
                                ResourceKind.LOAD_BALANCER,
                                Map.of("listener HTTP 80", "no TLS", "listener HTTPS 443", "13")),
                        one(ResourceKind.LOAD_BALANCER, Map.of("listener HTTP 80", "no TLS"))))
                .containsExactly("load balancer it: listener HTTPS 443 changed from '13' to 'none' during the run");
        assertThat(changes(
                        one(ResourceKind.SECURITY_GROUP, Map.of("in", "tcp 80 0.0.0.0/0")),
                        one(ResourceKind.SECURITY_GROUP, Map.of())))
                .containsExactly("security group it: in changed from 'tcp 80 0.0.0.0/0' to 'none' during the run");
    }

    @Test
    void howManyThereAreAndHowTheyFareIsNoPartOfIt() {
        Topology before = one(ResourceKind.SCALING_GROUP, Map.of("desired", "2", "max", "4"));
        Topology after = one(ResourceKind.SCALING_GROUP, Map.of("desired", "3", "max", "4"));
        assertThat(changes(before, after)).isEmpty();
        assertThat(Fingerprint.of(before)).isEqualTo(Fingerprint.of(after));
        assertThat(changes(before, one(ResourceKind.SCALING_GROUP, Map.of("desired", "2", "max", "5"))))
                .containsExactly("scaling group it: max changed from '4' to '5' during the run");
    }

    @Test
    void aReaderThatBecameTheWriterIsTheSamePart() {
        assertThat(changes(
                        one(ResourceKind.REPLICA, Map.of("version", "8.0")),
                        one(ResourceKind.DATABASE, Map.of("version", "8.1"))))
                .containsExactly("database it: version changed from '8.0' to '8.1' during the run");
    }
}
