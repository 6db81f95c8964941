package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.process.LoopbackPorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** An endpoint that passes bytes on; two threads a connection, which few connections make affordable. */
public final class SwitchedPort implements Endpoint {
    private static final int NOWHERE = 0;

    private final ServerSocket listener;
    private final ExecutorService executor;
    private final Map<Socket, Integer> sockets = new ConcurrentHashMap<>();
    private volatile int target = NOWHERE;

    private SwitchedPort(ServerSocket listener, ExecutorService executor) {
        this.listener = listener;
        this.executor = executor;
    }

    /** Opens a free private port that points nowhere yet. */
    public static SwitchedPort open(ExecutorService executor) {
        return open(LoopbackPorts.privateAddress(), 0, executor);
    }

    /** Opens a private port to the public, under the same number: what a firewall that was left open does. */
    public static SwitchedPort publish(int port, ExecutorService executor) {
        SwitchedPort published = open(LoopbackPorts.address(), port, executor);
        published.pointTo(port);
        return published;
    }

    private static SwitchedPort open(InetAddress address, int number, ExecutorService executor) {
        try {
            SwitchedPort port = new SwitchedPort(new ServerSocket(number, 128, address), executor);
            executor.execute(port::accept);
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a database endpoint: " + e.getMessage(), e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            acceptOne();
        }
    }

    private void acceptOne() {
        try {
            serve(listener.accept());
        } catch (IOException e) {
            // The listener was closed, or the client has gone already: the loop's condition tells which.
            return;
        }
    }

    private void serve(Socket client) {
        int port = target;
        if (port == NOWHERE) {
            cut(client);
            return;
        }
        try {
            Socket server = new Socket(LoopbackPorts.privateAddress(), port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.put(client, port);
            sockets.put(server, port);
            if (target != port) {
                throw new IOException("the endpoint was pointed elsewhere meanwhile");
            }
            executor.execute(() -> pass(client, server));
            executor.execute(() -> pass(server, client));
        } catch (IOException | RejectedExecutionException e) {
            cut(client);
        }
    }

    private void pass(Socket from, Socket to) {
        try (InputStream input = from.getInputStream();
                OutputStream output = to.getOutputStream()) {
            input.transferTo(output);
        } catch (IOException e) {
            cut(from);
        } finally {
            cut(to);
            cut(from);
        }
    }

    /** Closes with a reset: what the other side has sent and not had answered is to fail, not to look finished. */
    private void cut(Socket socket) {
        sockets.remove(socket);
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed already.
            return;
        }
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void pointTo(int serverPort) {
        target = serverPort;
        sockets.forEach((socket, port) -> {
            if (port != serverPort) {
                cut(socket);
            }
        });
    }

    @Override
    public void pointNowhere() {
        pointTo(NOWHERE);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a database endpoint cannot be closed: " + e.getMessage(), e);
        } finally {
            pointNowhere();
        }
    }
}
