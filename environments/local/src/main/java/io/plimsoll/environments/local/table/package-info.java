/**
 * A DynamoDB table: a store that answers DynamoDB's API in a process of its own, and before it a front that does what
 * DynamoDB does around a store. It measures each request, and refuses those that exceed the table's provisioned
 * throughput.
 *
 * <pre>
 * DynamoDbClient ──► {@link io.plimsoll.environments.local.table.TableFront} ──► dynalite (Node.js, LevelDB)
 *                        │ {@link io.plimsoll.environments.local.table.Throughput}: 400 ProvisionedThroughputExceededException
 *                        └ {@link io.plimsoll.environments.local.table.TableMetrics}: AWS/DynamoDB
 * </pre>
 */
@NullMarked
package io.plimsoll.environments.local.table;

import org.jspecify.annotations.NullMarked;
