package io.plimsoll.environments.local.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A client of one queue, over SQS's protocol AWS JSON 1.0. Safe for several threads. */
public final class QueueClient {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final URI queue;

    /**
     * A message that was received and has yet to be deleted.
     *
     * @param body what was sent
     * @param receipt names this receipt of it
     * @param receives how often it has been received, this time included
     */
    public record Message(String body, String receipt, int receives) {}

    /**
     * A client; nothing is sent yet.
     *
     * @param queue the queue's URL
     */
    public QueueClient(HttpClient client, URI queue) {
        this.client = client;
        this.queue = queue;
    }

    /**
     * Makes a queue.
     *
     * @param endpoint where SQS answers
     * @param attributes by SQS's names
     * @return its URL
     */
    static URI create(HttpClient client, URI endpoint, String name, Map<String, String> attributes) throws IOException {
        JsonNode answer =
                call(client, endpoint, "CreateQueue", Map.of("QueueName", name, "Attributes", attributes), LIMIT);
        return URI.create(answer.required("QueueUrl").asText());
    }

    /** Sends a message. */
    public void send(String body) throws IOException {
        call("SendMessage", Map.of("MessageBody", body), LIMIT);
    }

    /**
     * Receives messages, which are hidden from others until they are deleted or the visibility timeout is over.
     *
     * @param most in [1, 10]
     * @param wait how long to wait for the first, at most 20 s
     * @return none if there are none
     */
    public List<Message> receive(int most, Duration wait) throws IOException {
        JsonNode answer = call(
                "ReceiveMessage",
                Map.of(
                        "MaxNumberOfMessages",
                        most,
                        "WaitTimeSeconds",
                        wait.toSeconds(),
                        "AttributeNames",
                        List.of("ApproximateReceiveCount")),
                LIMIT.plus(wait));
        List<Message> messages = new ArrayList<>();
        answer.path("Messages")
                .forEach(message -> messages.add(new Message(
                        message.required("Body").asText(),
                        message.required("ReceiptHandle").asText(),
                        message.path("Attributes")
                                .path("ApproximateReceiveCount")
                                .asInt(1))));
        return messages;
    }

    /** Deletes a message: its work is done. */
    public void delete(Message message) throws IOException {
        call("DeleteMessage", Map.of("ReceiptHandle", message.receipt()), LIMIT);
    }

    /** The queue's attributes by SQS's names. */
    public Map<String, String> attributes() throws IOException {
        Map<String, String> attributes = new TreeMap<>();
        call("GetQueueAttributes", Map.of("AttributeNames", List.of("All")), LIMIT)
                .path("Attributes")
                .properties()
                .forEach(attribute ->
                        attributes.put(attribute.getKey(), attribute.getValue().asText()));
        return attributes;
    }

    private JsonNode call(String operation, Map<String, Object> parameters, Duration limit) throws IOException {
        Map<String, Object> all = new TreeMap<>(parameters);
        all.put("QueueUrl", queue.toString());
        return call(client, queue.resolve("/"), operation, all, limit);
    }

    private static JsonNode call(
            HttpClient client, URI endpoint, String operation, Map<String, Object> parameters, Duration limit)
            throws IOException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(limit)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS." + operation)
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(parameters)))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IOException("the queue answered " + response.statusCode() + " to " + operation + ": "
                        + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
            }
            return JSON.readTree(
                    response.body().length == 0
                            ? "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)
                            : response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the queue was asked");
        }
    }
}
