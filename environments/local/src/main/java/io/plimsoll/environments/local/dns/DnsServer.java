package io.plimsoll.environments.local.dns;

import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.ProcessException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A DNS server for one zone on one loopback port, UDP and TCP. */
public final class DnsServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DnsServer.class.getName());
    /** RFC 1035: the longest message over UDP without EDNS, and over TCP. */
    private static final int UDP_MOST = 512;

    private static final int TCP_MOST = 65_535;
    private static final int TCP_IDLE_MILLIS = 5_000;
    private static final int TCP_CONNECTIONS = 16;
    private static final int TRIES = 5;

    private final Answers answers;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final ExecutorService connections =
            new ThreadPoolExecutor(0, TCP_CONNECTIONS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                return daemon(task, "dns-tcp");
            });

    private DnsServer(HostedZone zone, DatagramSocket udp, ServerSocket tcp) {
        this.answers = new Answers(zone);
        this.udp = udp;
        this.tcp = tcp;
    }

    /** Starts a server on a port that is free for both protocols. */
    public static DnsServer start(HostedZone zone) {
        for (int attempt = 1; ; attempt++) {
            try {
                ServerSocket tcp = new ServerSocket(0, 32, LoopbackPorts.address());
                try {
                    DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), LoopbackPorts.address());
                    DnsServer server = new DnsServer(zone, udp, tcp);
                    daemon(server::serveUdp, "dns-udp").start();
                    daemon(server::serveTcp, "dns-accept").start();
                    return server;
                } catch (IOException e) {
                    tcp.close();
                    throw e;
                }
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw new ProcessException("the DNS server cannot listen: " + e.getMessage(), e);
                }
            }
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    public int port() {
        return tcp.getLocalPort();
    }

    private void serveUdp() {
        byte[] buffer = new byte[4_096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answers.to(Arrays.copyOf(packet.getData(), packet.getLength()), UDP_MOST);
                if (answer.length > 0) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException | RuntimeException e) {
                if (!udp.isClosed()) {
                    LOG.log(Level.WARNING, "a DNS question could not be answered", e);
                }
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                try {
                    connections.execute(() -> serve(socket));
                } catch (RejectedExecutionException e) {
                    socket.close();
                }
            } catch (IOException e) {
                if (!tcp.isClosed()) {
                    LOG.log(Level.WARNING, "a DNS connection could not be accepted", e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
            socket.setSoTimeout(TCP_IDLE_MILLIS);
            while (!tcp.isClosed()) {
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                byte[] answer = answers.to(query, TCP_MOST);
                if (answer.length == 0) {
                    return;
                }
                byte[] framed = new byte[answer.length + 2];
                framed[0] = (byte) (answer.length >> 8);
                framed[1] = (byte) answer.length;
                System.arraycopy(answer, 0, framed, 2, answer.length);
                out.write(framed);
                out.flush();
            }
        } catch (EOFException | SocketTimeoutException e) {
            // The client is done.
            return;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "a DNS connection has ended", e);
        }
    }

    /** Stops answering. */
    @Override
    public void close() {
        udp.close();
        connections.shutdownNow();
        try {
            tcp.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the DNS server's port could not be closed", e);
        }
    }
}
