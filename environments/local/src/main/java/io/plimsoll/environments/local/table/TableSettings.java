package io.plimsoll.environments.local.table;

import java.time.Duration;

/**
 * A table of values by key.
 *
 * @param name of the table
 * @param region in which it is said to be
 * @param readUnits read capacity units that it is created with, > 0: a unit is a read of up to 4 KB a second, or two that
 *     are eventually consistent
 * @param writeUnits write capacity units that it is created with, > 0: a unit is a write of up to 1 KB a second
 * @param burst for how long capacity that is not used is kept for later; 300 s with DynamoDB
 */
public record TableSettings(String name, String region, int readUnits, int writeUnits, Duration burst) {
    public TableSettings {
        if (readUnits < 1 || writeUnits < 1) {
            throw new IllegalArgumentException(name + ": capacity units must be > 0, were " + readUnits + " for reads, "
                    + writeUnits + " for writes");
        }
    }
}
