package io.plimsoll.environments.aws.disturb;

import io.plimsoll.environments.aws.ActingClients;
import io.plimsoll.environments.aws.ObservationException;
import io.plimsoll.environments.aws.descriptor.Disturbing;
import io.plimsoll.results.observation.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/**
 * Holds scaling groups at one size, and gives them back as they were: what a measurement of a size needs. A process that
 * is killed before it can do so leaves them held; {@code aws autoscaling resume-processes} undoes that.
 */
public final class GroupFreezer implements AutoCloseable {
    /** What changes a group's size by itself. Unhealthy instances are still replaced. */
    static final List<String> PROCESSES = List.of("AlarmNotification", "ScheduledActions", "AZRebalance");

    private final ActingClients clients;
    private final GroupCalls calls;
    private final Duration poll;
    private final Duration patience;
    private final Clock clock;
    private final Deque<Undo> undo = new ArrayDeque<>();

    /** One step back. */
    private interface Undo {
        void run() throws InterruptedException;
    }

    /**
     * Nothing is done yet.
     *
     * @param poll how often a group is asked for its size
     * @param patience how long all groups may take to reach their size
     */
    public GroupFreezer(ActingClients clients, Duration poll, Duration patience, Clock clock) {
        this.clients = clients;
        this.calls = new GroupCalls(clients);
        this.poll = poll;
        this.patience = patience;
        this.clock = clock;
    }

    /** Why an environment does not permit to hold groups at that size; empty if it does. */
    public static Optional<String> refusal(Disturbing permission, GroupSize size) {
        return Stream.of("suspend-processes", "resume-processes", "set-desired-capacity")
                .filter(name -> !size.current() || !name.equals("set-desired-capacity"))
                .flatMap(name -> permission.refusal(name).map(why -> name + ": " + why).stream())
                .findFirst();
    }

    /**
     * Suspends what changes the groups' sizes, sets the sizes, and waits until they are reached.
     *
     * @return the size of each group, by its name
     * @throws DisturbanceException if one does not reach its size in time
     * @throws InterruptedException if the thread is interrupted
     */
    public Map<String, Integer> freeze(List<Resource> groups, GroupSize size) throws InterruptedException {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (Resource group : groups) {
            GroupState state = state(group.id());
            suspend(group.id(), state);
            int wanted = size.of(state);
            if (wanted != state.desired()) {
                undo.push(() -> calls.desire(group.id(), state.desired()));
                calls.desire(group.id(), wanted);
            }
            sizes.put(group.id(), wanted);
        }
        await(sizes);
        return sizes;
    }

    private void suspend(String group, GroupState state) throws InterruptedException {
        List<String> running = PROCESSES.stream()
                .filter(process -> !state.suspended().contains(process))
                .toList();
        if (running.isEmpty()) {
            return;
        }
        undo.push(() -> calls.resume(group, running));
        calls.suspend(group, running);
    }

    private void await(Map<String, Integer> sizes) throws InterruptedException {
        Instant deadline = clock.instant().plus(patience);
        List<String> waiting = waiting(sizes);
        while (!waiting.isEmpty()) {
            if (clock.instant().isAfter(deadline)) {
                throw new DisturbanceException(String.join("; ", waiting) + " after " + patience.toSeconds() + " s");
            }
            Thread.sleep(poll.toMillis());
            waiting = waiting(sizes);
        }
    }

    private List<String> waiting(Map<String, Integer> sizes) throws InterruptedException {
        List<String> waiting = new ArrayList<>();
        for (Map.Entry<String, Integer> group : sizes.entrySet()) {
            GroupState state = state(group.getKey());
            if (!state.settledAt(group.getValue())) {
                waiting.add("group " + group.getKey() + " has " + state.inService() + " of " + group.getValue()
                        + " instances in service");
            }
        }
        return waiting;
    }

    private GroupState state(String name) throws InterruptedException {
        AutoScalingGroup group = clients
                .call(
                        "autoscaling:DescribeAutoScalingGroups",
                        () -> clients.autoScaling()
                                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(name)))
                .autoScalingGroups()
                .stream()
                .findFirst()
                .orElseThrow(() -> new DisturbanceException("group " + name + " is gone"));
        Set<String> suspended = group.suspendedProcesses().stream()
                .map(SuspendedProcess::processName)
                .collect(Collectors.toSet());
        int inService = (int) group.instances().stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                .count();
        return new GroupState(
                group.minSize(),
                group.maxSize(),
                group.desiredCapacity(),
                inService,
                group.instances().size(),
                suspended);
    }

    /**
     * Gives every group its size and its processes back, the latest first. One that fails does not keep the others held.
     *
     * @throws DisturbanceException with a sentence for each that failed
     */
    @Override
    public void close() {
        List<String> failures = new ArrayList<>();
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (ObservationException e) {
                failures.add(e.sentence());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add("interrupted");
            }
        }
        clients.close();
        if (!failures.isEmpty()) {
            throw new DisturbanceException("scaling groups may still be held: " + String.join("; ", failures));
        }
    }
}
