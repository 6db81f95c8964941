package io.plimsoll.simulations;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx of this machine's packages on a free port of loopback, as a shop: pages, a login and orders. */
final class Nginx implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Path directory;
    private final Process process;
    private final int port;

    private Nginx(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /** Where it is installed; empty if it is not. */
    static Optional<Path> installed() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(place -> Path.of(place, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts one; on another port if somebody else was quicker.
     *
     * @param directory where its files may be
     */
    static Nginx start(Path directory) throws IOException, InterruptedException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = freePort();
            Path configuration = Files.writeString(directory.resolve("nginx.conf"), configuration(directory, port));
            Process process = new ProcessBuilder(
                            installed().orElseThrow().toString(),
                            "-p",
                            directory.toString(),
                            "-e",
                            directory.resolve("error.log").toString(),
                            "-c",
                            configuration.toString())
                    .inheritIO()
                    .start();
            while (process.isAlive()) {
                if (answers(port)) {
                    return new Nginx(directory, process, port);
                }
                var unused = process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("nginx does not start: " + Files.readString(directory.resolve("error.log")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String configuration(Path directory, int port) {
        return """
                daemon off;
                worker_processes 1;
                pid %1$s/nginx.pid;
                events {}
                http {
                  log_format short '$request_method $uri $status';
                  access_log %1$s/access.log short;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  server {
                    listen 127.0.0.1:%2$d;
                    location /shop/ { return 200 "an item"; }
                    location = /login { default_type application/json; return 200 '{"token":"t0k3n"}'; }
                    location = /orders {
                      if ($http_authorization != "Bearer t0k3n") { return 401; }
                      return 201;
                    }
                  }
                }
                """.formatted(directory, port);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What it has answered so far, a line a request: method, path, status. */
    List<String> answered() throws IOException {
        return Files.readAllLines(directory.resolve("access.log"));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
