package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.DatabaseView;
import io.plimsoll.environments.local.estate.Estate;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;

/** RDS: database instances and who replicates whom. */
final class DatabaseOperations {
    private static final int OF_A_PAGE = 100;

    private final Estate estate;
    private final Arns arns;

    DatabaseOperations(Estate estate, Arns arns) {
        this.estate = estate;
        this.arns = arns;
    }

    Service service() {
        return new Service(
                "rds",
                "rds",
                "http://rds.amazonaws.com/doc/2014-10-31/",
                List.of(Operation.of("DescribeDBInstances", DescribeDbInstancesRequest::builder, this::instances)));
    }

    private DescribeDbInstancesResponse instances(DescribeDbInstancesRequest request) {
        if (request.hasFilters()) {
            throw AwsFault.badRequest("InvalidParameterValue", "Filters are not offered here");
        }
        List<DatabaseView> all = estate.databases();
        List<DatabaseView> found = Filter.byName(
                all,
                Optional.ofNullable(request.dbInstanceIdentifier()),
                DatabaseView::id,
                missing -> AwsFault.notFound("DBInstanceNotFound", "DBInstance " + missing + " not found."));
        Page<DatabaseView> page =
                Page.of(found, request.marker(), request.maxRecords(), OF_A_PAGE, "InvalidParameterValue");
        return DescribeDbInstancesResponse.builder()
                .dbInstances(page.items().stream()
                        .map(database -> instance(database, all))
                        .toList())
                .marker(page.nextOrNull())
                .build();
    }

    private DBInstance instance(DatabaseView database, List<DatabaseView> all) {
        List<String> replicas = all.stream()
                .filter(other -> other.replicaOf().equals(Optional.of(database.id())))
                .map(DatabaseView::id)
                .toList();
        DBInstance.Builder instance = DBInstance.builder()
                .dbInstanceIdentifier(database.id())
                .dbInstanceArn(arns.database(database.id()))
                .dbInstanceClass(database.instanceClass())
                .engine(database.engine())
                .engineVersion(database.engineVersion())
                .dbInstanceStatus(database.status())
                .endpoint(endpoint -> endpoint.address(database.address()).port(database.port()))
                .instanceCreateTime(database.created())
                .availabilityZone(database.zone())
                .multiAZ(false)
                .readReplicaDBInstanceIdentifiers(replicas);
        database.replicaOf().ifPresent(instance::readReplicaSourceDBInstanceIdentifier);
        return instance.build();
    }
}
