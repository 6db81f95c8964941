package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.estate.TargetView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The targets requests are spread over. Safe for several threads. */
public final class TargetGroup {
    private final String name;
    private final HealthChecks settings;
    private final HealthProbe probe;
    private final ScheduledExecutorService timer;
    private final CopyOnWriteArrayList<Target> targets = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    TargetGroup(String name, HealthChecks settings, HealthProbe probe, ScheduledExecutorService timer) {
        this.name = name;
        this.settings = settings;
        this.probe = probe;
        this.timer = timer;
    }

    public String name() {
        return name;
    }

    /** Adds a target and begins to check its health. Does nothing if it is registered and not draining. */
    public void register(String instanceId, int port, String zone) {
        boolean known =
                targets.stream().anyMatch(target -> target.instanceId().equals(instanceId) && !target.isDraining());
        if (!known) {
            Target target = new Target(instanceId, port, zone);
            targets.add(target);
            check(target);
        }
    }

    /**
     * Takes a target out: it gets no further request, keeps those it has for the deregistration delay, and then is no
     * target any more. Does nothing if there is none.
     */
    public void deregister(String instanceId) {
        for (Target target : targets) {
            if (target.instanceId().equals(instanceId) && target.drain()) {
                var unused = timer.schedule(
                        () -> remove(target), settings.deregistrationDelay().toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private void remove(Target target) {
        targets.remove(target);
        target.pool().close();
    }

    /** Registered and draining targets, in registration order. */
    public List<TargetView> views() {
        return targets.stream().map(target -> target.view(name)).toList();
    }

    /** The healthy target with the fewest outstanding requests; equals take turns, as a quiet group is all equals. */
    Optional<Target> leastOutstanding() {
        List<Target> healthy = targets.stream().filter(Target::isHealthy).toList();
        int first = turn.getAndUpdate(last -> last == Integer.MAX_VALUE ? 0 : last + 1);
        return IntStream.range(0, healthy.size())
                .mapToObj(i -> healthy.get((first % healthy.size() + i) % healthy.size()))
                .min(Comparator.comparingInt(target -> target.outstanding().get()));
    }

    /** Checks one target now and, as long as it is registered, an interval after each check began. */
    private void check(Target target) {
        if (target.isDraining()) {
            return;
        }
        long begin = System.nanoTime();
        var unused = probe.check(target.port()).thenAccept(result -> {
            target.checked(result, settings.healthyThreshold(), settings.unhealthyThreshold());
            long rest = settings.interval().toNanos() - (System.nanoTime() - begin);
            var unusedNext = timer.schedule(() -> check(target), Math.max(0, rest), TimeUnit.NANOSECONDS);
        });
    }
}
