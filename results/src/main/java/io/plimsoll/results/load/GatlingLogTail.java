package io.plimsoll.results.load;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Follows the {@code simulation.log} of a running simulation on this machine.
 *
 * <p>Gatling writes its log in pieces of 8192 bytes, so a record may be seen only when up to about 200 one-request users
 * more have come and gone, or the run ends. Not safe for use by several threads.
 */
public final class GatlingLogTail implements AutoCloseable {
    private final Path log;
    private final GatlingLogDecoder decoder;
    private @Nullable LogCursor cursor;
    private @Nullable RuntimeException failure;

    /** Follows a log, which need not exist yet. */
    public GatlingLogTail(Path log) {
        this.log = log;
        decoder = new GatlingLogDecoder(log.toString(), ByteOrder.nativeOrder());
    }

    /**
     * Tells the listener of all whole records that were appended since the last poll, in the log's order. A record of
     * which only a part has been written waits for a later poll.
     *
     * @return how many records were new, of whatever sort; 0 as long as the log does not exist
     * @throws UnreadableLogException if the log cannot be read, became shorter, is not one of Gatling {@link
     *     GatlingLog#VERSION}, or holds bytes that Gatling cannot have written; every further poll throws the same,
     *     as it does after an exception of the listener
     */
    public long poll(GatlingLogListener listener) {
        if (failure != null) {
            throw failure;
        }
        long before = decoder.records();
        try {
            advance(new Relay(listener));
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
        return decoder.records() - before;
    }

    private void advance(Relay relay) {
        try {
            LogCursor open = cursor;
            if (open == null) {
                open = new LogCursor(log, decoder);
                cursor = open;
            }
            open.advance(relay);
        } catch (NoSuchFileException e) {
            // The simulation has not begun to log: a later poll looks again.
        } catch (IOException e) {
            throw new UnreadableLogException(log + ": cannot be read: " + e.getMessage(), e);
        } catch (MalformedRecordException e) {
            throw new UnreadableLogException(
                    log + ": unreadable after byte " + decoder.consumed() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        LogCursor open = cursor;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UnreadableLogException(log + ": cannot be closed: " + e.getMessage(), e);
            }
        }
    }

    /** Gives records to the listener by name and wall clock. */
    private final class Relay implements GatlingLogDecoder.Sink {
        private final GatlingLogListener listener;

        Relay(GatlingLogListener listener) {
            this.listener = listener;
        }

        @Override
        public void request(int name, boolean ok, int start, int end) {
            listener.request(decoder.string(name), runStart() + start, ok, runStart() + end);
        }

        @Override
        public void user(boolean started, int at) {
            if (started) {
                listener.userStarted(runStart() + at);
            } else {
                listener.userEnded(runStart() + at);
            }
        }

        private long runStart() {
            return decoder.header().orElseThrow().startMillisEpoch();
        }
    }
}
