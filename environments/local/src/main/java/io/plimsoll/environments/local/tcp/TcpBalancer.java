package io.plimsoll.environments.local.tcp;

import io.plimsoll.environments.local.balancer.Throttle;
import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.estate.TargetGroupView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.TargetView.Health;
import io.plimsoll.environments.local.process.Daemon;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.tcp.FlowCounts.Reset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A running TCP balancer. Safe for several threads. */
public final class TcpBalancer implements AutoCloseable {
    private final TcpBalancerSettings settings;
    private final FlowCounts counts = new FlowCounts();
    private final CopyOnWriteArrayList<TargetState> targets = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService checks;
    private final FlowLoop loop;
    private final int port;
    private final Instant created = Instant.now();
    private volatile Throttle throttle = Throttle.NONE;

    private TcpBalancer(TcpBalancerSettings settings) {
        this.settings = settings;
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(LoopbackPorts.privateAddress(), 0), 512);
            this.port = listener.socket().getLocalPort();
            this.loop = new FlowLoop(settings.name(), listener, this::choose, counts, () -> throttle);
        } catch (IOException e) {
            throw new ProcessException("TCP balancer " + settings.name() + " cannot listen: " + e.getMessage(), e);
        }
        this.checks = Executors.newSingleThreadScheduledExecutor(Daemon.named("health-" + settings.name()));
        loop.start();
    }

    /** Starts a balancer without targets on a free loopback port. */
    public static TcpBalancer start(TcpBalancerSettings settings) {
        return new TcpBalancer(settings);
    }

    public TcpBalancerSettings settings() {
        return settings;
    }

    public int port() {
        return port;
    }

    public Instant created() {
        return created;
    }

    public FlowCounts counts() {
        return counts;
    }

    /** Adds a target and begins to check its health. Does nothing if it is registered with that port. */
    public synchronized void register(TcpTarget target) {
        if (targets.stream().noneMatch(state -> serves(state, target))) {
            TargetState state = new TargetState(target);
            targets.add(state);
            check(state);
        }
    }

    private static boolean serves(TargetState state, TcpTarget target) {
        return state.target().equals(target) && state.health() != Health.DRAINING;
    }

    /**
     * Takes a target out: it gets no further connection, keeps those it has for the deregistration delay, and then they
     * are reset and it is no target any more. Does nothing if there is none.
     */
    public synchronized void deregister(String id) {
        for (TargetState state : targets) {
            if (state.target().id().equals(id) && state.health() != Health.DRAINING) {
                state.drain();
                var unused = checks.schedule(
                        () -> remove(state), settings.deregistrationDelay().toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Makes these the only targets; connections of others are reset at once. */
    public synchronized void setTargets(List<TcpTarget> wanted) {
        for (TargetState state : targets) {
            if (!wanted.contains(state.target())) {
                state.drain();
                remove(state);
            }
        }
        wanted.forEach(this::register);
    }

    private void remove(TargetState state) {
        targets.remove(state);
        loop.run(() -> List.copyOf(state.flows()).forEach(flow -> flow.reset(Reset.BALANCER)));
    }

    /** Makes the network between clients and targets slow, on open connections too. */
    public void throttle(Throttle slow) {
        throttle = slow;
        loop.run(loop::flushAll);
    }

    /** Registered and draining targets, in registration order. */
    public List<TargetView> views() {
        return targets.stream().map(state -> state.view(settings.targetGroup())).toList();
    }

    /** Whether at least one target is healthy. */
    public boolean isHealthy() {
        return targets.stream().anyMatch(state -> state.health() == Health.HEALTHY);
    }

    /** How it is described. */
    public BalancerView view() {
        return new BalancerView(
                settings.name(),
                true,
                LoopbackPorts.PRIVATE_ADDRESS,
                List.of(new BalancerView.Listener(
                        BalancerView.TCP,
                        port,
                        Optional.empty(),
                        List.of(new BalancerView.Rule(List.of(), List.of(), settings.targetGroup())))),
                created,
                settings.zones());
    }

    /** How its target group is described. */
    public TargetGroupView groupView() {
        return new TargetGroupView(
                settings.targetGroup(),
                settings.name(),
                "",
                settings.healthCheckInterval(),
                settings.healthyThreshold(),
                settings.unhealthyThreshold(),
                settings.deregistrationDelay());
    }

    /** Open flows now, by target in registration order. */
    public List<ActiveFlows> activeFlows() {
        return targets.stream()
                .map(state -> new ActiveFlows(state.target(), state.active()))
                .toList();
    }

    /**
     * Open flows of a target.
     *
     * @param target the target
     * @param flows >= 0
     */
    public record ActiveFlows(TcpTarget target, int flows) {}

    /** The healthy target with the fewest flows; equals take turns. If none is healthy, all but draining ones count. */
    private Optional<TargetState> choose() {
        List<TargetState> usable = targets.stream()
                .filter(state -> state.health() == Health.HEALTHY)
                .toList();
        if (usable.isEmpty()) {
            usable = targets.stream()
                    .filter(state -> state.health() != Health.DRAINING)
                    .toList();
        }
        List<TargetState> candidates = usable;
        int first = turn.getAndUpdate(last -> last == Integer.MAX_VALUE ? 0 : last + 1);
        return IntStream.range(0, candidates.size())
                .mapToObj(i -> candidates.get((first % candidates.size() + i) % candidates.size()))
                .min(Comparator.comparingInt(TargetState::active));
    }

    /** Checks one target now and, as long as it is registered, an interval after each check began. */
    private void check(TargetState state) {
        checks.execute(() -> {
            if (state.health() == Health.DRAINING || !targets.contains(state)) {
                return;
            }
            long begin = System.nanoTime();
            state.checked(TcpHealthProbe.check(state.target().port(), settings.healthCheckTimeout()), settings);
            long rest = settings.healthCheckInterval().toNanos() - (System.nanoTime() - begin);
            var unused = checks.schedule(() -> check(state), Math.max(0, rest), TimeUnit.NANOSECONDS);
        });
    }

    /** Closes its listener and every connection. */
    @Override
    public void close() {
        checks.shutdownNow();
        try {
            loop.close();
        } catch (IOException e) {
            throw new UncheckedIOException(settings.name() + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
