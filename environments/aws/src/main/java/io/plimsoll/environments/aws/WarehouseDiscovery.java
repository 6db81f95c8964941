package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.redshift.model.Cluster;
import software.amazon.awssdk.services.redshift.model.ClusterParameterGroupStatus;
import software.amazon.awssdk.services.redshift.model.VpcSecurityGroupMembership;

/** Describes Redshift clusters. */
record WarehouseDiscovery(RedshiftClient client, AwsCalls calls) {
    private static final String DESCRIBE = "redshift:DescribeClusters";

    /** A cluster. */
    Resource find(String id) throws InterruptedException {
        Cluster cluster = calls
                .call(DESCRIBE, () -> client.describeClusters(request -> request.clusterIdentifier(id)))
                .clusters()
                .stream()
                .findFirst()
                .orElseThrow(() -> new ObservationException(Reason.NOT_FOUND, DESCRIBE + " knows no cluster " + id));
        return new Facts()
                .with("arn", cluster.clusterNamespaceArn())
                .with("status", cluster.clusterStatus())
                .with("node-type", cluster.nodeType())
                .with("nodes", cluster.numberOfNodes())
                .with("version", version(cluster))
                .with("zone", cluster.availabilityZone())
                .with("vpc", cluster.vpcId())
                .with("public", cluster.publiclyAccessible())
                .with("encrypted", cluster.encrypted())
                .with(
                        "security-groups",
                        cluster.vpcSecurityGroups().stream()
                                .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                                .toList())
                .with(
                        "parameter-group",
                        cluster.clusterParameterGroups().stream()
                                .map(ClusterParameterGroupStatus::parameterGroupName)
                                .toList())
                .of(ResourceKind.WAREHOUSE, id);
    }

    private static String version(Cluster cluster) {
        if (cluster.clusterVersion() == null) {
            return "";
        }
        return cluster.clusterRevisionNumber() == null
                ? cluster.clusterVersion()
                : cluster.clusterVersion() + "." + cluster.clusterRevisionNumber();
    }
}
