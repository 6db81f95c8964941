package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.DatabaseActs;
import io.plimsoll.environments.local.estate.DatabaseActs.Refusal;
import io.plimsoll.environments.local.estate.DatabaseEvent;
import io.plimsoll.environments.local.estate.DatabaseView;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.OpenPortView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeEventsRequest;
import software.amazon.awssdk.services.rds.model.DescribeEventsResponse;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.SourceType;
import software.amazon.awssdk.services.rds.model.Tag;

/** RDS: database instances and who replicates whom. */
final class DatabaseOperations {
    private static final int OF_A_PAGE = 100;

    private final Estate estate;
    private final Arns arns;
    private final Clock clock;

    DatabaseOperations(Estate estate, Arns arns, Clock clock) {
        this.estate = estate;
        this.arns = arns;
        this.clock = clock;
    }

    Service service() {
        return new Service(
                "rds",
                "rds",
                "http://rds.amazonaws.com/doc/2014-10-31/",
                List.of(
                        Operation.of("DescribeDBInstances", DescribeDbInstancesRequest::builder, this::instances),
                        Operation.of("RebootDBInstance", RebootDbInstanceRequest::builder, this::reboot),
                        Operation.of("DescribeEvents", DescribeEventsRequest::builder, this::events)));
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
                DatabaseOperations::missing);
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
                .tagList(Tags.ofDatabase(database.id(), estate).entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .dbSubnetGroup(group -> group.vpcId(Arns.VPC))
                .publiclyAccessible(estate.all(OpenPortView.class).stream()
                        .anyMatch(open -> open.owner().equals(database.id())))
                .multiAZ(database.secondaryZone().isPresent())
                .storageEncrypted(false)
                .dbParameterGroups(DBParameterGroupStatus.builder()
                        .dbParameterGroupName("default." + database.engine() + majorVersion(database))
                        .parameterApplyStatus("in-sync")
                        .build())
                .readReplicaDBInstanceIdentifiers(replicas);
        database.secondaryZone().ifPresent(instance::secondaryAvailabilityZone);
        database.replicaOf().ifPresent(instance::readReplicaSourceDBInstanceIdentifier);
        return instance.build();
    }

    /** {@code 11.4} of {@code 11.4.5}. */
    private static String majorVersion(DatabaseView database) {
        String version = database.engineVersion();
        int end = version.indexOf('.', version.indexOf('.') + 1);
        return end < 0 ? version : version.substring(0, end);
    }

    private RebootDbInstanceResponse reboot(RebootDbInstanceRequest request) {
        String id = request.dbInstanceIdentifier();
        Filter.byName(estate.databases(), Optional.of(id), DatabaseView::id, DatabaseOperations::missing);
        DatabaseActs acts = estate.all(DatabaseActs.class).stream()
                .filter(candidate -> candidate.ids().contains(id))
                .findFirst()
                .orElseThrow(() -> missing(id));
        Optional<Refusal> refusal = acts.reboot(id, Boolean.TRUE.equals(request.forceFailover()));
        if (refusal.isPresent()) {
            throw refused(id, refusal.get());
        }
        List<DatabaseView> all = estate.databases();
        return RebootDbInstanceResponse.builder()
                .dbInstance(instance(
                        Filter.byName(all, Optional.of(id), DatabaseView::id, DatabaseOperations::missing)
                                .get(0),
                        all))
                .build();
    }

    private static AwsFault missing(String id) {
        return AwsFault.notFound("DBInstanceNotFound", "DBInstance " + id + " not found.");
    }

    private static AwsFault refused(String id, Refusal refusal) {
        if (refusal == Refusal.NO_STANDBY) {
            return AwsFault.badRequest(
                    "InvalidParameterCombination",
                    "ForceFailover cannot be specified since the instance is not configured for either MultiAZ or High"
                            + " Availability");
        }
        return AwsFault.badRequest("InvalidDBInstanceState", "Instance " + id + " is not in available state.");
    }

    /** Without a time, the last hour is meant, as RDS has it. */
    private DescribeEventsResponse events(DescribeEventsRequest request) {
        Instant end = Optional.ofNullable(request.endTime()).orElseGet(() -> clock.instant());
        Duration back = Duration.ofMinutes(request.duration() == null ? 60 : request.duration());
        Instant start = Optional.ofNullable(request.startTime()).orElseGet(() -> end.minus(back));
        if (request.sourceIdentifier() != null && request.sourceType() == null) {
            throw AwsFault.badRequest(
                    "InvalidParameterCombination", "The parameter SourceType must be provided with SourceIdentifier.");
        }
        boolean instances = request.sourceType() == null || request.sourceType() == SourceType.DB_INSTANCE;
        List<DatabaseEvent> found = estate.all(DatabaseActs.class).stream()
                .flatMap(acts -> acts.events().stream())
                .filter(event -> instances
                        && !event.at().isBefore(start)
                        && event.at().isBefore(end)
                        && (request.sourceIdentifier() == null
                                || request.sourceIdentifier().equals(event.source()))
                        && (!request.hasEventCategories()
                                || request.eventCategories().contains(event.category())))
                .sorted(Comparator.comparing(DatabaseEvent::at))
                .toList();
        Page<DatabaseEvent> page =
                Page.of(found, request.marker(), request.maxRecords(), OF_A_PAGE, "InvalidParameterValue");
        return DescribeEventsResponse.builder()
                .events(page.items().stream().map(this::event).toList())
                .marker(page.nextOrNull())
                .build();
    }

    private Event event(DatabaseEvent event) {
        return Event.builder()
                .sourceIdentifier(event.source())
                .sourceType(SourceType.DB_INSTANCE)
                .sourceArn(arns.database(event.source()))
                .message(event.message())
                .eventCategories(event.category())
                .date(event.at())
                .build();
    }
}
