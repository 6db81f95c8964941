package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersResponse;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.SecurityGroupMembership;

/** Finds a cache cluster, or all clusters of a replication group, by id. */
record CacheDiscovery(ElastiCacheClient client, AwsCalls calls) {
    private static final String DESCRIBE_CLUSTERS = "elasticache:DescribeCacheClusters";
    private static final String DESCRIBE_GROUPS = "elasticache:DescribeReplicationGroups";

    /** The cluster of that id, or else the member clusters of the replication group of that id. */
    List<Resource> find(Landmark landmark) throws InterruptedException {
        List<Resource> clusters = clusters(landmark.name());
        if (!clusters.isEmpty()) {
            return clusters;
        }
        List<Resource> members = new ArrayList<>();
        for (String member : members(landmark.name())) {
            members.addAll(clusters(member));
        }
        if (members.isEmpty()) {
            throw landmark.notFound(ids());
        }
        return members;
    }

    private List<Resource> clusters(String id) throws InterruptedException {
        try {
            return calls
                    .call(
                            DESCRIBE_CLUSTERS,
                            () -> client.describeCacheClusters(
                                    request -> request.cacheClusterId(id).showCacheNodeInfo(true)))
                    .cacheClusters()
                    .stream()
                    .flatMap(CacheDiscovery::withNodes)
                    .toList();
        } catch (ObservationException e) {
            return noneIfNotFound(e);
        }
    }

    private List<String> members(String groupId) throws InterruptedException {
        try {
            return calls
                    .call(
                            DESCRIBE_GROUPS,
                            () -> client.describeReplicationGroups(request -> request.replicationGroupId(groupId)))
                    .replicationGroups()
                    .stream()
                    .map(ReplicationGroup::memberClusters)
                    .flatMap(List::stream)
                    .toList();
        } catch (ObservationException e) {
            return noneIfNotFound(e);
        }
    }

    /** Every cluster of a network, or all where the network is not known. */
    List<Resource> inNetwork(Optional<String> vpc) throws InterruptedException {
        List<Resource> found = new ArrayList<>();
        for (CacheCluster cluster : all()) {
            if (vpc.isEmpty() || vpc.equals(network(cluster))) {
                withNodes(cluster).forEach(found::add);
            }
        }
        return found;
    }

    private Optional<String> network(CacheCluster cluster) throws InterruptedException {
        if (cluster.cacheSubnetGroupName() == null) {
            return Optional.empty();
        }
        return calls
                .call(
                        "elasticache:DescribeCacheSubnetGroups",
                        () -> client.describeCacheSubnetGroups(
                                request -> request.cacheSubnetGroupName(cluster.cacheSubnetGroupName())))
                .cacheSubnetGroups()
                .stream()
                .map(group -> group.vpcId())
                .findFirst();
    }

    private List<String> ids() throws InterruptedException {
        return all().stream().map(CacheCluster::cacheClusterId).toList();
    }

    private List<CacheCluster> all() throws InterruptedException {
        return calls
                .pages(
                        DESCRIBE_CLUSTERS,
                        token -> client.describeCacheClusters(
                                request -> request.showCacheNodeInfo(true).marker(token)),
                        DescribeCacheClustersResponse::marker)
                .stream()
                .flatMap(page -> page.cacheClusters().stream())
                .toList();
    }

    private static <T> List<T> noneIfNotFound(ObservationException e) {
        if (e.reason() == Reason.NOT_FOUND) {
            return List.of();
        }
        throw e;
    }

    /** A cluster and its nodes, each of which has metrics of its own. */
    private static Stream<Resource> withNodes(CacheCluster cluster) {
        return Stream.concat(
                Stream.of(describe(cluster)),
                cluster.cacheNodes().stream()
                        .map(node -> new Facts()
                                .with("cluster", cluster.cacheClusterId())
                                .with("node", node.cacheNodeId())
                                .with("engine", cluster.engine())
                                .with("status", node.cacheNodeStatus())
                                .with("zone", node.customerAvailabilityZone())
                                .of(ResourceKind.CACHE_NODE, cluster.cacheClusterId() + "/" + node.cacheNodeId())));
    }

    private static Resource describe(CacheCluster cluster) {
        return new Facts()
                .with("arn", cluster.arn())
                .with("engine", cluster.engine())
                .with("version", cluster.engineVersion())
                .with("node-type", cluster.cacheNodeType())
                .with("nodes", cluster.numCacheNodes())
                .with("status", cluster.cacheClusterStatus())
                .with(
                        "parameter-group",
                        Optional.ofNullable(cluster.cacheParameterGroup())
                                .map(group -> group.cacheParameterGroupName())
                                .orElse(""))
                .with("zone", cluster.preferredAvailabilityZone())
                .with("replication-group", cluster.replicationGroupId())
                .with(
                        "security-groups",
                        cluster.securityGroups().stream()
                                .map(SecurityGroupMembership::securityGroupId)
                                .toList())
                .of(ResourceKind.CACHE, cluster.cacheClusterId());
    }
}
