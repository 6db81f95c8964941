package io.plimsoll.environments.local.measure;

import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.queue.QueueClient;
import io.plimsoll.environments.local.queue.QueueServer;
import io.plimsoll.environments.local.queue.QueueTotals;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * {@code AWS/SQS} of a queue and its dead letters, as "Available CloudWatch metrics for Amazon SQS" of the developer guide
 * lists them. An empty queue's oldest message is 0 s old, as with SQS. A message that is moved to the dead letters is not
 * counted as sent to them. Used by one thread.
 */
public final class QueueMetrics {
    private static final String NAMESPACE = "AWS/SQS";
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final MetricSink sink;
    private final QueueServer server;
    private final Map<String, QueueTotals> before = new HashMap<>();

    /** Publishes to a sink. */
    public QueueMetrics(MetricSink sink, QueueServer server) {
        this.sink = sink;
        this.server = server;
    }

    /** Publishes the second that began at {@code at}; nothing if the queue does not answer. */
    public void publish(Instant at) {
        publish(at, server.settings().name(), server.queue());
        publish(at, server.settings().deadLetters(), server.deadLetters());
    }

    private void publish(Instant at, String queue, QueueClient client) {
        Map<String, String> attributes;
        try {
            attributes = client.attributes();
        } catch (IOException e) {
            // A queue that does not answer has no datapoint.
            return;
        }
        SortedMap<String, String> dimensions = Dimensions.of("QueueName", queue);
        held(at, dimensions, "ApproximateNumberOfMessagesVisible", attributes, "ApproximateNumberOfMessages");
        held(
                at,
                dimensions,
                "ApproximateNumberOfMessagesNotVisible",
                attributes,
                "ApproximateNumberOfMessagesNotVisible");
        held(at, dimensions, "ApproximateNumberOfMessagesDelayed", attributes, "ApproximateNumberOfMessagesDelayed");
        server.totals(queue).ifPresentOrElse(totals -> counted(at, dimensions, totals), () -> age(at, dimensions, 0));
    }

    private void held(
            Instant at,
            SortedMap<String, String> dimensions,
            String metric,
            Map<String, String> attributes,
            String attribute) {
        String value = attributes.get(attribute);
        if (value != null) {
            sink.put(NAMESPACE, metric, dimensions, at, Double.parseDouble(value), "Count");
        }
    }

    private void counted(Instant at, SortedMap<String, String> dimensions, QueueTotals now) {
        QueueTotals last = before.put(now.queue(), now);
        long sent = now.sent() - (last == null ? 0 : last.sent());
        long received = now.received() - (last == null ? 0 : last.received());
        long deleted = now.deleted() - (last == null ? 0 : last.deleted());
        sink.put(NAMESPACE, "NumberOfMessagesSent", dimensions, at, (double) sent, "Count");
        sink.put(NAMESPACE, "NumberOfMessagesReceived", dimensions, at, (double) received, "Count");
        sink.put(NAMESPACE, "NumberOfMessagesDeleted", dimensions, at, (double) deleted, "Count");
        long end = at.plus(PERIOD).toEpochMilli();
        age(
                at,
                dimensions,
                now.oldestMillis().isPresent() ? (end - now.oldestMillis().getAsLong()) / 1e3 : 0);
    }

    private void age(Instant at, SortedMap<String, String> dimensions, double seconds) {
        sink.put(NAMESPACE, "ApproximateAgeOfOldestMessage", dimensions, at, Math.max(0, seconds), "Seconds");
    }
}
