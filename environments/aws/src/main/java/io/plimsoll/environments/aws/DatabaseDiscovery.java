package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;

/** Finds a primary RDS instance by its identifier, and its read replicas. */
record DatabaseDiscovery(RdsClient client, AwsCalls calls) {
    private static final String DESCRIBE = "rds:DescribeDBInstances";

    /** The primary, then its replicas; a replica in another region is listed with the little its ARN says. */
    List<Resource> find(Landmark landmark) throws InterruptedException {
        Optional<DBInstance> found = instance(landmark.name());
        if (found.isEmpty()) {
            throw landmark.notFound(ids());
        }
        DBInstance primary = found.get();
        List<Resource> resources = new ArrayList<>();
        resources.add(describe(primary, ResourceKind.DATABASE));
        for (String id : primary.readReplicaDBInstanceIdentifiers()) {
            resources.add(id.startsWith("arn:") ? elsewhere(id, primary) : replica(id, primary));
        }
        return resources;
    }

    private List<String> ids() throws InterruptedException {
        return calls
                .pages(
                        DESCRIBE,
                        token -> client.describeDBInstances(request -> request.marker(token)),
                        DescribeDbInstancesResponse::marker)
                .stream()
                .flatMap(page -> page.dbInstances().stream())
                .map(DBInstance::dbInstanceIdentifier)
                .toList();
    }

    private Optional<DBInstance> instance(String id) throws InterruptedException {
        try {
            return calls
                    .call(DESCRIBE, () -> client.describeDBInstances(request -> request.dbInstanceIdentifier(id)))
                    .dbInstances()
                    .stream()
                    .findFirst();
        } catch (ObservationException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A replica that its primary names but that is gone by now is still a replica that cannot be shown to keep up. */
    private Resource replica(String id, DBInstance primary) throws InterruptedException {
        return instance(id)
                .map(replica -> describe(replica, ResourceKind.REPLICA))
                .orElseGet(() -> new Facts()
                        .with("replica-of", primary.dbInstanceIdentifier())
                        .with("status", "not found")
                        .of(ResourceKind.REPLICA, id));
    }

    /** ARN: {@code arn:aws:rds:eu-west-1:123456789012:db:mydb-replica}. */
    private static Resource elsewhere(String arn, DBInstance primary) {
        String[] parts = arn.split(":", -1);
        return new Facts()
                .with("arn", arn)
                .with("replica-of", primary.dbInstanceIdentifier())
                .with("region", parts.length > 3 ? parts[3] : "")
                .of(ResourceKind.REPLICA, parts[parts.length - 1]);
    }

    private static Resource describe(DBInstance instance, ResourceKind kind) {
        return new Facts()
                .with("arn", instance.dbInstanceArn())
                .with("engine", instance.engine())
                .with("version", instance.engineVersion())
                .with("class", instance.dbInstanceClass())
                .with("status", instance.dbInstanceStatus())
                .with("zone", instance.availabilityZone())
                .with("replica-of", instance.readReplicaSourceDBInstanceIdentifier())
                .of(kind, instance.dbInstanceIdentifier());
    }
}
