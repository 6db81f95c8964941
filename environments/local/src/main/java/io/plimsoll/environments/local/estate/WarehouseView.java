package io.plimsoll.environments.local.estate;

/**
 * A data warehouse.
 *
 * @param id cluster identifier
 */
public record WarehouseView(String id) {}
