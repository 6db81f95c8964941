package io.plimsoll.environments.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * A request of DynamoDB's data plane: one that carries items and consumes capacity. It is sent on with the wish to be told
 * what it consumed; a client that did not wish so is not told.
 *
 * @param operation such as {@code GetItem}
 * @param table name of the table; of several the first
 * @param body as it is sent on
 * @param tells whether the client wished to be told
 */
record TableCall(String operation, String table, ObjectNode body, boolean tells) {
    private static final Set<String> READS = Set.of("GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems");
    private static final Set<String> WRITES =
            Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");
    private static final String WISH = "ReturnConsumedCapacity";
    private static final String CONSUMED = "ConsumedCapacity";

    /** Whether an operation consumes capacity. */
    static boolean consumes(String operation) {
        return READS.contains(operation) || WRITES.contains(operation);
    }

    static TableCall of(String operation, ObjectNode body) {
        boolean tells = body.hasNonNull(WISH) && !body.get(WISH).asText().equals("NONE");
        if (!tells) {
            body.put(WISH, "TOTAL");
        }
        return new TableCall(operation, table(body), body, tells);
    }

    private static String table(ObjectNode body) {
        if (body.has("TableName")) {
            return body.get("TableName").asText();
        }
        if (body.path("RequestItems").fieldNames().hasNext()) {
            return body.get("RequestItems").fieldNames().next();
        }
        JsonNode first = body.path("TransactItems").path(0);
        return first.elements().hasNext()
                ? first.elements().next().path("TableName").asText()
                : "";
    }

    boolean reads() {
        return READS.contains(operation);
    }

    boolean returnsMany() {
        return operation.equals("Query") || operation.equals("Scan");
    }

    /** Capacity units that an answer says were consumed; one of several tables has as many entries. */
    static double consumed(JsonNode answer) {
        JsonNode consumed = answer.path(CONSUMED);
        double units = consumed.path("CapacityUnits").asDouble(0);
        for (JsonNode each : consumed.isArray() ? consumed : Set.<JsonNode>of()) {
            units += each.path("CapacityUnits").asDouble(0);
        }
        return units;
    }

    /** Leaves of an answer what the client wished for. */
    void strip(ObjectNode answer) {
        if (!tells) {
            answer.remove(CONSUMED);
        }
    }
}
