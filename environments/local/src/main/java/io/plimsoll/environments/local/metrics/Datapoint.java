package io.plimsoll.environments.local.metrics;

import java.time.Instant;

/**
 * A statistic of one period.
 *
 * @param at start of the period
 * @param value in the metric's unit
 */
public record Datapoint(Instant at, double value) {}
