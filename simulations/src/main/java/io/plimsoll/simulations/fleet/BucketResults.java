package io.plimsoll.simulations.fleet;

import io.plimsoll.environments.aws.Bucket;
import io.plimsoll.environments.aws.ObservationException;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import io.plimsoll.results.run.ShardPlace;
import io.plimsoll.results.run.ShardPublication;
import io.plimsoll.simulations.daemon.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A place in a bucket: for injectors that share no disk. An injector puts its files, and last its {@link ShardPublication}; a
 * file gets its name in the evidence only if it is what that says, an injector's exit code after all its others. What was not
 * published to its end, or is not what it was published as, is told as damage of that injector.
 */
public final class BucketResults implements ResultsPlace {
    /** T0, where a gang fixes it itself. */
    static final String START = "start";

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int AT_ONCE = 8;

    private final Bucket bucket;
    private final ShardPlace gathered;
    private final int count;
    private final ClockOffset clockOffset;
    private final Set<Integer> done = new HashSet<>();
    private final Map<Integer, String> damage = new ConcurrentHashMap<>();
    private final ExecutorService fetching = Executors.newFixedThreadPool(AT_ONCE, Daemon.named("plimsoll-gather"));
    private boolean finished;
    private long nextNanos = System.nanoTime();

    BucketResults(Bucket bucket, ShardPlace gathered, int count, ClockOffset clockOffset) {
        this.bucket = bucket;
        this.gathered = gathered;
        this.count = count;
        this.clockOffset = clockOffset;
    }

    /**
     * Begins with a bucket, and compares its clock with this machine's.
     *
     * @param bucket a place of this run alone; closed with this
     * @param gathered the directory of the evidence
     * @param count of injectors
     * @throws ObservationException if the bucket does not answer
     */
    public static BucketResults of(Bucket bucket, ShardPlace gathered, int count) throws InterruptedException {
        return new BucketResults(bucket, gathered, count, bucket.clockOffset());
    }

    @Override
    public ShardPlace gathered() {
        return gathered;
    }

    @Override
    public String told() {
        return bucket.place().toString();
    }

    @Override
    public void offer(Path file) throws InterruptedException {
        try {
            bucket.put(String.valueOf(file.getFileName()), file, ShardPlace.sha256(file));
        } catch (IOException e) {
            throw new EvidenceException(file + ": cannot be read: " + e, e);
        }
    }

    @Override
    public void gather() throws InterruptedException {
        if (finished || done.size() == count || System.nanoTime() - nextNanos < 0) {
            return;
        }
        try {
            bring();
        } catch (ObservationException e) {
            // One answer that did not come; the last attempt tells.
        }
        nextNanos = System.nanoTime() + PAUSE.toNanos();
    }

    @Override
    public void finish() throws InterruptedException {
        if (finished) {
            return;
        }
        finished = true;
        try {
            Set<String> names = bring();
            for (int index = 0; index < count; index++) {
                String own = "injector-" + index + ".";
                long put = names.stream().filter(name -> name.startsWith(own)).count();
                if (!done.contains(index) && put > 0) {
                    damage.putIfAbsent(
                            index,
                            "its publication is not complete: " + put + " of its objects are there, "
                                    + ShardPublication.name(index) + ", which comes last, is not");
                }
            }
        } catch (ObservationException e) {
            for (int index = 0; index < count; index++) {
                if (!done.contains(index)) {
                    damage.putIfAbsent(index, "what it published cannot be gathered: " + e.sentence());
                }
            }
        }
    }

    /** Returns the names of all objects. */
    private Set<String> bring() throws InterruptedException {
        Set<String> names = bucket.names();
        if (names.contains(START) && !Files.exists(gathered.directory().resolve(START))) {
            fetch(START);
        }
        List<Callable<Integer>> published = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int one = index;
            if (!done.contains(one) && names.contains(ShardPublication.name(one))) {
                published.add(() -> {
                    bring(one);
                    return one;
                });
            }
        }
        for (Future<Integer> brought : fetching.invokeAll(published)) {
            try {
                done.add(brought.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ObservationException failure) {
                    throw failure;
                }
                throw new IllegalStateException("gathering fails otherwise than it may", e.getCause());
            }
        }
        return names;
    }

    /** Brings what one injector published. An object that is not there, or another than was published, is damage. */
    private void bring(int index) throws InterruptedException {
        try {
            ShardPublication publication = ShardPublication.read(bucket.text(ShardPublication.name(index)), index);
            for (ShardPublication.Part part : publication.files()) {
                gathered.accept(part, arrived(part.name()));
            }
        } catch (EvidenceException e) {
            damage.put(index, String.valueOf(e.getMessage()));
        } catch (ObservationException e) {
            if (e.reason() != ObservationException.Reason.NOT_FOUND) {
                throw e;
            }
            damage.put(index, "an object that it published is not there: " + e.sentence());
        }
    }

    private void fetch(String name) throws InterruptedException {
        try {
            Files.move(arrived(name), gathered.directory().resolve(name));
        } catch (IOException e) {
            throw EvidenceException.unwritable(name + ": cannot be taken over: " + e, e);
        }
    }

    private Path arrived(String name) throws InterruptedException {
        Path file = gathered.directory().resolve("." + name + ".arrived");
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw EvidenceException.unwritable(file + ": cannot be deleted: " + e, e);
        }
        bucket.get(name, file);
        return file;
    }

    @Override
    public Optional<String> damage(int index) {
        return Optional.ofNullable(damage.get(index));
    }

    @Override
    public ClockOffset clockOffset() {
        return clockOffset;
    }

    @Override
    public void close() {
        fetching.shutdownNow();
        bucket.close();
    }
}
