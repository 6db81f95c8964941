package io.plimsoll.environments.local.tcp;

import io.plimsoll.environments.local.balancer.Throttle;
import io.plimsoll.environments.local.tcp.FlowCounts.Reset;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A client's connection and the target's that belongs to it. Touched by the balancer's thread alone. */
final class Flow {
    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final TargetState target;
    private final FlowCounts counts;
    private final Pipe up;
    private final Pipe down;
    private boolean connected;
    private boolean closed;

    /** Takes both channels; the server's is still being connected. */
    Flow(
            SocketChannel client,
            SocketChannel server,
            Selector selector,
            TargetState target,
            FlowCounts counts,
            Supplier<Throttle> throttle)
            throws IOException {
        this.client = client;
        this.server = server;
        this.target = target;
        this.counts = counts;
        String zone = target.target().zone();
        this.up = new Pipe(client, server, throttle, bytes -> counts.processed(zone, bytes));
        this.down = new Pipe(server, client, throttle, bytes -> counts.processed(zone, bytes));
        this.clientKey = client.register(selector, 0, this);
        this.serverKey = server.register(selector, SelectionKey.OP_CONNECT, this);
        target.opened(this);
    }

    boolean isClosed() {
        return closed;
    }

    /** Handles what a key is ready for. */
    void ready(SelectionKey key, ByteBuffer scratch) {
        if (closed) {
            return;
        }
        if (key.isConnectable()) {
            connect();
        } else {
            if (key.isReadable()) {
                read(key, scratch);
            }
            flush();
        }
    }

    private void connect() {
        try {
            server.finishConnect();
            connected = true;
            counts.opened(target.target().zone());
            flush();
        } catch (IOException e) {
            reset(Reset.BALANCER);
        }
    }

    private void read(SelectionKey key, ByteBuffer scratch) {
        boolean ofClient = key == clientKey;
        try {
            (ofClient ? up : down).read(scratch);
        } catch (IOException e) {
            reset(ofClient ? Reset.CLIENT : Reset.TARGET);
        }
    }

    /** Passes on what is due in both directions. */
    void flush() {
        if (!closed && connected && write(up, Reset.TARGET) && write(down, Reset.CLIENT)) {
            if (up.isOver() && down.isOver()) {
                close();
            } else {
                clientKey.interestOps(interest(up, down));
                serverKey.interestOps(interest(down, up));
            }
        }
    }

    /** Writes one direction; whether the flow is still open then. */
    private boolean write(Pipe pipe, Reset ifRefused) {
        try {
            pipe.write();
            return true;
        } catch (IOException e) {
            reset(ifRefused);
            return false;
        }
    }

    private static int interest(Pipe reading, Pipe writing) {
        return (reading.wantsToRead() ? SelectionKey.OP_READ : 0)
                | (writing.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
    }

    /** When what waits for its time is due. */
    OptionalLong dueNanos() {
        return Stream.of(up.dueNanos(), down.dueNanos())
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .reduce((one, other) -> one - other < 0 ? one : other);
    }

    /** Resets both connections. */
    void reset(Reset by) {
        if (!closed) {
            counts.reset(target.target().zone(), by);
            linger(client);
            linger(server);
            close();
        }
    }

    /** Makes the close of a channel a reset. */
    static void linger(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // A channel that is closed already needs no reset.
            return;
        }
    }

    void close() {
        closed = true;
        target.ended(this);
        closeQuietly(client);
        closeQuietly(server);
    }

    static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is left to be done with it.
            return;
        }
    }
}
