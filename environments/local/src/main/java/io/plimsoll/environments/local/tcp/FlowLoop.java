package io.plimsoll.environments.local.tcp;

import io.plimsoll.environments.local.balancer.Throttle;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The thread that serves all flows of a balancer. */
final class FlowLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FlowLoop.class.getName());
    private static final int BUFFER = 64 * 1024;

    private final String name;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Supplier<Optional<TargetState>> choice;
    private final FlowCounts counts;
    private final Supplier<Throttle> throttle;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final List<Flow> delayed = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(BUFFER);
    private final Thread thread;

    FlowLoop(
            String name,
            ServerSocketChannel listener,
            Supplier<Optional<TargetState>> choice,
            FlowCounts counts,
            Supplier<Throttle> throttle)
            throws IOException {
        this.name = name;
        this.listener = listener;
        this.choice = choice;
        this.counts = counts;
        this.throttle = throttle;
        this.selector = Selector.open();
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        this.thread = new Thread(this::serve, "tcp-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has the thread do something. */
    void run(Runnable order) {
        orders.add(order);
        selector.wakeup();
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::handle, untilDueMillis());
                for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                    order.run();
                }
                List.copyOf(delayed).forEach(this::flush);
            }
        } catch (IOException | RuntimeException e) {
            if (selector.isOpen()) {
                LOG.log(Level.SEVERE, name + " has stopped", e);
            }
        }
    }

    /** Milliseconds until the next piece is due, at least 1; 0, which is for ever, if none waits for its time. */
    private long untilDueMillis() {
        long now = System.nanoTime();
        return delayed.stream()
                .map(Flow::dueNanos)
                .filter(OptionalLong::isPresent)
                .mapToLong(due -> Math.max(1, (due.getAsLong() - now) / 1_000_000))
                .min()
                .orElse(0);
    }

    private void handle(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
        } else {
            Flow flow = (Flow) key.attachment();
            flow.ready(key, scratch);
            keep(flow);
        }
    }

    private void flush(Flow flow) {
        flow.flush();
        keep(flow);
    }

    /** Keeps in mind a flow of which something waits for its time. */
    private void keep(Flow flow) {
        boolean waits = !flow.isClosed() && flow.dueNanos().isPresent();
        if (!waits) {
            delayed.remove(flow);
        } else if (!delayed.contains(flow)) {
            delayed.add(flow);
        }
    }

    /** Passes on, in every flow, what may now be passed on. */
    void flushAll() {
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof Flow flow) {
                flush(flow);
            }
        }
    }

    private void accept() {
        SocketChannel client;
        try {
            client = listener.accept();
        } catch (IOException e) {
            LOG.log(Level.WARNING, name + " could not accept a connection", e);
            return;
        }
        if (client == null) {
            return;
        }
        Optional<TargetState> target = choice.get();
        try {
            client.configureBlocking(false);
            if (target.isEmpty()) {
                refuse(client);
                return;
            }
            connect(client, target.get());
        } catch (IOException e) {
            target.ifPresent(state -> counts.reset(state.target().zone(), FlowCounts.Reset.BALANCER));
            refuse(client);
        }
    }

    private static void refuse(SocketChannel client) {
        Flow.linger(client);
        Flow.closeQuietly(client);
    }

    private void connect(SocketChannel client, TargetState target) throws IOException {
        SocketChannel server = SocketChannel.open();
        try {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.configureBlocking(false);
            server.connect(new InetSocketAddress(
                    LoopbackPorts.privateAddress(), target.target().port()));
            var unused = new Flow(client, server, selector, target, counts, throttle);
        } catch (IOException e) {
            Flow.closeQuietly(server);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        List<SelectionKey> keys = List.copyOf(selector.keys());
        selector.close();
        listener.close();
        for (SelectionKey key : keys) {
            key.channel().close();
        }
    }
}
