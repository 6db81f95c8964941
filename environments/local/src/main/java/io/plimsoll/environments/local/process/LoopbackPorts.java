package io.plimsoll.environments.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.function.IntFunction;

/** Free loopback ports for programs that must be told their port. */
public final class LoopbackPorts {
    /** Where the stack's clients find it. */
    public static final String ADDRESS = "127.0.0.1";

    /**
     * Where what is for the stack itself listens, as a private network's machines do: another loopback address, at which
     * nobody finds it who knows only {@link #ADDRESS}. The same as that where the platform has no other (macOS has one
     * only).
     */
    public static final String PRIVATE_ADDRESS = isOurs(new byte[] {127, 0, 0, 2}) ? "127.0.0.2" : ADDRESS;

    private static final int TRIES = 3;
    private static final int GUESSES = 50;

    private LoopbackPorts() {}

    /**
     * Starts something on a free port. Another process may take the port first, so it is tried three times, each with
     * another port.
     *
     * @param start starts it on the given port and throws {@link ProcessException} if it does not come up
     */
    public static <T> T startOnFreePort(IntFunction<T> start) {
        for (int attempt = 1; ; attempt++) {
            int port = free();
            try {
                return start.apply(port);
            } catch (ProcessException e) {
                if (attempt == TRIES || !e.getMessage().contains("ddress already in use")) {
                    throw e;
                }
            }
        }
    }

    /** {@link #ADDRESS}, without asking a resolver. */
    public static InetAddress address() {
        return address(new byte[] {127, 0, 0, 1});
    }

    /** {@link #PRIVATE_ADDRESS}, without asking a resolver. */
    public static InetAddress privateAddress() {
        return isApart() ? address(new byte[] {127, 0, 0, 2}) : address();
    }

    /** Whether the private address is another than the public one. */
    public static boolean isApart() {
        return !PRIVATE_ADDRESS.equals(ADDRESS);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    private static boolean isOurs(byte[] bytes) {
        try (ServerSocket socket = new ServerSocket(0, 1, address(bytes))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that is free at both addresses. The system gives one that is free at the first. */
    private static int free() {
        for (int attempt = 1; ; attempt++) {
            try (ServerSocket socket = new ServerSocket(0, 1, address());
                    ServerSocket there = new ServerSocket()) {
                if (isApart()) {
                    there.bind(new InetSocketAddress(privateAddress(), socket.getLocalPort()));
                }
                return socket.getLocalPort();
            } catch (IOException e) {
                if (attempt == GUESSES) {
                    throw new ProcessException("no free port on " + ADDRESS + " and " + PRIVATE_ADDRESS, e);
                }
            }
        }
    }
}
