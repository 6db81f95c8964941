package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.CacheView;
import io.plimsoll.environments.local.estate.Estate;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSubnetGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSubnetGroupsResponse;

/** ElastiCache: cache clusters of one node. */
final class CacheOperations {
    private static final int OF_A_PAGE = 100;
    private static final String SUBNETS = "plimsoll";
    private static final String ONLY_NODE = "0001";

    private final Estate estate;
    private final Arns arns;

    CacheOperations(Estate estate, Arns arns) {
        this.estate = estate;
        this.arns = arns;
    }

    Service service() {
        return new Service(
                "elasticache",
                "elasticache",
                "http://elasticache.amazonaws.com/doc/2015-02-02/",
                List.of(
                        Operation.of("DescribeCacheClusters", DescribeCacheClustersRequest::builder, this::clusters),
                        Operation.of(
                                "DescribeCacheSubnetGroups",
                                DescribeCacheSubnetGroupsRequest::builder,
                                CacheOperations::subnets)));
    }

    private DescribeCacheClustersResponse clusters(DescribeCacheClustersRequest request) {
        List<CacheView> found = Filter.byName(
                estate.caches(),
                Optional.ofNullable(request.cacheClusterId()),
                CacheView::id,
                missing -> AwsFault.notFound("CacheClusterNotFound", "CacheCluster not found: " + missing));
        Page<CacheView> page =
                Page.of(found, request.marker(), request.maxRecords(), OF_A_PAGE, "InvalidParameterValue");
        boolean nodes = Boolean.TRUE.equals(request.showCacheNodeInfo());
        return DescribeCacheClustersResponse.builder()
                .cacheClusters(page.items().stream()
                        .map(cache -> cluster(cache, nodes))
                        .toList())
                .marker(page.nextOrNull())
                .build();
    }

    private static DescribeCacheSubnetGroupsResponse subnets(DescribeCacheSubnetGroupsRequest request) {
        String name = request.cacheSubnetGroupName();
        if (name != null && !name.equals(SUBNETS)) {
            throw AwsFault.notFound("CacheSubnetGroupNotFoundFault", "Cache Subnet Group " + name + " does not exist.");
        }
        return DescribeCacheSubnetGroupsResponse.builder()
                .cacheSubnetGroups(CacheSubnetGroup.builder()
                        .cacheSubnetGroupName(SUBNETS)
                        .vpcId(Arns.VPC)
                        .build())
                .build();
    }

    private CacheCluster cluster(CacheView cache, boolean nodes) {
        CacheCluster.Builder cluster = CacheCluster.builder()
                .cacheClusterId(cache.id())
                .arn(arns.cache(cache.id()))
                .cacheNodeType(cache.nodeType())
                .engine(cache.engine())
                .engineVersion(cache.engineVersion())
                .cacheClusterStatus(cache.status())
                .cacheSubnetGroupName(SUBNETS)
                .numCacheNodes(1)
                .preferredAvailabilityZone(cache.zone())
                .cacheClusterCreateTime(cache.created());
        if (nodes) {
            cluster.cacheNodes(CacheNode.builder()
                    .cacheNodeId(ONLY_NODE)
                    .cacheNodeStatus(cache.status())
                    .cacheNodeCreateTime(cache.created())
                    .endpoint(endpoint -> endpoint.address(cache.address()).port(cache.port()))
                    .customerAvailabilityZone(cache.zone())
                    .build());
        }
        return cluster.build();
    }
}
