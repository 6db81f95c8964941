package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.balancer.AccessLog;
import io.plimsoll.environments.local.balancer.BalancerSettings;
import io.plimsoll.environments.local.balancer.HealthChecks;
import io.plimsoll.environments.local.balancer.LoadBalancer;
import io.plimsoll.environments.local.balancer.TargetGroup;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.BalancerView.Rule;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.Truth;
import io.plimsoll.environments.local.logs.LogStore;
import io.plimsoll.environments.local.measure.BalancerMetrics;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.environments.local.tls.Certificates;
import io.plimsoll.environments.local.tls.ServerTls;
import io.plimsoll.results.document.Document.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A load balancer.
 *
 * @param name name of the part
 * @param settings the balancer
 * @param tls whether it has an HTTPS listener too
 * @param stickiness how long a client stays with its target
 * @param accessLog file that its access log is also written to, beside CloudWatch Logs
 * @param common what the parts share
 */
record BalancerSpec(
        String name,
        BalancerSettings settings,
        boolean tls,
        Optional<Duration> stickiness,
        Optional<Path> accessLog,
        Common common)
        implements PartSpec {
    private static final String ACCOUNT = "000000000000";
    private static final Duration LONGEST_STICKINESS = Duration.ofDays(7);

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly(
                "kind",
                "scheme",
                "routes",
                "tls",
                "stickiness",
                "access-log",
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
                name,
                new BalancerSettings(Common.resourceName(name), internal, rules, checks),
                node.optional("tls").map(Node::flag).orElse(false),
                node.optional("stickiness")
                        .map(duration -> Values.within(duration, Duration.ofSeconds(1), LONGEST_STICKINESS)),
                node.optional("access-log").map(file -> Path.of(file.text()).toAbsolutePath()),
                common);
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
        Optional<ServerTls> ends =
                tls ? Optional.of(new ServerTls(Certificates.of(site.userCache()))) : Optional.empty();
        LoadBalancer balancer = LoadBalancer.start(settings, common.zones(), ends, accesses(site), site.timer());
        balancer.groups().forEach(group -> group.stickiness(stickiness));
        BalancerMetrics metrics = new BalancerMetrics(
                site.metrics(),
                settings.name(),
                balancer.groups().stream().map(TargetGroup::name).toList());
        Running running = new Running(name, balancer);
        measureTraffic(site, metrics, balancer);
        ends.ifPresent(secure -> measureHandshakes(site, metrics, secure));
        site.everySecond(
                settings.name(),
                at -> metrics.publish(
                        at, balancer.counts().drain(), running.targets().toList()));
        if (!settings.internal()) {
            site.announce("baseUrl", running.url());
            site.announce("loadBalancer", settings.name());
            running.secureUrl().ifPresent(url -> site.announce("httpsUrl", url));
            ends.ifPresent(secure -> site.announce(
                    "certificate", secure.certificates().authority().toString()));
        }
        site.tell("load balancer " + settings.name() + ": port " + balancer.port());
        return running;
    }

    private AccessLog accesses(Site site) {
        site.logs().create(LogStore.ACCESS);
        Optional<AccessFile> file = accessLog.map(path -> AccessFile.open(path, site));
        return new AccessLog(settings.name(), common.region(), ACCOUNT, entry -> {
            site.logs().append(LogStore.ACCESS, settings.name(), entry.ended(), entry);
            file.ifPresent(open -> open.add(entry));
        });
    }

    private void measureTraffic(Site site, BalancerMetrics metrics, LoadBalancer balancer) {
        AtomicLong last = new AtomicLong();
        site.everySecond(settings.name() + "-traffic", at -> {
            LoadBalancer.Traffic traffic = balancer.traffic();
            metrics.publishTraffic(at, traffic.activeConnections(), traffic.bytes() - last.getAndSet(traffic.bytes()));
        });
    }

    private void measureHandshakes(Site site, BalancerMetrics metrics, ServerTls secure) {
        AtomicLong last = new AtomicLong();
        site.everySecond(settings.name() + "-tls", at -> {
            long failed = secure.failedHandshakes();
            metrics.publishFailedHandshakes(at, failed - last.getAndSet(failed));
        });
    }

    /** A balancer at work. */
    record Running(String name, LoadBalancer balancer) implements Part {
        Optional<String> secureUrl() {
            return balancer.securePort().map(port -> "https://" + LoopbackPorts.ADDRESS + ":" + port);
        }

        private Stream<Object> disturbed() {
            Stream<Object> paths = balancer.groups().stream()
                    .map(group -> new NetworkPath(
                            group.name().substring(Common.resourceName("").length()), group::throttle));
            return Stream.concat(
                    Stream.concat(Stream.of(balancer), paths),
                    balancer.tls().map(ends -> new SecuredEnd(name, ends)).stream());
        }

        String url() {
            return "http://" + LoopbackPorts.ADDRESS + ":" + balancer.port();
        }

        Stream<TargetView> targets() {
            return balancer.groups().stream().flatMap(group -> group.views().stream());
        }

        private Stream<Truth> known() {
            return balancer.groups().stream().flatMap(group -> group.known().stream());
        }

        @Override
        public Stream<?> offers() {
            return Stream.of(
                            Stream.of(balancer.view()), balancer.groupViews().stream(), targets(), known(), disturbed())
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
