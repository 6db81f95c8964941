package io.plimsoll.environments.local;

import io.plimsoll.environments.local.balancer.LoadBalancer;
import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.binaries.UserCache;
import io.plimsoll.environments.local.cache.CacheServer;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.DatabaseCluster;
import io.plimsoll.environments.local.database.DatabaseServer;
import io.plimsoll.environments.local.descriptor.StackDescriptor;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.fleet.ServiceProgram;
import io.plimsoll.environments.local.measure.InstanceMetrics;
import io.plimsoll.environments.local.measure.Sampler;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.service.ServiceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** Everything that runs. Closing it ends every process and removes what it wrote. */
final class Stack implements AutoCloseable {
    private static final Duration CACHE_TTL = Duration.ofMinutes(5);
    private static final Duration IN_SERVICE_LIMIT = Duration.ofSeconds(30);

    private final Guardian guardian;
    private final ControlPlane controlPlane;
    private final RunningEstate estate;
    /** What to close, the last opened first. */
    private final Deque<Runnable> closing;

    private boolean closed;

    private Stack(Guardian guardian, ControlPlane controlPlane, RunningEstate estate, Deque<Runnable> closing) {
        this.guardian = guardian;
        this.controlPlane = controlPlane;
        this.estate = estate;
        this.closing = closing;
    }

    /**
     * Starts everything and returns once the desired instances are in service. If something fails, what was started is
     * ended before the error is thrown.
     *
     * @param progress told one line for each part that is up
     */
    static Stack start(StackDescriptor descriptor, UserCache cache, Consumer<String> progress) {
        Deque<Runnable> closing = new ArrayDeque<>();
        try {
            return start(descriptor, cache, new Progress(progress), closing);
        } catch (RuntimeException | Error e) {
            closing.forEach(Runnable::run);
            throw e;
        }
    }

    /** Tells each step with the time since the start. */
    private record Progress(Consumer<String> lines, long beginNanos) {
        Progress(Consumer<String> lines) {
            this(lines, System.nanoTime());
        }

        void tell(String what) {
            lines.accept(String.format(Locale.ROOT, "%5.1f s  %s", (System.nanoTime() - beginNanos) / 1e9, what));
        }
    }

    private static Stack start(
            StackDescriptor descriptor, UserCache cache, Progress progress, Deque<Runnable> closing) {
        Guardian guardian = Guardian.start();
        closing.push(guardian::close);
        ExecutorService executor = Executors.newCachedThreadPool(Stack::daemon);
        closing.push(executor::shutdownNow);
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, Stack::daemon);
        closing.push(timer::shutdownNow);

        Credentials credentials = Credentials.random();
        String cachePassword = Credentials.random().service();
        ServerBinaries binaries = ServerBinaries.ofProcess(cache);
        CompletableFuture<CacheServer> startingCache = CompletableFuture.supplyAsync(
                () -> {
                    Path redis = binaries.redis(descriptor.binaries().redisServer());
                    CacheServer server = CacheServer.start(guardian, redis, descriptor.cache(), cachePassword);
                    progress.tell("cache " + server.id() + ": Redis " + server.version());
                    return server;
                },
                executor);
        CompletableFuture<LoadBalancer> startingBalancer = CompletableFuture.supplyAsync(
                () -> LoadBalancer.start(descriptor.balancer(), descriptor.zones(), timer), executor);
        CompletableFuture<DatabaseCluster> startingDatabase = CompletableFuture.supplyAsync(
                () -> database(descriptor, cache, guardian, credentials, executor, binaries, progress), executor);

        LoadBalancer balancer = join(startingBalancer);
        closing.push(balancer::close);
        progress.tell("load balancer " + descriptor.balancer().name() + ": port " + balancer.port());
        DatabaseCluster database = join(startingDatabase);
        CacheServer cacheServer = join(startingCache);
        ServiceSettings settings = settings(descriptor, credentials, cachePassword, database, cacheServer);
        ServiceProgram program = ServiceProgram.prepare(cache, guardian, settings);

        ControlPlane controlPlane = new ControlPlane(descriptor);
        closing.push(controlPlane::close);
        InstanceMetrics instanceMetrics = new InstanceMetrics(
                controlPlane.metrics(), descriptor.group(), instanceId -> isHealthy(balancer, instanceId));
        InstanceFleet fleet = new InstanceFleet(
                guardian,
                program,
                settings,
                descriptor.group().type(),
                balancer.group(),
                instanceMetrics::publish,
                executor);
        Sampler sampler = new Sampler(controlPlane.metrics(), balancer, database.servers(), cacheServer);
        closing.push(sampler::close);
        RunningEstate estate = new RunningEstate(balancer, fleet, database, cacheServer, descriptor.zones());
        Stack stack = new Stack(guardian, controlPlane, estate, closing);
        stack.bringIntoService(descriptor.group().desired(), fleet);
        progress.tell(
                "group " + descriptor.group().name() + ": " + descriptor.group().desired() + " in service");
        return stack;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "stack");
        thread.setDaemon(true);
        return thread;
    }

    private static <T> T join(CompletableFuture<T> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static DatabaseCluster database(
            StackDescriptor descriptor,
            UserCache cache,
            Guardian guardian,
            Credentials credentials,
            ExecutorService executor,
            ServerBinaries binaries,
            Progress progress) {
        ServerBinaries.MariaDb binary = binaries.mariadb(descriptor.binaries().mariadbd());
        progress.tell("database: MariaDB binaries " + binary.version());
        DatabaseCluster cluster = DatabaseCluster.start(guardian, binary, cache, descriptor, credentials, executor);
        for (DatabaseServer server : cluster.servers()) {
            progress.tell("database " + server.id() + ": MariaDB " + server.version()
                    + server.source().map(source -> ", replica of " + source).orElse(", primary"));
        }
        return cluster;
    }

    private static ServiceSettings settings(
            StackDescriptor descriptor,
            Credentials credentials,
            String cachePassword,
            DatabaseCluster database,
            CacheServer cacheServer) {
        return new ServiceSettings(
                descriptor.group().type().vcpus(),
                descriptor.service().readCost(),
                descriptor.service().writeCost(),
                descriptor.service().queueLimit(),
                database.primary().port(),
                database.replicas().stream().map(DatabaseServer::port).toList(),
                credentials.service(),
                cacheServer.port(),
                cachePassword,
                CACHE_TTL);
    }

    private static boolean isHealthy(LoadBalancer balancer, String instanceId) {
        return balancer.group().views().stream()
                .anyMatch(target ->
                        target.instanceId().equals(instanceId) && target.health() == TargetView.Health.HEALTHY);
    }

    private void bringIntoService(int desired, InstanceFleet fleet) {
        controlPlane.start(estate, fleet);
        boolean inService = Await.until(() -> controlPlane.inService() >= desired, IN_SERVICE_LIMIT);
        if (!inService) {
            throw new ProcessException("the group's " + desired + " instances are not in service after "
                    + IN_SERVICE_LIMIT.toSeconds() + " s; targets: " + estate.targets() + "; instances: "
                    + estate.instances().stream().map(InstanceView::state).toList());
        }
    }

    Guardian guardian() {
        return guardian;
    }

    ControlPlane controlPlane() {
        return controlPlane;
    }

    RunningEstate estate() {
        return estate;
    }

    /** Ends every process and removes the working directory. Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            closing.forEach(Runnable::run);
        }
    }
}
