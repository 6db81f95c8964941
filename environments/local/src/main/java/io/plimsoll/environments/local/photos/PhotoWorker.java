package io.plimsoll.environments.local.photos;

import io.plimsoll.environments.local.queue.QueueClient;
import io.plimsoll.environments.local.queue.QueueClient.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Takes jobs from the queue, one after the other, and makes thumbnails. A job that cannot be done is left where it is: the
 * queue gives it out again, and in the end moves it to the dead letters.
 */
public final class PhotoWorker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PhotoWorker.class.getName());
    private static final Duration LONG_POLL = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(200);
    private static final int AT_ONCE = 4;
    private static final String MEDIA_TYPE = "image/jpeg";

    private final QueueClient queue;
    private final PhotoStore store;
    private final LongSupplier cpuNanos;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Thread thread = new Thread(this::work, "worker");
    private volatile boolean closing;

    /**
     * A worker that waits for {@link #start}.
     *
     * @param cpuNanos takes the work of one thumbnail in, and says for how many nanoseconds it keeps the worker busy
     */
    public PhotoWorker(QueueClient queue, PhotoStore store, LongSupplier cpuNanos) {
        this.queue = queue;
        this.store = store;
        this.cpuNanos = cpuNanos;
        thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Thumbnails made so far. */
    public long done() {
        return done.get();
    }

    /** Jobs that could not be done so far; a job that comes again counts again. */
    public long failed() {
        return failed.get();
    }

    private void work() {
        while (!closing) {
            try {
                for (Message message : queue.receive(AT_ONCE, LONG_POLL)) {
                    if (!closing) {
                        work(message);
                    }
                }
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "the queue does not answer", e);
                pause(AFTER_FAILURE.toNanos());
            }
        }
    }

    private void work(Message message) {
        long begin = System.nanoTime();
        long busyNanos = cpuNanos.getAsLong();
        try {
            make(message.body());
            queue.delete(message);
            done.incrementAndGet();
        } catch (IOException e) {
            failed.incrementAndGet();
            LOG.log(System.Logger.Level.WARNING, "job " + message.body() + ": " + e.getMessage());
        }
        pause(busyNanos - (System.nanoTime() - begin));
    }

    private void make(String job) throws IOException {
        Photo photo = Photo.ofJob(job).orElseThrow(() -> new IOException("it is no job"));
        byte[] original = store.get(photo.originalKey()).orElseThrow(() -> new IOException("there is no such photo"));
        store.put(photo.thumbnailKey(), MEDIA_TYPE, Thumbnail.of(original));
    }

    private static void pause(long nanos) {
        if (nanos > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends once the job at hand is done; those it has received besides are given to others after their timeout. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(LONG_POLL.plusSeconds(1).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
