package io.plimsoll.simulations.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One browser that reads along. Messages wait in a queue of limited length; a reader for whom it overflows is left behind: its
 * stream ends, and the browser asks again for everything.
 */
final class LiveReader {
    /** About a minute of load. */
    static final int LONGEST_QUEUE = 64;

    private static final byte[] ALIVE = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private boolean over;

    /** A reader that begins with everything so far. */
    LiveReader(String soFar) {
        queue.add(bytes(soFar));
    }

    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8);
    }

    /** Gives it another message; returns at once. */
    synchronized void tell(String message) {
        if (over) {
            return;
        }
        if (queue.size() >= LONGEST_QUEUE) {
            queue.clear();
            end();
        } else {
            queue.add(bytes(message));
        }
    }

    /** Nothing follows; returns at once. */
    synchronized void end() {
        over = true;
        queue.add(END);
    }

    /**
     * Writes messages as they come, and a sign of life in between, until they end.
     *
     * @param quiet longest time between two writes
     * @throws IOException if the browser has gone
     */
    void writeTo(OutputStream stream, Duration quiet) throws IOException, InterruptedException {
        while (true) {
            byte @Nullable [] message = queue.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
            if (message == END) {
                return;
            }
            stream.write(message == null ? ALIVE : message);
            stream.flush();
        }
    }
}
