package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.process.LoopbackPorts;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Requests that load the classes an instance will need: a miss, a hit, an unknown item, a refused write, and so on. */
final class Rehearsal {
    private static final List<String> REQUESTS = List.of(
            "GET /health",
            "GET /items/1",
            "GET /items/1",
            "GET /items/999999999",
            "POST /items",
            "GET /nowhere",
            "GET /kv/rehearsal",
            "DELETE /kv/rehearsal",
            "GET /static/1",
            "POST /session",
            "GET /session\r\nCookie: session=0");

    private Rehearsal() {}

    static void of(int port) throws IOException {
        for (String request : REQUESTS) {
            try (Socket socket = new Socket(LoopbackPorts.address(), port)) {
                socket.setSoTimeout((int) Duration.ofSeconds(5).toMillis());
                String text = request.replaceFirst("(\r\n|$)", " HTTP/1.1\r\nHost: localhost$1")
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
            }
        }
    }
}
