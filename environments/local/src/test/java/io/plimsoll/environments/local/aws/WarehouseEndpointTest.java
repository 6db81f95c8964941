package io.plimsoll.environments.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.estate.WarehouseView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.redshift.model.Cluster;
import software.amazon.awssdk.services.redshift.model.ClusterNotFoundException;

/** Redshift's view of the warehouse, and Lambda's of functions that the stack does not have. */
@SuppressWarnings("unchecked") // the SDK's builders take several consumers of generic types
class WarehouseEndpointTest {
    private final EndpointFixture fixture = new EndpointFixture();
    private final RedshiftClient redshift = fixture.client(RedshiftClient.builder());

    @AfterEach
    void close() {
        redshift.close();
        fixture.close();
    }

    @Test
    void aWarehouseIsAClusterOfOneNodeAsLongAsItsProcessRuns() {
        fixture.estate.add(new WarehouseView("plimsoll-warehouse", true));
        fixture.estate.add(new WarehouseView("plimsoll-gone", false));
        Cluster cluster = redshift.describeClusters(request -> request.clusterIdentifier("plimsoll-warehouse"))
                .clusters()
                .get(0);
        assertThat(cluster.clusterStatus()).isEqualTo("available");
        assertThat(cluster.numberOfNodes()).isEqualTo(1);
        assertThat(cluster.encrypted()).isFalse();
        assertThat(cluster.nodeType()).as("DuckDB has none").isNull();
        assertThat(redshift.describeClusters().clusters())
                .extracting(Cluster::clusterAvailabilityStatus)
                .containsExactlyInAnyOrder("Available", "Unavailable");
    }

    @Test
    void aWarehouseOrFunctionThatIsNotThereIsAnsweredAsAwsDoes() {
        assertThatThrownBy(() -> redshift.describeClusters(request -> request.clusterIdentifier("none")))
                .isInstanceOf(ClusterNotFoundException.class)
                .hasMessageContaining("Cluster none not found.");
        try (LambdaClient lambda = fixture.client(LambdaClient.builder())) {
            assertThatThrownBy(() -> lambda.getFunctionConfiguration(request -> request.functionName("none")))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("Function not found: none");
        }
    }
}
