package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.process.LoopbackPorts;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests that load the classes an instance will need: a miss, a hit, an unknown item, a refused write, health. */
final class Rehearsal {
    private Rehearsal() {}

    static void of(int port) throws IOException {
        for (String request : new String[] {
            "GET /health", "GET /items/1", "GET /items/1", "GET /items/999999999", "POST /items", "GET /nowhere"
        }) {
            try (Socket socket = new Socket(LoopbackPorts.address(), port)) {
                socket.setSoTimeout((int) Duration.ofSeconds(5).toMillis());
                String text =
                        request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
            }
        }
    }
}
