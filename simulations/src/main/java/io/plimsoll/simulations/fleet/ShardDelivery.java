package io.plimsoll.simulations.fleet;

import io.plimsoll.environments.aws.Bucket;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import io.plimsoll.results.run.ShardPlace;
import io.plimsoll.results.run.ShardPublication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.SortedSet;

/**
 * The ways of an injector that shares no disk with the others, before and after its load: {@code simulations/injector} goes
 * them, so that nothing but load happens in the injector's own process.
 */
public final class ShardDelivery {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Bucket bucket;

    public ShardDelivery(Bucket bucket) {
        this.bucket = bucket;
    }

    /** Gets Java's options for all injectors into a directory, and adds how far this machine's clock is from the bucket's. */
    public void fetch(Path directory) throws InterruptedException {
        try {
            Path options = Files.createDirectories(directory).resolve(GangOrder.OPTIONS);
            bucket.get(GangOrder.OPTIONS, options);
            ClockOffset offset = bucket.clockOffset();
            Files.writeString(
                    options,
                    "\"-Dshard.clock=" + offset.millis() + "/" + offset.errorMillis() + "\"\n",
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw EvidenceException.unwritable(directory + ": cannot be written: " + e, e);
        }
    }

    /** Puts all that an injector left in a directory, and last its publication. */
    public void publish(ShardPlace place, int index) throws InterruptedException {
        ShardPublication publication = ShardPublication.of(place, index);
        for (ShardPublication.Part part : publication.files()) {
            bucket.put(part.name(), place.directory().resolve(part.name()), part.sha256());
        }
        bucket.put(ShardPublication.name(index), publication.text());
    }

    /** Waits until so many injectors have published, no longer than given. */
    public void await(int count, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (published(bucket.names()) < count && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK.toMillis());
        }
    }

    private static long published(SortedSet<String> names) {
        return names.stream().filter(name -> name.endsWith(".published.json")).count();
    }
}
