package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.WarehouseView;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.redshift.model.Cluster;
import software.amazon.awssdk.services.redshift.model.DescribeClustersRequest;
import software.amazon.awssdk.services.redshift.model.DescribeClustersResponse;

/**
 * Redshift: the warehouse, as a cluster of one node. It is DuckDB, and so has no node type, no version and no parameters that
 * Redshift knows: these are left out.
 */
final class WarehouseOperations {
    private static final int OF_A_PAGE = 100;

    private final Estate estate;
    private final Arns arns;

    WarehouseOperations(Estate estate, Arns arns) {
        this.estate = estate;
        this.arns = arns;
    }

    Service service() {
        return new Service(
                "redshift",
                "redshift",
                "http://redshift.amazonaws.com/doc/2012-12-01/",
                List.of(Operation.of("DescribeClusters", DescribeClustersRequest::builder, this::clusters)));
    }

    private DescribeClustersResponse clusters(DescribeClustersRequest request) {
        List<WarehouseView> found = Filter.byName(
                estate.all(WarehouseView.class),
                Optional.ofNullable(request.clusterIdentifier()),
                WarehouseView::id,
                missing -> AwsFault.notFound("ClusterNotFound", "Cluster " + missing + " not found."));
        Page<WarehouseView> page =
                Page.of(found, request.marker(), request.maxRecords(), OF_A_PAGE, "InvalidParameterValue");
        return DescribeClustersResponse.builder()
                .clusters(page.items().stream().map(this::cluster).toList())
                .marker(page.nextOrNull())
                .build();
    }

    private Cluster cluster(WarehouseView warehouse) {
        return Cluster.builder()
                .clusterIdentifier(warehouse.id())
                .clusterNamespaceArn(arns.warehouse(warehouse.id()))
                .clusterStatus(warehouse.alive() ? "available" : "hardware-failure")
                .clusterAvailabilityStatus(warehouse.alive() ? "Available" : "Unavailable")
                .numberOfNodes(1)
                .vpcId(Arns.VPC)
                .publiclyAccessible(false)
                .encrypted(false)
                .build();
    }
}
