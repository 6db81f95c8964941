package io.plimsoll.results.run;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the evidence holds of one injector of several.
 *
 * @param index from 0
 * @param exitCode of its process; empty if it left none
 * @param facts that it published; empty if it published nothing that can be read
 */
public record ShardRecord(int index, OptionalInt exitCode, Optional<ShardFacts> facts) {}
