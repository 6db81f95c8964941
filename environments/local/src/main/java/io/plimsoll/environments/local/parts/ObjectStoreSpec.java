package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.BucketView;
import io.plimsoll.environments.local.objectstore.ObjectStore;
import io.plimsoll.environments.local.objectstore.ObjectStoreSettings;
import io.plimsoll.environments.local.objectstore.StoreMetrics;
import io.plimsoll.environments.local.service.StaticContent;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The object store with its bucket.
 *
 * @param name name of the part
 * @param settings the store
 */
record ObjectStoreSpec(String name, ObjectStoreSettings settings) implements PartSpec {
    private static final Duration LONGEST_AGE = Duration.ofDays(365);

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "objects", "max-age");
        return new ObjectStoreSpec(
                name,
                new ObjectStoreSettings(
                        Common.resourceName(name),
                        node.required("objects").integer(0, StaticContent.FILES),
                        Math.toIntExact(Values.within(node.required("max-age"), Duration.ZERO, LONGEST_AGE)
                                .toSeconds())));
    }

    @Override
    public List<String> uses() {
        return List.of();
    }

    @Override
    public Part start(Site site) {
        ObjectStore store = ObjectStore.start(site.guardian(), settings);
        StoreMetrics metrics = new StoreMetrics(site.metrics(), settings.bucket(), BucketView.ENTIRE_BUCKET);
        site.everySecond(
                settings.bucket(), at -> metrics.publish(at, store.counts().drain()));
        site.announce("objectStoreUrl", store.endpoint().toString());
        site.announce("bucketUrl", store.bucketUrl().toString());
        site.announce("bucket", settings.bucket());
        site.tell("object store " + settings.bucket() + ": S3Proxy, " + settings.objects() + " objects, port "
                + store.endpoint().getPort());
        return new Running(store);
    }

    /** A store at work. */
    record Running(ObjectStore store) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.of(store, store.view());
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "object-store-url", store.endpoint().toString(),
                    "object-store-bucket", store.settings().bucket(),
                    "object-store-key-id", store.keyId(),
                    "object-store-secret-key", store.secretKey(),
                    "static-url", store.bucketUrl().toString());
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
