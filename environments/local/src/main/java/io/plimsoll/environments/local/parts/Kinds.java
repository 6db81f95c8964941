package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.PartKind;
import java.util.Map;

/** The kinds of parts, by what an environment file calls them. */
public final class Kinds {
    /** How each kind is read. */
    public static final Map<String, PartKind> ALL = Map.ofEntries(
            Map.entry("cache", CacheSpec::read),
            Map.entry("cdn", CdnSpec::read),
            Map.entry("database", DatabaseSpec::read),
            Map.entry("elastic-ip", AddressSpec::read),
            Map.entry("fixed-size", FixedSizeSpec::read),
            Map.entry("fleet", FleetSpec::read),
            Map.entry("load-balancer", BalancerSpec::read),
            Map.entry("name-service", NameServiceSpec::read),
            Map.entry("object-store", ObjectStoreSpec::read),
            Map.entry("queue", QueueSpec::read),
            Map.entry("scaling-group", GroupSpec::read),
            Map.entry("shards", ShardsSpec::read),
            Map.entry("table", TableSpec::read),
            Map.entry("tcp-balancer", TcpBalancerSpec::read),
            Map.entry("warehouse", WarehouseSpec::read));

    private Kinds() {}
}
