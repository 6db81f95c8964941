package io.plimsoll.environments.local;

import io.plimsoll.environments.local.balancer.LoadBalancer;
import io.plimsoll.environments.local.cache.CacheServer;
import io.plimsoll.environments.local.database.DatabaseCluster;
import io.plimsoll.environments.local.database.DatabaseServer;
import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.estate.CacheView;
import io.plimsoll.environments.local.estate.DatabaseView;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.util.List;

/**
 * The estate, told from the running parts.
 *
 * @param zones availability zones; servers are in the first, replicas in the others in turn
 */
record RunningEstate(
        LoadBalancer loadBalancer,
        InstanceFleet fleet,
        DatabaseCluster database,
        CacheServer cacheServer,
        List<String> zones)
        implements Estate {
    /** Instance class of a database server and node type of a cache: processes that share this machine. */
    private static final String DATABASE_CLASS = "db.local";

    private static final String CACHE_TYPE = "cache.local";

    RunningEstate {
        zones = List.copyOf(zones);
    }

    @Override
    public List<InstanceView> instances() {
        return fleet.instances();
    }

    @Override
    public BalancerView balancer() {
        return loadBalancer.view();
    }

    @Override
    public List<TargetView> targets() {
        return loadBalancer.group().views();
    }

    @Override
    public List<DatabaseView> databases() {
        return database.servers().stream().map(this::view).toList();
    }

    private DatabaseView view(DatabaseServer server) {
        return new DatabaseView(
                server.id(),
                server.source(),
                "mariadb",
                server.version(),
                DATABASE_CLASS,
                zones.get(database.servers().indexOf(server) % zones.size()),
                status(server.process().isAlive()),
                LoopbackPorts.ADDRESS,
                server.port(),
                server.started());
    }

    @Override
    public List<CacheView> caches() {
        return List.of(new CacheView(
                cacheServer.id(),
                "redis",
                cacheServer.version(),
                CACHE_TYPE,
                zones.get(0),
                status(cacheServer.process().isAlive()),
                LoopbackPorts.ADDRESS,
                cacheServer.port(),
                cacheServer.started()));
    }

    private static String status(boolean alive) {
        return alive ? "available" : "failed";
    }
}
