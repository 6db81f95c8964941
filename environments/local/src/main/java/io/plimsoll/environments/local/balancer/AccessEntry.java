package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.process.LoopbackPorts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * One answered request as an application load balancer logs it. Its {@code toString} is a line of "Access logs for your
 * Application Load Balancer": fields separated by spaces, those that may hold any in quotation marks, {@code -} for what
 * there was none of, and times of −1 for what was not done. Fields that this balancer has nothing for (redirects,
 * classifications of malformed requests, the connection's trace) are always {@code -}.
 *
 * @param log where it is written
 * @param type {@code http}, {@code https} or {@code h2}
 * @param created when the request came
 * @param ended when it was answered
 * @param client address and port of the client
 * @param target port of the target, if one was chosen
 * @param seconds how long the balancer had the request until it was sent, the target until its answer began, and the
 *     balancer until that was passed on
 * @param status what the client got
 * @param targetStatus what the target answered, if it did
 * @param receivedBytes size of the request with its head
 * @param sentBytes size of the answer with its head
 * @param request method, URL and protocol
 * @param userAgent what the client said it is, or {@code -}
 * @param tls what TLS was spoken with
 * @param targetGroup name of the target group, if a rule took the request
 * @param traceId what the client said in X-Amzn-Trace-Id, or {@code -}
 * @param rule number of the rule that took it; empty if none did
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html">access
 *     log entries</a>
 */
public record AccessEntry(
        AccessLog log,
        String type,
        Instant created,
        Instant ended,
        String client,
        Optional<Integer> target,
        Times seconds,
        int status,
        Optional<Integer> targetStatus,
        long receivedBytes,
        long sentBytes,
        String request,
        String userAgent,
        Optional<Tls> tls,
        Optional<String> targetGroup,
        String traceId,
        Optional<Integer> rule) {
    private static final String NONE = "-";

    /** Seconds of a request's three parts; −1 each if no target answered. */
    record Times(double request, double target, double response) {
        static final Times NOT_DONE = new Times(-1, -1, -1);
    }

    /** TLS of a connection. */
    record Tls(String cipher, String protocol, Optional<String> certificateId) {}

    @Override
    public String toString() {
        String to = target.map(port -> LoopbackPorts.ADDRESS + ":" + port).orElse(NONE);
        String answered = targetStatus.map(String::valueOf).orElse(NONE);
        return String.join(
                " ",
                type,
                ended.truncatedTo(ChronoUnit.MICROS).toString(),
                log.balancerName(),
                client,
                to,
                seconds(seconds.request()),
                seconds(seconds.target()),
                seconds(seconds.response()),
                Integer.toString(status),
                answered,
                Long.toString(receivedBytes),
                Long.toString(sentBytes),
                quoted(request),
                quoted(userAgent),
                tls.map(Tls::cipher).orElse(NONE),
                tls.map(Tls::protocol).orElse(NONE),
                targetGroup.map(log::targetGroupArn).orElse(NONE),
                quoted(traceId),
                quoted(NONE),
                quoted(log.certificateArn(tls.flatMap(Tls::certificateId))),
                rule.map(String::valueOf).orElse(NONE),
                created.truncatedTo(ChronoUnit.MICROS).toString(),
                quoted(targetGroup.isPresent() ? "forward" : NONE),
                quoted(NONE),
                quoted(NONE),
                quoted(to),
                quoted(answered),
                quoted(NONE),
                quoted(NONE),
                NONE);
    }

    private static String seconds(double value) {
        return value < 0 ? "-1" : String.format(Locale.ROOT, "%.3f", value);
    }

    /** What would end the field, or the line, is escaped, as the documentation does for user agents. */
    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\x22").replace("\n", "\\x0A").replace("\r", "\\x0D") + '"';
    }
}
