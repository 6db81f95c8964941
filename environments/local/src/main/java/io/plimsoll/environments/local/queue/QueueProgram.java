package io.plimsoll.environments.local.queue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.plimsoll.environments.local.metrics.WallSeconds;
import io.plimsoll.environments.local.process.Daemon;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.Told;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.actor.queue.QueueEventWithOperationStatus;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * The program of the queue's process: ElasticMQ on loopback, in memory. It reads the region as a line from standard input,
 * writes {@code LISTENING <port>} to standard output, then {@code TOTALS <queue> <sent> <received> <deleted> <oldest>} for
 * each queue at every full second, and ends when its standard input does.
 */
public final class QueueProgram {
    /** Begins the line with the port. */
    static final String LISTENING = "LISTENING ";

    /** Begins a line with the totals of a queue; the oldest message's time is {@code -} if there is none. */
    static final String TOTALS = "TOTALS ";

    static final String ACCOUNT = "000000000000";

    private static final PrintStream OUT = System.out;

    private QueueProgram() {}

    /** Hears what happens in the queues, and acknowledges it, as they wait for that. */
    private static final class Listener extends AbstractActor {
        private final MessageLedger ledger;

        Listener(MessageLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(QueueEventWithOperationStatus.class, event -> {
                        book(event);
                        getSender().tell(OperationSuccessful$.MODULE$, getSelf());
                    })
                    .matchAny(other -> {})
                    .build();
        }

        private void book(QueueEventWithOperationStatus event) {
            if (event instanceof QueueEvent.MessageAdded added) {
                InternalMessage message = added.message();
                ledger.added(added.queueName(), message.id(), millis(message), message.receiveCount());
            } else if (event instanceof QueueEvent.MessageUpdated updated) {
                InternalMessage message = updated.message();
                ledger.updated(updated.queueName(), message.id(), millis(message), message.receiveCount());
            } else if (event instanceof QueueEvent.MessageRemoved removed) {
                ledger.removed(removed.queueName(), removed.messageId());
            }
        }

        private static long millis(InternalMessage message) {
            return message.created().toInstant().toEpochMilli();
        }
    }

    public static void main(String[] arguments) {
        try {
            serve();
        } catch (IOException | RuntimeException | LinkageError e) {
            // ElasticMQ's threads would keep the process alive.
            System.err.println("the queue ends: " + e);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve() throws IOException {
        BufferedReader input = Told.input();
        String region = input.readLine();
        MessageLedger ledger = new MessageLedger();
        ActorSystem system = ActorSystem.create("queue", config());
        ActorRef listener = system.actorOf(Props.create(Listener.class, () -> new Listener(ledger)));
        SQSRestServer server = SQSRestServerBuilder.withActorSystem(system)
                .withInterface(LoopbackPorts.PRIVATE_ADDRESS)
                .withDynamicPort()
                .withAWSRegion(region)
                .withAWSAccountId(ACCOUNT)
                .withQueueEventListener(listener)
                .start();
        say(LISTENING + server.waitUntilStarted().localAddress().getPort());
        report(ledger);
        Told.endWith(input);
    }

    /** A few threads are enough for a queue on a shared machine. */
    private static Config config() {
        return ConfigFactory.parseMap(Map.of(
                        "pekko.loglevel",
                        "OFF",
                        "pekko.stdout-loglevel",
                        "OFF",
                        "pekko.actor.default-dispatcher.fork-join-executor.parallelism-max",
                        4))
                .withFallback(ConfigFactory.load());
    }

    private static void report(MessageLedger ledger) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Daemon.named("reporter"));
        var unused = timer.scheduleAtFixedRate(
                () -> ledger.report().forEach(totals -> say(TOTALS + totals.line())),
                WallSeconds.millisToEnd(Instant.now()),
                1_000,
                TimeUnit.MILLISECONDS);
    }

    private static void say(String line) {
        OUT.println(line);
        OUT.flush();
    }
}
