package io.plimsoll.environments.local.fleet;

import io.plimsoll.environments.local.descriptor.StackDescriptor.InstanceType;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.process.Told;
import io.plimsoll.environments.local.service.InstanceReport;
import io.plimsoll.environments.local.service.ItemService;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Starts the processes of instances and listens to what their services say. Safe for several threads. */
public final class Boot {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Guardian guardian;
    private final ServiceProgram program;
    private final Map<String, String> settings;
    private final ToLongFunction<InstanceType> heapBytes;
    private final Executor executor;
    private final Map<String, String> switches = new ConcurrentHashMap<>();
    private volatile BiConsumer<InstanceView, InstanceReport> listener = (instance, report) -> {};

    /**
     * How the instances of a fleet are booted.
     *
     * @param settings what their service is told, by key
     * @param heapBytes the most heap the service may use on an instance of a type
     * @param executor runs what waits for a process; must not queue
     */
    public Boot(
            Guardian guardian,
            ServiceProgram program,
            Map<String, String> settings,
            ToLongFunction<InstanceType> heapBytes,
            Executor executor) {
        this.guardian = guardian;
        this.program = program;
        this.settings = Map.copyOf(settings);
        this.heapBytes = heapBytes;
        this.executor = executor;
    }

    void onReport(BiConsumer<InstanceView, InstanceReport> told) {
        listener = told;
    }

    /** Has every service that boots from now on told a line; of lines of the same key the last one counts. */
    void tell(String key, String line) {
        switches.put(key, line);
    }

    /**
     * Starts an instance's companion and then its service, and returns once that listens.
     *
     * @throws ProcessException if it does not
     */
    void up(Instance instance) {
        Map<String, String> told = new LinkedHashMap<>(settings);
        instance.companion().ifPresent(companion -> told.putAll(companion.boot()));
        told.put("vcpus", Double.toString(instance.type().vcpus()));
        told.put("port", Integer.toString(instance.port()));
        told.put("tls-port", Integer.toString(instance.tlsPort()));
        ChildProcess process = ChildProcess.start(
                guardian,
                instance.id(),
                program.command(heapBytes.applyAsLong(instance.type())),
                ChildProcess.Output.PIPE);
        instance.boots(process);
        process.hear(executor, line -> heard(instance, line));
        process.send(Told.text(told));
        switches.values().forEach(line -> process.send(line + "\n"));
        process.awaitUp(instance::isListening, LIMIT);
    }

    private void heard(Instance instance, String line) {
        if (line.startsWith(ItemService.LISTENING)) {
            List<Integer> ports = Stream.of(
                            line.substring(ItemService.LISTENING.length()).split(" ", -1))
                    .map(Integer::valueOf)
                    .toList();
            instance.listening(ports.get(0), ports.size() > 1 ? ports.get(1) : 0);
        } else {
            InstanceReport.parse(line).ifPresent(report -> {
                instance.reported(report);
                listener.accept(instance.view(), report);
            });
        }
    }
}
