package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.DatabaseSetup;
import io.plimsoll.environments.local.database.ReplicatedDatabase;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.estate.ShardView;
import io.plimsoll.environments.local.measure.DatabaseMetrics;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.sharding.ShardMap;
import io.plimsoll.environments.local.site.Disturbances.Parameters;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Primaries that share the items by key, {@code plimsoll-<name>-0} and on.
 *
 * @param name name of the part
 * @param map which shard holds which item
 * @param common what the parts share
 */
record ShardsSpec(String name, ShardMap map, Common common) implements PartSpec {
    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "shards");
        int shards = node.required("shards").integer(2, 4);
        return new ShardsSpec(name, ShardMap.of(Common.resourceName(name), shards), common);
    }

    @Override
    public List<String> uses() {
        return List.of();
    }

    @Override
    public Part start(Site site) {
        ServerBinaries.MariaDb binary =
                site.binaries().mariadb(common.binaries().mariadbd());
        Credentials credentials = Credentials.random();
        List<CompletableFuture<ReplicatedDatabase>> starting = IntStream.range(
                        0, map.ids().size())
                .mapToObj(number ->
                        CompletableFuture.supplyAsync(() -> start(site, binary, number, credentials), site.executor()))
                .toList();
        List<ReplicatedDatabase> shards =
                starting.stream().map(CompletableFuture::join).toList();
        for (ReplicatedDatabase shard : shards) {
            String id = shard.primary().id();
            site.everySecond(id, new DatabaseMetrics(site.metrics(), id, shard.primary()::active)::publish);
            site.tell("database " + id + ": MariaDB " + shard.primary().active().version() + ", shard of "
                    + map.ids().size());
        }
        Running running = new Running(shards, credentials);
        site.announce("shards", map.ids());
        site.disturbances().register("lose-shard", running::lose);
        site.disturbances().register("restore-shard", running::restore);
        site.disturbances().register("drop-shard-keys", parameters -> running.dropKeys());
        return running;
    }

    private ReplicatedDatabase start(Site site, ServerBinaries.MariaDb binary, int number, Credentials credentials) {
        DatabaseSetup.Rows rows =
                new DatabaseSetup.Rows(common.service().items(), map.ids().size(), number);
        return ReplicatedDatabase.start(
                site.guardian(),
                binary,
                site.userCache(),
                DatabaseSetup.of(map.ids().get(number), 0, common.zones(), rows),
                credentials,
                site.executor());
    }

    /** Shards at work. */
    record Running(List<ReplicatedDatabase> shards, Credentials credentials) implements Part {
        Running {
            shards = List.copyOf(shards);
        }

        @Override
        public Stream<?> offers() {
            return IntStream.range(0, shards.size()).boxed().flatMap(number -> {
                ReplicatedDatabase shard = shards.get(number);
                ShardView view = new ShardView(shard.primary().id(), number);
                return Stream.concat(shard.views().stream(), Stream.of(shard, view));
            });
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "shard-ports",
                    shards.stream()
                            .map(shard ->
                                    shard.primary().id() + "=" + shard.primary().port())
                            .collect(Collectors.joining(",")),
                    "shard-password",
                    credentials.service());
        }

        @Override
        public Map<String, ChildProcess> processes() {
            Map<String, ChildProcess> processes = new LinkedHashMap<>();
            shards.forEach(shard -> shard.servers().forEach(server -> processes.put(server.id(), server.process())));
            return processes;
        }

        private String lose(Parameters parameters) throws Refused {
            ReplicatedDatabase shard = shard(parameters);
            shard.primary().lose();
            return "lost " + shard.primary().id();
        }

        private String restore(Parameters parameters) throws Refused {
            ReplicatedDatabase shard = shard(parameters);
            shard.primary().restore();
            return "restoring " + shard.primary().id();
        }

        private String dropKeys() throws Refused {
            try {
                for (ReplicatedDatabase shard : shards) {
                    shard.dropPrimaryKey();
                }
                return "items of no shard have a usable key: every read scans";
            } catch (SQLException e) {
                throw new Refused(409, "a shard refused: " + e.getMessage());
            }
        }

        private ReplicatedDatabase shard(Parameters parameters) throws Refused {
            String id = parameters.text("id");
            return shards.stream()
                    .filter(shard -> shard.primary().id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new Refused(
                            404,
                            "no shard '" + id + "', only "
                                    + shards.stream()
                                            .map(shard -> shard.primary().id())
                                            .collect(Collectors.joining(", "))));
        }

        @Override
        public void close() {
            shards.forEach(ReplicatedDatabase::close);
        }
    }
}
