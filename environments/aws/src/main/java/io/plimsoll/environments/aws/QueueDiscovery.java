package io.plimsoll.environments.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Describes SQS queues, and the queues that their dead letters go to. */
record QueueDiscovery(SqsClient client, AwsCalls calls) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What of a queue's attributes is kept, and as what; how many messages wait is left to the metrics. */
    private static final Map<QueueAttributeName, String> ATTRIBUTES = Map.of(
            QueueAttributeName.QUEUE_ARN, "arn",
            QueueAttributeName.VISIBILITY_TIMEOUT, "visibility-timeout-seconds",
            QueueAttributeName.MESSAGE_RETENTION_PERIOD, "retention-seconds",
            QueueAttributeName.DELAY_SECONDS, "delay-seconds",
            QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "max-message-bytes",
            QueueAttributeName.FIFO_QUEUE, "fifo",
            QueueAttributeName.KMS_MASTER_KEY_ID, "kms-key",
            QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "encrypted");

    /**
     * A queue, then the one its dead letters go to if it has one (SQS developer guide, "dead-letter queues").
     *
     * @param name its name
     */
    List<Resource> find(String name) throws InterruptedException {
        String url = calls.call("sqs:GetQueueUrl", () -> client.getQueueUrl(request -> request.queueName(name)))
                .queueUrl();
        Map<QueueAttributeName, String> attributes = calls.call(
                        "sqs:GetQueueAttributes",
                        () -> client.getQueueAttributes(
                                request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL)))
                .attributes();
        Facts facts = new Facts();
        ATTRIBUTES.forEach((attribute, fact) -> facts.with(fact, attributes.get(attribute)));
        JsonNode redrive = redrive(attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, ""));
        String deadLetters = redrive.path("deadLetterTargetArn").asText("");
        List<Resource> found = new ArrayList<>();
        String target = deadLetters.substring(deadLetters.lastIndexOf(':') + 1);
        found.add(facts.with("dead-letters", target)
                .with("max-receives", redrive.path("maxReceiveCount").asText(""))
                .of(ResourceKind.QUEUE, name));
        if (!target.isEmpty()) {
            found.add(new Facts().with("arn", deadLetters).of(ResourceKind.DEAD_LETTER_QUEUE, target));
        }
        return found;
    }

    private static JsonNode redrive(String policy) {
        try {
            return policy.isEmpty() ? JSON.createObjectNode() : JSON.readTree(policy);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode(); // a policy that is no JSON names no queue
        }
    }
}
