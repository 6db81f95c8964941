package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.ProxiedServiceView;
import io.plimsoll.environments.local.estate.QueueView;
import io.plimsoll.environments.local.measure.QueueMetrics;
import io.plimsoll.environments.local.objectstore.ObjectStore;
import io.plimsoll.environments.local.photos.PhotoStore;
import io.plimsoll.environments.local.photos.SignatureV4;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.queue.QueueServer;
import io.plimsoll.environments.local.queue.QueueSettings;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The queue of jobs to make thumbnails, and its dead letters.
 *
 * @param name name of the part
 * @param store name of the object store's part, where the photos are
 * @param settings the queue
 */
record QueueSpec(String name, String store, QueueSettings settings) implements PartSpec {
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(12);

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "photos-in", "visibility-timeout", "max-receives");
        Node timeout = node.required("visibility-timeout");
        Duration visibility = Values.within(timeout, Duration.ofSeconds(1), LONGEST_TIMEOUT);
        if (visibility.toMillisPart() != 0) {
            throw timeout.error("must be whole seconds");
        }
        return new QueueSpec(
                name,
                node.required("photos-in").text(),
                new QueueSettings(
                        Common.resourceName(name),
                        common.region(),
                        visibility,
                        node.required("max-receives").integer(1, 1_000)));
    }

    @Override
    public List<String> uses() {
        return List.of(store);
    }

    @Override
    public Part start(Site site) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        QueueServer server = QueueServer.start(site.guardian(), settings, client, site.executor());
        ObjectStore objects = site.part(store, ObjectStoreSpec.Running.class).store();
        site.everySecond(settings.name(), new QueueMetrics(site.metrics(), server)::publish);
        new QueueDisturbances(
                        server,
                        new PhotoStore(
                                client,
                                objects.bucketUrl(),
                                new SignatureV4(objects.keyId(), objects.secretKey(), settings.region())))
                .register(site.disturbances());
        site.announce("queue", settings.name());
        site.announce("deadLetterQueue", settings.deadLetters());
        site.tell("queue " + settings.name() + ": ElasticMQ, port "
                + server.endpoint().getPort());
        return new Running(server);
    }

    /** A queue at work. */
    record Running(QueueServer server) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.of(
                    new QueueView(server.settings().name()),
                    new QueueView(server.settings().deadLetters()),
                    new ProxiedServiceView("sqs", server.endpoint()));
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "queue-url",
                    server.url().toString(),
                    "queue-region",
                    server.settings().region());
        }

        @Override
        public Map<String, ChildProcess> processes() {
            return Map.of(server.settings().name(), server.process());
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
