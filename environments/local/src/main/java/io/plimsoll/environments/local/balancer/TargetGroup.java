package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.Truth;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    private volatile Optional<Duration> stickiness = Optional.empty();
    private volatile Throttle throttle = Throttle.NONE;
    private volatile OptionalLong uplink = OptionalLong.empty();

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
            Optional<Uplink> limit = uplink.isPresent()
                    ? Optional.of(new Uplink(uplink.getAsLong(), System::nanoTime))
                    : Optional.empty();
            Target target = new Target(instanceId, port, zone, limit);
            targets.add(target);
            check(target);
        }
    }

    /**
     * Takes a target out: it gets no further request, keeps those it has for the deregistration delay, and then is no
     * target any more: requests that it still has are broken off. Does nothing if there is none.
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
        target.close();
    }

    /** Registered and draining targets, in registration order. */
    public List<TargetView> views() {
        return targets.stream().map(target -> target.view(name)).toList();
    }

    /** When its targets became healthy. */
    public List<Truth> known() {
        return targets.stream().flatMap(target -> target.known().stream()).toList();
    }

    /** Has a client stay with its target for so long, by a cookie; empty for no such thing. */
    public void stickiness(Optional<Duration> duration) {
        stickiness = duration;
    }

    /** How long a client stays with its target. */
    public Optional<Duration> stickiness() {
        return stickiness;
    }

    /** Limits what each target that is registered from now on may send in a second. */
    public void uplink(long bytesPerSecond) {
        uplink = OptionalLong.of(bytesPerSecond);
    }

    /** Packets of an instance that had to wait, as they exceeded what it may send, since this was last asked. */
    public long drainExceeded(String instanceId) {
        return targets.stream()
                .filter(target -> target.instanceId().equals(instanceId))
                .flatMap(target -> target.uplink().stream())
                .mapToLong(Uplink::drainExceeded)
                .sum();
    }

    /** Makes the network to the targets slow. */
    public void throttle(Throttle slow) {
        throttle = slow;
    }

    Throttle throttle() {
        return throttle;
    }

    /**
     * Where a request goes.
     *
     * @param cookie what an earlier answer told the client, if it is still to be heeded
     */
    Optional<Target> choose(Optional<String> cookie) {
        Optional<Target> earlier = cookie.flatMap(value -> targets.stream()
                .filter(target -> target.isHealthy() && target.cookie().equals(value))
                .findFirst());
        return earlier.isPresent() ? earlier : leastOutstanding();
    }

    /** The healthy target with the fewest outstanding requests; equals take turns, as a quiet group is all equals. */
    private Optional<Target> leastOutstanding() {
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
