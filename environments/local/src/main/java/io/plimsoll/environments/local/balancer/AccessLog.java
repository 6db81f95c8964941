package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.estate.ArnSuffix;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a balancer writes a line for each request it has answered.
 *
 * @param balancer name of the balancer
 * @param region its region
 * @param account its account
 * @param lines told each entry, whose {@code toString} is the line; must be quick, as an IO thread calls it
 */
public record AccessLog(String balancer, String region, String account, Consumer<AccessEntry> lines) {
    String balancerName() {
        return ArnSuffix.loadBalancer(balancer);
    }

    String targetGroupArn(String group) {
        return "arn:aws:elasticloadbalancing:" + region + ":" + account + ":" + ArnSuffix.targetGroup(group);
    }

    String certificateArn(Optional<String> id) {
        return id.map(certificate -> "arn:aws:acm:" + region + ":" + account + ":certificate/" + certificate)
                .orElse("-");
    }
}
