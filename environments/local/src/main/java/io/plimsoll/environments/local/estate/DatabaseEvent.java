package io.plimsoll.environments.local.estate;

import java.time.Instant;

/**
 * Something that happened to a DB instance, in RDS' words.
 *
 * @param source DB instance identifier
 * @param at when
 * @param category RDS event category, such as {@code failover}
 * @param message RDS' text
 */
public record DatabaseEvent(String source, Instant at, String category, String message) {}
