package io.plimsoll.environments.local.estate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Instances that do what a test says, at once: a launch runs, a target is in the state it was last given. */
public final class FakeEstate implements Estate, Fleet {
    private final List<Object> others = new CopyOnWriteArrayList<>();
    public static final Instant CREATED = Instant.parse("2026-11-24T04:00:00Z");

    private final Clock clock;
    private final List<InstanceView> instances = new ArrayList<>();
    private final List<TargetView> targets = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();
    private Optional<String> closedZone = Optional.empty();
    private final List<String> reboots = new CopyOnWriteArrayList<>();
    private int launched;

    public FakeEstate(Clock clock) {
        this.clock = clock;
    }

    /** A fleet that registers its instances with another target group. */
    public Fleet fleet(String targetGroup) {
        return new Fleet() {
            @Override
            public InstanceView launch(String zone) throws LaunchException {
                return FakeEstate.this.launch(zone);
            }

            @Override
            public void register(String instanceId) {
                set(targetGroup, instanceId, TargetView.Health.INITIAL);
            }

            @Override
            public void deregister(String instanceId) {
                FakeEstate.this.deregister(instanceId);
            }

            @Override
            public void terminate(String instanceId) {
                FakeEstate.this.terminate(instanceId);
            }
        };
    }

    /** Stops an instance. */
    public void stop(String instanceId) {
        instances.replaceAll(instance -> instance.id().equals(instanceId)
                ? instance(instanceId, instance.zone(), InstanceView.State.STOPPED)
                : instance);
    }

    /** Launches in a zone fail from now on; empty for none. */
    public void closeZone(Optional<String> zone) {
        closedZone = zone;
    }

    /** Launches fail with this from now on; empty for success. */
    public void refuseLaunches(Optional<String> message) {
        refusal = message;
    }

    @Override
    public InstanceView launch(String zone) throws LaunchException {
        if (closedZone.equals(Optional.of(zone))) {
            throw new LaunchException("zone " + zone + " has no capacity", new IllegalStateException("told to fail"));
        }
        if (refusal.isPresent()) {
            throw new LaunchException(refusal.get(), new IllegalStateException("told to fail"));
        }
        launched++;
        InstanceView instance = instance(String.format("i-%017x", launched), zone, InstanceView.State.RUNNING);
        instances.add(instance);
        return instance;
    }

    private InstanceView instance(String id, String zone, InstanceView.State state) {
        boolean ended = state == InstanceView.State.TERMINATED;
        return new InstanceView(
                id,
                "app",
                "local.small",
                zone,
                "127.0.0.1",
                9000,
                4711,
                CREATED,
                ended ? Optional.of(clock.instant()) : Optional.empty(),
                state);
    }

    @Override
    public void register(String instanceId) {
        set(instanceId, TargetView.Health.INITIAL);
    }

    @Override
    public void deregister(String instanceId) {
        if (targets.stream().anyMatch(target -> target.instanceId().equals(instanceId))) {
            set(instanceId, TargetView.Health.DRAINING);
        }
    }

    /** Takes every draining target out. */
    public void drained() {
        targets.removeIf(target -> target.health() == TargetView.Health.DRAINING);
    }

    /** Gives a target a state. */
    public void set(String instanceId, TargetView.Health health) {
        String group = targets.stream()
                .filter(target -> target.instanceId().equals(instanceId))
                .map(TargetView::targetGroup)
                .findFirst()
                .orElse("plimsoll-app");
        set(group, instanceId, health);
    }

    private void set(String group, String instanceId, TargetView.Health health) {
        targets.removeIf(target -> target.instanceId().equals(instanceId));
        boolean healthy = health == TargetView.Health.HEALTHY;
        targets.add(new TargetView(
                group,
                instanceId,
                9000,
                zone(instanceId),
                health,
                healthy ? "" : "Elb.InitialHealthChecking",
                healthy ? "" : "Initial health checks in progress"));
    }

