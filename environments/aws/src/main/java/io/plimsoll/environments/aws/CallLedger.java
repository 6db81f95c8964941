package io.plimsoll.environments.aws;

import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Counts every request sent to AWS, retries among them, and reads the clock of its answers. */
final class CallLedger implements ExecutionInterceptor {
    private static final ExecutionAttribute<Instant> SENT = new ExecutionAttribute<>("PlimsollSent");
    /** IAM prefixes of services whose name in the SDK, in small letters without spaces, is another. */
    private static final Map<String, String> PREFIXES = Map.of(
            "cloudwatchlogs", "logs",
            "elasticloadbalancingv2", "elasticloadbalancing",
            "resourcegroupstaggingapi", "tag");

    private final Clock clock;
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final LongAdder metricsRequested = new LongAdder();
    private final ClockReadings clockReadings = new ClockReadings();

    CallLedger(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        String call = service(attributes) + ":" + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        calls.computeIfAbsent(call, name -> new LongAdder()).increment();
        attributes.putAttribute(SENT, clock.instant());
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        Instant received = clock.instant();
        Optional.ofNullable(attributes.getAttribute(SENT))
                .ifPresent(sent -> context.httpResponse()
                        .firstMatchingHeader("Date")
                        .flatMap(CallLedger::date)
                        .ifPresent(date -> clockReadings.add(service(attributes), sent, received, date)));
    }

    /** Requests sent, by {@code service:Operation}. */
    SortedMap<String, Long> calls() {
        SortedMap<String, Long> counts = new TreeMap<>();
        calls.forEach((call, count) -> counts.put(call, count.sum()));
        return Collections.unmodifiableSortedMap(counts);
    }

    void requestMetrics(int count) {
        metricsRequested.add(count);
    }

    /** Metrics named in GetMetricData calls so far. */
    long metricsRequested() {
        return metricsRequested.sum();
    }

    Optional<ClockOffset> clockOffset() {
        return clockReadings.offset();
    }

    private static String service(ExecutionAttributes attributes) {
        String name = String.valueOf(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
        String plain = name.replace(" ", "").toLowerCase(Locale.ROOT);
        return PREFIXES.getOrDefault(plain, plain);
    }

    /** An HTTP date (RFC 9110, section 5.6.7); empty if it is none. */
    static Optional<Instant> date(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty(); // an unreadable date is no reading
        }
    }
}
