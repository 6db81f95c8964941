package io.plimsoll.environments.local.aws;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the endpoint does wrong on purpose, as AWS at times does; it can be changed while it answers. Operations are named
 * {@code GetMetricData} or {@code cloudwatch:GetMetricData}. Safe for several threads.
 */
public final class EndpointFaults {
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> withoutPages = ConcurrentHashMap.newKeySet();
    private final Map<String, Throttle> throttles = new ConcurrentHashMap<>();
    private volatile Duration datapointDelay = Duration.ZERO;
    private volatile boolean expired;

    /** Of {@code every} calls the first is answered and the others are throttled; 0 to throttle all. */
    private record Throttle(int every, AtomicInteger calls) {
        boolean takes() {
            return every == 0 || calls.getAndIncrement() % every != 0;
        }
    }

    /** None. */
    public EndpointFaults() {}

    /** Denies operations: the caller lacks the right. */
    public EndpointFaults refuse(Collection<String> operations) {
        refused.addAll(operations);
        return this;
    }

    /**
     * Throttles an operation.
     *
     * @param every one of so many calls is answered, >= 2; 0 for none
     */
    public EndpointFaults throttle(String operation, int every) {
        throttles.put(operation, new Throttle(every, new AtomicInteger()));
        return this;
    }

    /** Drops the connection of each call of an operation for a page after the first. */
    public EndpointFaults dropPages(String operation) {
        withoutPages.add(operation);
        return this;
    }

    /** Holds datapoints back for so long beyond their publication. */
    public EndpointFaults delayDatapoints(Duration delay) {
        datapointDelay = delay;
        return this;
    }

    /** Takes every caller's credentials for expired, or no more. */
    public EndpointFaults expireCredentials(boolean on) {
        expired = on;
        return this;
    }

    /** Ends all faults. */
    public void clear() {
        refused.clear();
        withoutPages.clear();
        throttles.clear();
        datapointDelay = Duration.ZERO;
        expired = false;
    }

    Duration datapointDelay() {
        return datapointDelay;
    }

    /** Throws the error that a call is to be answered with. */
    void check(Service service, String operation) {
        String action = service.action(operation);
        if (expired) {
            throw AwsFault.forbidden(
                    switch (service.protocol()) {
                        case EC2 -> "RequestExpired";
                        case JSON, REST_JSON -> "ExpiredTokenException";
                        case QUERY, REST_XML -> "ExpiredToken";
                    },
                    "The security token included in the request is expired");
        }
        if (refused.contains(operation) || refused.contains(action)) {
            throw denied(service, action);
        }
        Throttle throttle = throttles.getOrDefault(operation, throttles.get(action));
        if (throttle != null && throttle.takes()) {
            throw switch (service.protocol()) {
                case EC2 -> AwsFault.unavailable("RequestLimitExceeded", "Request limit exceeded.");
                case JSON, REST_JSON -> AwsFault.badRequest("ThrottlingException", "Rate exceeded");
                case QUERY, REST_XML -> AwsFault.badRequest("Throttling", "Rate exceeded");
            };
        }
    }

    private static AwsFault denied(Service service, String action) {
        return AwsFault.forbidden(
                service.protocol() == Service.Protocol.JSON ? "AccessDeniedException" : "AccessDenied",
                "User: " + Caller.USER + " is not authorized to perform: " + action
                        + " because no identity-based policy allows the " + action + " action");
    }

    /** Whether a call for a page after the first is left without an answer. */
    boolean drops(Service service, String operation) {
        return withoutPages.contains(operation) || withoutPages.contains(service.action(operation));
    }
}
