package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.WarehouseView;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.environments.local.warehouse.WarehouseMetrics;
import io.plimsoll.environments.local.warehouse.WarehouseServer;
import io.plimsoll.environments.local.warehouse.WarehouseSettings;
import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The data warehouse and the job that loads it.
 *
 * @param name name of the part
 * @param shards name of the shards' part
 * @param every how often the job runs
 * @param window how long items are kept in the shards
 * @param grace how much longer until they are overdue
 * @param diskBytes how much the warehouse may take
 * @param common what the parts share
 */
record WarehouseSpec(
        String name, String shards, Duration every, Duration window, Duration grace, long diskBytes, Common common)
        implements PartSpec {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "items-of", "every", "window", "grace", "disk");
        return new WarehouseSpec(
                name,
                node.required("items-of").text(),
                Values.within(node.required("every"), SHORTEST, LONGEST),
                Values.within(node.required("window"), Duration.ofSeconds(2), LONGEST),
                Values.within(node.required("grace"), Duration.ofSeconds(1), LONGEST),
                Values.size(node.required("disk"), 16L << 20, 64L << 30),
                common);
    }

    @Override
    public List<String> uses() {
        return List.of(shards);
    }

    @Override
    public Part start(Site site) {
        ShardsSpec.Running running = site.part(shards, ShardsSpec.Running.class);
        WarehouseServer server = WarehouseServer.start(
                site.guardian(),
                new WarehouseSettings(
                        Common.resourceName(name),
                        running.shards().stream()
                                .map(shard -> shard.primary().port())
                                .toList(),
                        running.credentials().service(),
                        common.service().items(),
                        every,
                        window,
                        grace,
                        diskBytes),
                site.executor());
        String id = server.settings().id();
        site.everySecond(id, new WarehouseMetrics(site.metrics(), server)::publish);
        site.announce("warehouse", id);
        site.tell("warehouse " + id + ": DuckDB, fed by " + running.shards().size() + " shards");
        return new Running(server);
    }

    /** A warehouse at work. */
    record Running(WarehouseServer server) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.of(
                    new WarehouseView(server.settings().id(), server.process().isAlive()));
        }

        @Override
        public Map<String, ChildProcess> processes() {
            return Map.of(server.settings().id(), server.process());
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
