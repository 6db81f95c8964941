package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Placement;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.net.URI;
import java.util.List;

/** Whether the security groups of the load balancers let in what the descriptor's base URL needs. */
record SecurityGroupCheck(Checklist list, Environment environment) {
    void look(Topology topology) {
        if (!(environment.placement() instanceof Placement.Aws aws)) {
            return;
        }
        int port = port(aws.baseUrl());
        for (Resource balancer : topology.of(ResourceKind.LOAD_BALANCER)) {
            List<Resource> groups = topology.of(ResourceKind.SECURITY_GROUP).stream()
                    .filter(group ->
                            balancer.facts().getOrDefault("security-groups", "").contains(group.id()))
                    .toList();
            boolean open = groups.stream().anyMatch(group -> lets(group.facts().getOrDefault("in", ""), port));
            if (!groups.isEmpty() && !open) {
                list.add(
                        "security groups",
                        Preflight.State.REFUSED,
                        "no security group of " + balancer.id() + " lets port " + port + " of 'base-url' in",
                        "open port " + port + " for the injector, or correct 'base-url'");
            } else if (!groups.isEmpty()) {
                list.add(
                        "security groups", Preflight.State.FINE, "port " + port + " is let in to " + balancer.id(), "");
            }
        }
    }

    private static boolean lets(String rules, int port) {
        for (String rule : rules.split(", ", -1)) {
            String[] words = rule.split(" ", -1);
            if (words[0].equals("all")) {
                return true;
            }
            String[] range = words.length > 1 ? words[1].split("-", -1) : new String[] {""};
            if (words[0].equals("tcp") && range[0].matches("\\d+")) {
                int last = Integer.parseInt(range[range.length - 1]);
                if (Integer.parseInt(range[0]) <= port && port <= last) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }
}
