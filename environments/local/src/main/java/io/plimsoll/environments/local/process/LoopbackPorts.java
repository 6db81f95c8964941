package io.plimsoll.environments.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.function.IntFunction;

/** Free loopback ports for programs that must be told their port. */
public final class LoopbackPorts {
    /** The only address anything here listens on. */
    public static final String ADDRESS = "127.0.0.1";

    private static final int TRIES = 3;

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
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, address())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ProcessException("no free port on " + ADDRESS, e);
        }
    }
}
