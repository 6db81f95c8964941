package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.metrics.WallSeconds;
import io.plimsoll.environments.local.process.Daemon;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.Told;
import io.plimsoll.environments.local.tls.Certificates;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.GracefulShutdownHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The program of an instance. It reads its settings from standard input and writes to standard output: {@code LISTENING
 * <port>}, and the port of TLS if it speaks that, once, then an {@link InstanceReport} a second. Further lines of its
 * input switch it: {@link #CACHE_ON}, {@link #CACHE_OFF}. It ends on SIGTERM once its requests are answered, and at once when its standard input ends.
 */
public final class ItemService {
    /** As the only argument: touch every code path once, then end. The run that writes the class data archive. */
    public static final String REHEARSE = "--rehearse";

    /** Begins the line with the port. */
    public static final String LISTENING = "LISTENING ";

    /** Lines that switch the cache of items on and off. */
    public static final String CACHE_ON = "cache on";

    public static final String CACHE_OFF = "cache off";

    private static final Logger ROOT_LOG = Logger.getLogger("");
    private static final int WORKERS = 8;
    private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(5);
    private static final PrintStream OUT = System.out;

    private final VirtualCpu cpu;
    private final ServiceParts parts;
    private final ServiceHandler handler;
    private final GracefulShutdownHandler graceful;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final Undertow server;
    private final List<Integer> ports;

    private ItemService(ServiceSettings settings) {
        cpu = new VirtualCpu(
                Double.parseDouble(settings.text("vcpus")), settings.duration("queue-limit"), System::nanoTime);
        parts = new ServiceParts(settings, cpu);
        handler = new ServiceHandler(parts.routes(), parts::problem, parts.upstream(), cpu, clock, workers);
        graceful = new GracefulShutdownHandler(handler);
        Undertow.Builder builder = Undertow.builder()
                .addHttpListener(settings.port("port").orElse(0), LoopbackPorts.ADDRESS)
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, 65_000)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 1L << 20)
                .setHandler(graceful);
        settings.optional("tls-key-store")
                .ifPresent(file -> builder.addHttpsListener(
                        settings.port("tls-port").orElse(0),
                        LoopbackPorts.ADDRESS,
                        Certificates.serverContext(Path.of(file))));
        server = builder.build();
        server.start();
        ports = server.getListenerInfo().stream()
                .map(listener -> ((InetSocketAddress) listener.getAddress()).getPort())
                .toList();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ROOT_LOG.setLevel(Level.WARNING);
        BufferedReader input = Told.input();
        ItemService service =
                new ItemService(new ServiceSettings(Told.read(input).values()));
        OUT.println(LISTENING + service.ports.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        OUT.flush();
        if (arguments.length == 1 && arguments[0].equals(REHEARSE)) {
            Rehearsal.of(service.ports.get(0));
            service.stop();
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(service::stop, "shutdown"));
        service.report();
        service.parts.start();
        service.obey(input);
    }

    /** Does what it is told until the stack closes its end or is gone. */
    private void obey(BufferedReader input) {
        try {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                switch (line) {
                    case CACHE_ON -> parts.useCache(true);
                    case CACHE_OFF -> parts.useCache(false);
                    default -> ROOT_LOG.log(Level.WARNING, "told what it does not know: {0}", line);
                }
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(0);
        }
        Runtime.getRuntime().halt(0);
    }

    private void stop() {
        graceful.shutdown();
        try {
            graceful.awaitShutdown(LONGEST_SHUTDOWN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
        clock.shutdown();
        workers.shutdown();
        parts.close();
    }

    /** Reports at every full second of the wall clock, so that all instances' periods are the same. */
    private void report() {
        Reporter reporter = new Reporter(
                cpu, handler, parts, server.getListenerInfo().get(0).getConnectorStatistics());
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Daemon.named("reporter"));
        var unused = timer.scheduleAtFixedRate(
                () -> {
                    OUT.println(reporter.next().line());
                    OUT.flush();
                },
                WallSeconds.millisToEnd(Instant.now()),
                1_000,
                TimeUnit.MILLISECONDS);
    }
}