    /** Makes every initial target healthy. */
    public void allHealthy() {
        targets.stream()
                .filter(target -> target.health() == TargetView.Health.INITIAL)
                .map(TargetView::instanceId)
                .toList()
                .forEach(id -> set(id, TargetView.Health.HEALTHY));
    }

    private String zone(String instanceId) {
        return instances.stream()
                .filter(instance -> instance.id().equals(instanceId))
                .map(InstanceView::zone)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void terminate(String instanceId) {
        instances.replaceAll(instance -> instance.id().equals(instanceId)
                ? instance(instanceId, instance.zone(), InstanceView.State.TERMINATED)
                : instance);
    }

    /** Adds a further part. */
    public void add(Object view) {
        others.add(view);
    }

    @Override
    public List<InstanceView> instances() {
        return List.copyOf(instances);
    }

    /** Ids of the instances that run. */
    public List<String> running() {
        return instances.stream()
                .filter(instance -> instance.state() == InstanceView.State.RUNNING)
                .map(InstanceView::id)
                .toList();
    }

    @Override
    public <T> List<T> all(Class<T> type) {
        return Stream.of(
                        instances.stream(),
                        Stream.of(balancer(), targetGroup()),
                        targets.stream(),
                        fakeDatabases().stream(),
                        Stream.of(cache(), new Acts()),
                        others.stream())
                .flatMap(views -> views)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Reboots that were asked for and begun. */
    public List<String> reboots() {
        return List.copyOf(reboots);
    }

    /** The primary can do anything, the first replica cannot fail over, the second is not available. */
    private final class Acts implements DatabaseActs {
        @Override
        public List<String> ids() {
            return fakeDatabases().stream().map(DatabaseView::id).toList();
        }

        @Override
        public Optional<Refusal> reboot(String id, boolean forceFailover) {
            if (id.endsWith("-2")) {
                return Optional.of(Refusal.NOT_AVAILABLE);
            }
            if (id.endsWith("-1") && forceFailover) {
                return Optional.of(Refusal.NO_STANDBY);
            }
            reboots.add(id + (forceFailover ? " with failover" : ""));
            return Optional.empty();
        }

        @Override
        public List<DatabaseEvent> events() {
            return List.of(
                    new DatabaseEvent("plimsoll-db-replica-1", CREATED, "creation", "DB instance created."),
                    new DatabaseEvent(
                            "plimsoll-db", CREATED.plusSeconds(1), "failover", "Multi-AZ instance failover started."));
        }
    }

    private static BalancerView balancer() {
        return new BalancerView(
                "plimsoll-lb",
                false,
                "127.0.0.1",
                List.of(new BalancerView.Listener(
                        "HTTP",
                        8080,
                        Optional.empty(),
                        List.of(
                                new BalancerView.Rule(List.of("GET"), List.of("/items/*"), "plimsoll-app"),
                                new BalancerView.Rule(List.of(), List.of(), "plimsoll-app")))),
                CREATED,
                List.of("us-east-1a", "us-east-1b"));
    }

    private static TargetGroupView targetGroup() {
        return new TargetGroupView(
                "plimsoll-app", "plimsoll-lb", "/health", Duration.ofMillis(500), 2, 2, Duration.ofSeconds(5));
    }

    private static List<DatabaseView> fakeDatabases() {
        return List.of(
                database("plimsoll-db", Optional.empty(), 3306),
                database("plimsoll-db-replica-1", Optional.of("plimsoll-db"), 3307),
                database("plimsoll-db-replica-2", Optional.of("plimsoll-db"), 3308));
    }

    private static DatabaseView database(String id, Optional<String> source, int port) {
        return new DatabaseView(
                id,
                source,
                "mariadb",
                "11.4.5",
                "db.local",
                "us-east-1a",
                source.isPresent() ? Optional.empty() : Optional.of("us-east-1b"),
                "available",
                "127.0.0.1",
                port,
                CREATED);
    }

    private static CacheView cache() {
        return new CacheView(
                "plimsoll-cache",
                "redis",
                "6.2.11",
                "cache.local",
                "us-east-1a",
                "available",
                "127.0.0.1",
                6379,
                CREATED);
    }
}
