package io.plimsoll.environments.local.estate;

/**
 * A data warehouse.
 *
 * @param id cluster identifier
 * @param alive whether its process runs
 */
public record WarehouseView(String id, boolean alive) {}
