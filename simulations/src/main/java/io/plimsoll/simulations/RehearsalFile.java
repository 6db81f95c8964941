package io.plimsoll.simulations;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Observing;
import io.plimsoll.results.document.Durations;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A descriptor by which a local stack is found like one in an account: it names the load balancer, and nothing else of the
 * stack. With it a descriptor of one's own can be rehearsed.
 */
public final class RehearsalFile {
    /** The stage of the stack that it is for. */
    public static final String STAGE = "auto-scaled";

    private RehearsalFile() {}

    /**
     * Its text.
     *
     * @param local bounds, rates, periods and what cannot be shown are those of this file
     * @param stack what is found by it
     */
    public static String of(Environment local, StackProcess stack) {
        Observing observe = local.observe();
        String cannotShow = local.cannotShow().entrySet().stream()
                .map(each -> "  \"%s\": '%s'\n"
                        .formatted(each.getKey(), each.getValue().replace("'", "''")))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                """
                environment: mine
                kind: aws
                region: %s
                base-url: %s
                endpoint: %s
                time-scale: %s   # a minute of AWS takes 3 s here
                stages: [%s]
                load:
                  allowed-hosts: [127.0.0.1]
                  max-requests-per-second: %.0f
                  max-requests: %d
                  max-duration: %s
                  base-requests-per-second: %.0f
                  peak-requests-per-second: %.0f
                observe:
                  period: %s
                  target-health-poll: %s
                  live-metrics: false
                  settle-quiet: %s
                  settle-deadline: %s
                find:
                  load-balancer: plimsoll-lb
                cannot-show:
                %s""",
                local.region(),
                stack.baseUrl(),
                stack.awsEndpoint(),
                local.timeScale(),
                STAGE,
                local.permission().maxRequestsPerSecond(),
                local.permission().maxRequests(),
                Durations.print(local.permission().maxDuration()),
                local.rates().basePerSecond(),
                local.rates().peakPerSecond(),
                Durations.print(observe.period()),
                Durations.print(observe.targetHealthPoll()),
                Durations.print(observe.settleQuiet()),
                Durations.print(observe.settleDeadline()),
                cannotShow);
    }
}
