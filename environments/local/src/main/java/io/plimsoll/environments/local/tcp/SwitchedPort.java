package io.plimsoll.environments.local.tcp;

import io.plimsoll.environments.local.balancer.Throttle;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.tcp.FlowCounts.Reset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;

/**
 * A port that leads to one server, and to another when that takes over: where clients find a database. Connections to the
 * former are reset, so that what was sent and not answered fails and does not look finished. Safe for several threads.
 */
public final class SwitchedPort implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final int port;
    private final FlowLoop loop;
    private volatile Optional<TargetState> target = Optional.empty();
    private volatile Throttle throttle = Throttle.NONE;

    private SwitchedPort(String name, InetAddress address, int number) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(address, number), BACKLOG);
            this.port = listener.socket().getLocalPort();
            this.loop = new FlowLoop(name, listener, () -> target, new FlowCounts(), () -> throttle);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for " + name + ": " + e.getMessage(), e);
        }
        loop.start();
    }

    /** Opens a free private port that leads nowhere yet. */
    public static SwitchedPort open(String name) {
        return new SwitchedPort(name, LoopbackPorts.privateAddress(), 0);
    }

    /** Opens a private port to the public, under the same number: what a firewall that was left open does. */
    public static SwitchedPort publish(String name, int port) {
        SwitchedPort published = new SwitchedPort(name, LoopbackPorts.address(), port);
        published.pointTo(port);
        return published;
    }

    public int port() {
        return port;
    }

    /** Connects new clients to the server at this private port, and cuts those connected to another. */
    public synchronized void pointTo(int serverPort) {
        if (target.filter(now -> now.target().port() == serverPort).isEmpty()) {
            point(Optional.of(new TargetState(new TcpTarget("port " + serverPort, serverPort, ""))));
        }
    }

    /** Cuts every client and takes none until it points to a server again. */
    public synchronized void pointNowhere() {
        point(Optional.empty());
    }

    /** Makes the network between clients and the server slow, on open connections too. */
    public void throttle(Throttle slow) {
        throttle = slow;
        loop.run(loop::flushAll);
    }

    private void point(Optional<TargetState> next) {
        Optional<TargetState> before = target;
        target = next;
        before.ifPresent(old -> loop.run(() -> List.copyOf(old.flows()).forEach(flow -> flow.reset(Reset.BALANCER))));
    }

    /** Closes the port and every connection. */
    @Override
    public void close() {
        try {
            loop.close();
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
