package io.plimsoll.environments.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.estate.FakeEstate;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.SourceType;

/** RDS' reboots and events over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseEndpointTest {
    private final EndpointFixture fixture = new EndpointFixture();
    private final RdsClient rds = fixture.client(RdsClient.builder());

    @AfterAll
    void close() {
        rds.close();
        fixture.close();
    }

    @Test
    void aMultiAzInstanceTellsItsZonesAndThatItIsNotEncrypted() {
        DBInstance primary = rds.describeDBInstances(r -> r.dbInstanceIdentifier("plimsoll-db"))
                .dbInstances()
                .get(0);

        assertThat(primary.multiAZ()).isTrue();
        assertThat(primary.secondaryAvailabilityZone()).isEqualTo("us-east-1b");
        assertThat(primary.storageEncrypted()).isFalse();
        assertThat(primary.dbParameterGroups().get(0).dbParameterGroupName()).isEqualTo("default.mariadb11.4");
    }

    @Test
    void aRebootWithFailoverIsPassedOnAndAnswersWithTheInstance() {
        assertThat(rds.rebootDBInstance(
                                r -> r.dbInstanceIdentifier("plimsoll-db").forceFailover(true))
                        .dbInstance()
                        .dbInstanceIdentifier())
                .isEqualTo("plimsoll-db");
        assertThat(fixture.estate.reboots()).contains("plimsoll-db with failover");
    }

    @Test
    void aRebootThatCannotBeDoneIsRefusedAsRdsRefusesIt() {
        assertThatThrownBy(() -> rds.rebootDBInstance(
                        r -> r.dbInstanceIdentifier("plimsoll-db-replica-1").forceFailover(true)))
                .isInstanceOfSatisfying(
                        RdsException.class,
                        error -> assertThat(error.awsErrorDetails().errorCode())
                                .isEqualTo("InvalidParameterCombination"))
                .hasMessageContaining(
                        "ForceFailover cannot be specified since the instance is not configured for either"
                                + " MultiAZ or High Availability");
        assertThatThrownBy(() -> rds.rebootDBInstance(r -> r.dbInstanceIdentifier("plimsoll-db-replica-2")))
                .isInstanceOfSatisfying(
                        RdsException.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidDBInstanceState"))
                .hasMessageContaining("Instance plimsoll-db-replica-2 is not in available state.");
        assertThatThrownBy(() -> rds.rebootDBInstance(r -> r.dbInstanceIdentifier("other")))
                .hasMessageContaining("DBInstance other not found.");
    }

    @Test
    void eventsAreFilteredBySourceCategoryAndTime() {
        assertThat(rds.describeEvents(r -> r.duration(120)).events())
                .extracting(Event::message)
                .containsExactly("DB instance created.", "Multi-AZ instance failover started.");
        assertThat(rds.describeEvents(r -> r.duration(120)
                                .sourceType(SourceType.DB_INSTANCE)
                                .sourceIdentifier("plimsoll-db")
                                .eventCategories("failover"))
                        .events())
                .hasSize(1)
                .first()
                .satisfies(event -> {
                    assertThat(event.eventCategories()).containsExactly("failover");
                    assertThat(event.date()).isEqualTo(FakeEstate.CREATED.plusSeconds(1));
                });
        assertThat(rds.describeEvents(r -> r.startTime(FakeEstate.CREATED.plus(Duration.ofSeconds(2))))
                        .events())
                .isEmpty();
        assertThat(rds.describeEvents(r -> r.duration(120).sourceType(SourceType.DB_CLUSTER))
                        .events())
                .isEmpty();
        assertThatThrownBy(() -> rds.describeEvents(r -> r.sourceIdentifier("plimsoll-db")))
                .hasMessageContaining("The parameter SourceType must be provided with SourceIdentifier.");
    }
}
