package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;

/** Parts that go while a run judges them are a change of the stack; what could not be looked at is none. */
class DeparturesTest {
    private final FakeTime time = new FakeTime();
    private final FakeAws aws = new FakeAws(time);
    private final FakeStack stack = new FakeStack(aws);

    private Topology discover() throws InterruptedException {
        return new TopologyDiscovery(aws.clients(), Descriptors.embedded()).discover();
    }

    private List<String> changesSince(Topology before) throws InterruptedException {
        Discovery.Found found = new TopologyDiscovery(aws.clients(), Descriptors.embedded())
                .find(AwsCalls.unbounded(time), before, java.util.Map.of());
        return Fingerprint.changes(before, found.topology(), FakeTime.START).stream()
                .map(Event::summary)
                .toList();
    }

    private void dropReplica() {
        var databases = aws.databases;
        aws.databases = request -> {
            if ("shop-db-replica-1".equals(request.dbInstanceIdentifier())) {
                throw FakeStack.notFound("DBInstanceNotFound");
            }
            return DescribeDbInstancesResponse.builder()
                    .dbInstances(databases.apply(request).dbInstances().stream()
                            .filter(instance -> !instance.dbInstanceIdentifier().equals("shop-db-replica-1"))
                            .map(instance -> instance.toBuilder()
                                    .readReplicaDBInstanceIdentifiers(List.of())
                                    .build())
                            .toList())
                    .build();
        };
    }

    @Test
    void whatIsDeletedIsNamed() throws InterruptedException {
        Topology before = discover();
        dropReplica();
        aws.cacheClusters = request -> {
            throw FakeStack.notFound("CacheClusterNotFound");
        };
        aws.scalingGroups =
                request -> DescribeAutoScalingGroupsResponse.builder().build();
        stack.targets.clear();
        assertThat(changesSince(before))
                .containsExactly(
                        "scaling group shop-group: existence changed from 'present' to 'not found' during the run",
                        "replica shop-db-replica-1: existence changed from 'present' to 'not found' during the run",
                        "cache shop-cache: existence changed from 'present' to 'not found' during the run");
    }

    @Test
    void aLoadBalancerThatIsDeletedTakesItsTargetGroupsWithIt() throws InterruptedException {
        Topology before = discover();
        aws.loadBalancers = request -> {
            throw FakeStack.notFound("LoadBalancerNotFound");
        };
        assertThat(changesSince(before))
                .contains(
                        "load balancer " + FakeStack.BALANCER
                                + ": existence changed from 'present' to 'not found' during the run",
                        "target group " + FakeStack.TARGET_GROUP
                                + ": existence changed from 'present' to 'not found' during the run");
    }

    @Test
    void whatAServiceRefusesToTellIsNotGone() throws InterruptedException {
        Topology before = discover();
        dropReplica();
        var withoutReplica = aws.databases;
        aws.databases = request -> {
            if (request.dbInstanceIdentifier() != null) {
                throw AwsErrors.throttled();
            }
            return withoutReplica.apply(request);
        };
        assertThat(changesSince(before)).isEmpty();
    }

    @Test
    void instancesThatComeAndGoAreNoChange() throws InterruptedException {
        Topology before = discover();
        stack.targets.clear();
        stack.targets.put(FakeStack.SECOND, "initial");
        assertThat(changesSince(before)).isEmpty();
    }

    @Test
    void readersThatAuroraScalesAreNoChange() {
        Resource reader = Resource.of(ResourceKind.REPLICA, "application-autoscaling-1f3c", Map.of("version", "8.0"));
        Resource gone = Resource.of(
                ResourceKind.REPLICA, reader.id(), Map.of("version", "8.0", "status", Departures.NOT_FOUND));
        Topology with = new Topology(List.of(reader));
        Topology without = new Topology(List.of());
        assertThat(Fingerprint.changes(without, with, FakeTime.START)).isEmpty();
        assertThat(Fingerprint.changes(with, new Topology(List.of(gone)), FakeTime.START))
                .isEmpty();
        assertThat(Fingerprint.of(with)).isEqualTo(Fingerprint.of(without));
    }

    @Test
    void aRunThatLosesAPartSaysSoInItsEvidence() throws InterruptedException {
        Topology before = discover();
        dropReplica();
        TargetHealthWatch watch = new TargetHealthWatch(
                aws.services().loadBalancing(), AwsCalls.unbounded(time), before.of(ResourceKind.TARGET_GROUP));
        Observations seen = new Gathering(aws.clients(), Descriptors.embedded(), time, time)
                .gather(
                        before,
                        List.of(),
                        watch,
                        new TimeWindow(FakeTime.START, FakeTime.START.plusSeconds(1)),
                        FakeTime.START.plus(Duration.ofSeconds(15)));
        assertThat(seen.topologyAtEnd().of(ResourceKind.REPLICA))
                .singleElement()
                .satisfies(replica -> assertThat(replica.facts())
                        .containsEntry(Fingerprint.CHANGED, "existence from present to not found"));
        assertThat(seen.events())
                .filteredOn(event -> event.kind() == Event.Kind.CHANGE)
                .extracting(Event::resource)
                .containsExactly("shop-db-replica-1");
        assertThat(Fingerprint.of(seen.topologyAtEnd())).isNotEqualTo(Fingerprint.of(before));
    }
}
