package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.estate.BalancerView.Rule;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the target group of a request: that of the first rule that takes it. Safe for several threads. */
final class Routing {
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, TargetGroup> groups = new LinkedHashMap<>();

    private record Route(Rule rule, Predicate<String> path, TargetGroup group) {
        boolean takes(HttpServerExchange exchange) {
            return (rule.methods().isEmpty()
                            || rule.methods()
                                    .contains(exchange.getRequestMethod().toString()))
                    && path.test(exchange.getRequestPath());
        }
    }

    Routing(BalancerSettings settings, ScheduledExecutorService timer) {
        HealthProbe probe = new HealthProbe(settings.checks().timeout(), timer);
        for (Rule rule : settings.rules()) {
            TargetGroup group = groups.computeIfAbsent(
                    rule.targetGroup(), name -> new TargetGroup(name, settings.checks(), probe, timer));
            routes.add(new Route(rule, path(rule.paths()), group));
        }
    }

    private static Predicate<String> path(List<String> patterns) {
        if (patterns.isEmpty()) {
            return any -> true;
        }
        return Pattern.compile(patterns.stream()
                        .map(pattern -> Pattern.quote(pattern).replace("*", "\\E.*\\Q"))
                        .collect(Collectors.joining("|")))
                .asMatchPredicate();
    }

    /** Number of the rule that takes a request, from 1. */
    Optional<Integer> ruleOf(HttpServerExchange exchange) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).takes(exchange)) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }

    Optional<TargetGroup> of(HttpServerExchange exchange) {
        return routes.stream()
                .filter(route -> route.takes(exchange))
                .map(Route::group)
                .findFirst();
    }

    List<TargetGroup> groups() {
        return List.copyOf(groups.values());
    }

    TargetGroup group(String name) {
        return Optional.ofNullable(groups.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no target group '" + name + "', only " + String.join(", ", groups.keySet())));
    }

    /** Answers a request that no target was found for: 404 if no rule takes it, else 503. */
    void withoutTarget(HttpServerExchange exchange) {
        exchange.setStatusCode(of(exchange).isEmpty() ? StatusCodes.NOT_FOUND : StatusCodes.SERVICE_UNAVAILABLE);
        exchange.endExchange();
    }
}
