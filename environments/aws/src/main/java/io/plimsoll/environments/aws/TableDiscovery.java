package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Describes DynamoDB tables. */
record TableDiscovery(DynamoDbClient client, AwsCalls calls) {
    private static final String DESCRIBE = "dynamodb:DescribeTable";

    /** A table; how many items it holds is no part of it. */
    Resource find(String name) throws InterruptedException {
        TableDescription table = Optional.ofNullable(
                        calls.call(DESCRIBE, () -> client.describeTable(request -> request.tableName(name)))
                                .table())
                .orElseThrow(() -> new ObservationException(Reason.NOT_FOUND, DESCRIBE + " knows no table " + name));
        Optional<ProvisionedThroughputDescription> provisioned = Optional.ofNullable(table.provisionedThroughput());
        return new Facts()
                .with("arn", table.tableArn())
                .with("status", table.tableStatusAsString())
                // A table that was always provisioned has no summary of how it is billed.
                .with(
                        "billing",
                        Optional.ofNullable(table.billingModeSummary())
                                .map(summary -> summary.billingModeAsString())
                                .orElse("PROVISIONED"))
                .with(
                        "read-capacity",
                        provisioned
                                .map(ProvisionedThroughputDescription::readCapacityUnits)
                                .orElse(0L))
                .with(
                        "write-capacity",
                        provisioned
                                .map(ProvisionedThroughputDescription::writeCapacityUnits)
                                .orElse(0L))
                .with(
                        "keys",
                        table.keySchema().stream()
                                .map(key -> key.attributeName() + " " + key.keyTypeAsString())
                                .toList())
                .with(
                        "indexes",
                        table.globalSecondaryIndexes().stream()
                                .map(GlobalSecondaryIndexDescription::indexName)
                                .toList())
                .with(
                        "encryption",
                        Optional.ofNullable(table.sseDescription())
                                .map(encryption -> encryption.sseTypeAsString())
                                .orElse(""))
                .of(ResourceKind.TABLE, name);
    }
}
