/**
 * The queue, as SQS is: ElasticMQ in a process of its own, with a queue and its dead letters, and a small client of SQS's
 * JSON protocol.
 *
 * <p>What the queue holds is asked of it as of SQS ({@code GetQueueAttributes}); what SQS tells CloudWatch alone (messages
 * sent, received and deleted, the age of the oldest) is counted in the process from the queue's own events, and reported
 * once a second.
 */
@NullMarked
package io.plimsoll.environments.local.queue;

import org.jspecify.annotations.NullMarked;
