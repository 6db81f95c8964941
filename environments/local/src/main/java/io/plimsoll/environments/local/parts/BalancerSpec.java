package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.balancer.BalancerSettings;
import io.plimsoll.environments.local.balancer.HealthChecks;
import io.plimsoll.environments.local.balancer.LoadBalancer;
import io.plimsoll.environments.local.balancer.TargetGroup;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.BalancerView.Rule;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.measure.BalancerMetrics;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A load balancer.
 *
 * @param name name of the part
 * @param settings the balancer
 * @param zones its availability zones
 */
record BalancerSpec(String name, BalancerSettings settings, List<String> zones) implements PartSpec {
    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly(
                "kind",
                "scheme",
                "routes",
                "health-check-interval",
                "health-check-timeout",
                "healthy-threshold",
                "unhealthy-threshold",
                "deregistration-delay");
        boolean internal = node.required("scheme")
                .oneOf(List.of("internal", "internet-facing"))
                .equals("internal");
        Node routes = node.required("routes");
        List<Rule> rules = routes.items().stream().map(BalancerSpec::rule).toList();
        if (rules.isEmpty()) {
            throw routes.error("must hold at least one route");
        }
        HealthChecks checks = new HealthChecks(
                Values.within(node.required("health-check-interval"), Values.SHORTEST, Values.LONGEST),
                Values.within(node.required("health-check-timeout"), Values.SHORTEST, Values.LONGEST),
                node.required("healthy-threshold").integer(1, 10),
                node.required("unhealthy-threshold").integer(1, 10),
                Values.within(node.required("deregistration-delay"), Duration.ZERO, Values.LONGEST));
        return new BalancerSpec(
                name, new BalancerSettings(Common.resourceName(name), internal, rules, checks), common.zones());
    }

    private static Rule rule(Node route) {
        route.allowOnly("to", "methods", "paths");
        return new Rule(
                Values.texts(route.optional("methods")),
                Values.texts(route.optional("paths")),
                Common.resourceName(route.required("to").text()));
    }

    @Override
    public List<String> uses() {
        return List.of();
    }

    @Override
    public Part start(Site site) {
        LoadBalancer balancer = LoadBalancer.start(settings, zones, site.timer());
        BalancerMetrics metrics = new BalancerMetrics(
                site.metrics(),
                settings.name(),
                balancer.groups().stream().map(TargetGroup::name).toList());
        Running running = new Running(balancer);
        site.everySecond(
                settings.name(),
                at -> metrics.publish(
                        at, balancer.counts().drain(), running.targets().toList()));
        if (!settings.internal()) {
            site.announce("baseUrl", running.url());
            site.announce("loadBalancer", settings.name());
        }
        site.tell("load balancer " + settings.name() + ": port " + balancer.port());
        return running;
    }

    /** A balancer at work. */
    record Running(LoadBalancer balancer) implements Part {
        String url() {
            return "http://" + LoopbackPorts.ADDRESS + ":" + balancer.port();
        }

        Stream<TargetView> targets() {
            return balancer.groups().stream().flatMap(group -> group.views().stream());
        }

        @Override
        public Stream<?> offers() {
            return Stream.of(Stream.of(balancer.view()), balancer.groupViews().stream(), targets())
                    .flatMap(views -> views);
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("upstream-url", url());
        }

        @Override
        public void close() {
            balancer.close();
        }
    }
}
