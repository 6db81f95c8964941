package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.balancer.TargetGroup;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.OpenPortView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.VolumeView;
import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.measure.InstanceMetrics;
import io.plimsoll.environments.local.measure.VolumeMetrics;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.Site;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fleet at work.
 *
 * @param database the database on its one instance; empty if there is none
 * @param group name of the scaling group that it is the fleet of; empty while there is none
 */
record RunningFleet(
        FleetSpec spec,
        InstanceFleet fleet,
        Optional<TargetGroup> targets,
        Optional<HostedDatabase> database,
        AtomicReference<Optional<String>> group)
        implements Part {
    static RunningFleet of(
            FleetSpec spec,
            InstanceFleet fleet,
            Optional<TargetGroup> targets,
            Optional<HostedDatabase> database,
            Site site) {
        RunningFleet running =
                new RunningFleet(spec, fleet, targets, database, new AtomicReference<>(Optional.empty()));
        InstanceMetrics metrics = new InstanceMetrics(
                site.metrics(),
                instance -> spec.typeOf(instance).memoryBytes(),
                running.group()::get,
                running::isHealthy);
        VolumeMetrics volume = new VolumeMetrics(
                site.metrics(), instance -> spec.typeOf(instance).volumeBytes());
        fleet.onReport((instance, report) -> {
            long beside = database.stream()
                    .flatMap(hosted -> hosted.processes().values().stream())
                    .mapToLong(process -> process.residentBytes().orElse(0))
                    .sum();
            metrics.publish(instance, report, beside);
            targets.ifPresent(group -> metrics.publishExceeded(instance, report, group.drainExceeded(instance.id())));
            database.flatMap(HostedDatabase::diskUse).ifPresent(use -> volume.publish(instance, report, use));
        });
        return running;
    }

    /** Tells that a scaling group launches its instances. */
    void joins(String scalingGroup) {
        group.set(Optional.of(scalingGroup));
    }

    private boolean isHealthy(String instanceId) {
        return healthy().contains(instanceId);
    }

    /** Ids of its instances that serve: the healthy targets, or all that run if it has no target group. */
    Set<String> healthy() {
        return targets.map(group -> group.views().stream()
                        .filter(target -> target.health() == TargetView.Health.HEALTHY)
                        .map(TargetView::instanceId)
                        .collect(Collectors.toSet()))
                .orElseGet(() -> fleet.instances().stream()
                        .filter(instance -> instance.state() == InstanceView.State.RUNNING)
                        .map(InstanceView::id)
                        .collect(Collectors.toSet()));
    }

    @Override
    public Stream<?> offers() {
        return Stream.of(Stream.of(fleet), fleet.instances().stream(), volumes(), openPort())
                .flatMap(offers -> offers);
    }

    private Stream<OpenPortView> openPort() {
        return database
                .filter(HostedDatabase::isPublished)
                .map(open -> new OpenPortView(spec.tier(), open.port()))
                .stream();
    }

    /** An instance with a database on board has something to store. */
    private Stream<VolumeView> volumes() {
        return database.isPresent()
                ? fleet.instances().stream()
                        .filter(instance -> instance.state() != InstanceView.State.TERMINATED)
                        .map(instance -> new VolumeView(
                                instance.volumeId(),
                                instance.id(),
                                instance.zone(),
                                spec.typeOf(instance).volumeBytes(),
                                instance.launched()))
                : Stream.of();
    }

    @Override
    public void close() {
        database.ifPresent(HostedDatabase::close);
    }

    @Override
    public Map<String, ChildProcess> processes() {
        return fleet.processes();
    }
}
