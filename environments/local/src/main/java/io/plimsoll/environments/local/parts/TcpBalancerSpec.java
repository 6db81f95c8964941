package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.balancer.Throttle;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.DatabaseView;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.environments.local.tcp.NetworkBalancerMetrics;
import io.plimsoll.environments.local.tcp.TcpBalancer;
import io.plimsoll.environments.local.tcp.TcpBalancerSettings;
import io.plimsoll.environments.local.tcp.TcpTarget;
import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The TCP balancer in front of a database's read replicas. It follows the database: a replica that is promoted is no
 * longer a target, and one that is added is one.
 *
 * @param name name of the part
 * @param database name of the database's part
 * @param settings the balancer
 */
record TcpBalancerSpec(String name, String database, TcpBalancerSettings settings) implements PartSpec {
    private static final long FOLLOW_MILLIS = 200;

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly(
                "kind",
                "replicas-of",
                "health-check-interval",
                "health-check-timeout",
                "healthy-threshold",
                "unhealthy-threshold",
                "deregistration-delay");
        return new TcpBalancerSpec(
                name,
                node.required("replicas-of").text(),
                new TcpBalancerSettings(
                        Common.resourceName(name),
                        Common.resourceName(name),
                        common.zones(),
                        Values.within(node.required("health-check-interval"), Values.SHORTEST, Values.LONGEST),
                        Values.within(node.required("health-check-timeout"), Values.SHORTEST, Values.LONGEST),
                        node.required("healthy-threshold").integer(1, 10),
                        node.required("unhealthy-threshold").integer(1, 10),
                        Values.within(node.required("deregistration-delay"), Duration.ZERO, Values.LONGEST)));
    }

    @Override
    public List<String> uses() {
        return List.of(database);
    }

    @Override
    public Part start(Site site) {
        TcpBalancer balancer = TcpBalancer.start(settings);
        follow(site, balancer);
        var unused = site.timer()
                .scheduleWithFixedDelay(
                        () -> follow(site, balancer), FOLLOW_MILLIS, FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
        site.everySecond(settings.name(), new NetworkBalancerMetrics(site.metrics(), balancer)::publish);
        site.announce("replicaBalancer", settings.name());
        site.tell("TCP balancer " + settings.name() + ": " + balancer.views().size() + " replicas, port "
                + balancer.port());
        return new Running(name, balancer);
    }

    private void follow(Site site, TcpBalancer balancer) {
        String primary = Common.resourceName(database);
        balancer.setTargets(site.estate().databases().stream()
                .filter(view -> view.replicaOf().isPresent() && view.id().startsWith(primary + "-"))
                .map(TcpBalancerSpec::target)
                .toList());
    }

    private static TcpTarget target(DatabaseView replica) {
        return new TcpTarget(replica.id(), replica.port(), replica.zone());
    }

    /** A balancer at work. */
    record Running(String name, TcpBalancer balancer) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.concat(
                    Stream.of(balancer.view(), balancer.groupView(), new NetworkPath(name, this::throttle)),
                    balancer.views().stream());
        }

        private void throttle(Throttle throttle) {
            balancer.throttle(throttle);
        }

        /** In place of the replicas' own ports. */
        @Override
        public Map<String, String> settings() {
            return Map.of("replica-ports", Integer.toString(balancer.port()));
        }

        @Override
        public Optional<String> waitingFor() {
            return balancer.isHealthy()
                    ? Optional.empty()
                    : Optional.of(balancer.settings().name() + " has no healthy replica");
        }

        @Override
        public void close() {
            balancer.close();
        }
    }
}
