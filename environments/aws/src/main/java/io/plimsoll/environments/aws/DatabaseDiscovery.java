package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** Finds a primary RDS instance by its identifier, and its read replicas. */
record DatabaseDiscovery(RdsClient client, AwsCalls calls) {
    /** An instance that bears this tag holds one share of the keys. */
    private static final String SHARD_TAG = "shard";

    private static final String DESCRIBE = "rds:DescribeDBInstances";

    /** The primary, then its replicas; a replica in another region is listed with the little its ARN says. */
    List<Resource> find(Landmark landmark) throws InterruptedException {
        Optional<DBInstance> found = instance(landmark.name());
        if (found.isEmpty()) {
            List<Resource> members = ofCluster(landmark.name());
            if (members.isEmpty()) {
                throw landmark.notFound(ids());
            }
            return members;
        }
        DBInstance primary = found.get();
        List<Resource> resources = new ArrayList<>();
        resources.add(describe(primary, ResourceKind.DATABASE));
        for (String id : primary.readReplicaDBInstanceIdentifiers()) {
            resources.add(id.startsWith("arn:") ? elsewhere(id, primary) : replica(id, primary));
        }
        return resources;
    }

    /** Every instance of a network, or all where the network is not known; Aurora's with their clusters. */
    List<Resource> inNetwork(Optional<String> vpc) throws InterruptedException {
        List<DBInstance> members = all().stream()
                .filter(instance -> vpc.isEmpty() || vpc.equals(network(instance)))
                .toList();
        return described(members);
    }

    /** The members of an Aurora cluster; empty if there is no such cluster. */
    List<Resource> ofCluster(String cluster) throws InterruptedException {
        return described(all().stream()
                .filter(instance -> cluster.equals(instance.dbClusterIdentifier()))
                .toList());
    }

    private List<Resource> described(List<DBInstance> members) throws InterruptedException {
        Map<String, DBCluster> clusters = new TreeMap<>();
        for (DBInstance member : members) {
            String cluster = member.dbClusterIdentifier();
            if (cluster != null && !clusters.containsKey(cluster)) {
                cluster(cluster).ifPresent(found -> clusters.put(cluster, found));
            }
        }
        List<Resource> resources = new ArrayList<>();
        clusters.forEach((id, cluster) -> resources.add(new Facts()
                .with("arn", cluster.dbClusterArn())
                .with("engine", cluster.engine())
                .with("version", cluster.engineVersion())
                .with("parameter-group", cluster.dbClusterParameterGroup())
                .with("encrypted", cluster.storageEncrypted())
                .of(ResourceKind.DATABASE_CLUSTER, id)));
        members.forEach(member -> resources.add(describe(member, kind(member, clusters))));
        return resources;
    }

    private static ResourceKind kind(DBInstance instance, Map<String, DBCluster> clusters) {
        boolean reader = Optional.ofNullable(clusters.get(String.valueOf(instance.dbClusterIdentifier())))
                .map(cluster -> cluster.dbClusterMembers().stream()
                        .anyMatch(member -> instance.dbInstanceIdentifier().equals(member.dbInstanceIdentifier())
                                && !Boolean.TRUE.equals(member.isClusterWriter())))
                .orElse(instance.readReplicaSourceDBInstanceIdentifier() != null);
        if (reader) {
            return ResourceKind.REPLICA;
        }
        return instance.tagList().stream().anyMatch(tag -> tag.key().equals(SHARD_TAG))
                ? ResourceKind.SHARD
                : ResourceKind.DATABASE;
    }

    private Optional<DBCluster> cluster(String id) throws InterruptedException {
        return calls
                .call(
                        "rds:DescribeDBClusters",
                        () -> client.describeDBClusters(request -> request.dbClusterIdentifier(id)))
                .dbClusters()
                .stream()
                .findFirst();
    }

    private static Optional<String> network(DBInstance instance) {
        return Optional.ofNullable(instance.dbSubnetGroup()).map(group -> group.vpcId());
    }

    private List<DBInstance> all() throws InterruptedException {
        return calls
                .pages(
                        DESCRIBE,
                        token -> client.describeDBInstances(request -> request.marker(token)),
                        DescribeDbInstancesResponse::marker)
                .stream()
                .flatMap(page -> page.dbInstances().stream())
                .toList();
    }

    private List<String> ids() throws InterruptedException {
        return all().stream().map(DBInstance::dbInstanceIdentifier).toList();
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
                .with("cluster", instance.dbClusterIdentifier())
                .with("encrypted", instance.storageEncrypted())
                .with("multi-az", instance.multiAZ())
                .with("public", instance.publiclyAccessible())
                .with("vpc", network(instance).orElse(""))
                .with(
                        "security-groups",
                        instance.vpcSecurityGroups().stream()
                                .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                                .toList())
                .with(
                        "parameter-group",
                        instance.dbParameterGroups().stream()
                                .map(group -> group.dbParameterGroupName())
                                .toList())
                .with(
                        "tier",
                        instance.tagList().stream()
                                .filter(tag -> tag.key().equals("tier"))
                                .map(Tag::value)
                                .findFirst()
                                .orElse(""))
                .with("replica-of", instance.readReplicaSourceDBInstanceIdentifier())
                .of(kind, instance.dbInstanceIdentifier());
    }
}
