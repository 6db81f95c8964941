package io.plimsoll.environments.local.fleet;

import io.plimsoll.environments.local.balancer.TargetGroup;
import io.plimsoll.environments.local.descriptor.StackDescriptor;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.service.InstanceReport;
import io.plimsoll.environments.local.service.ItemService;
import io.plimsoll.environments.local.service.ServiceSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** Launches, registers and ends instances. Safe for several threads. */
public final class InstanceFleet implements Fleet {
    private static final Duration LAUNCH_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_GRACE = Duration.ofSeconds(6);

    private final String name;
    private final Guardian guardian;
    private final ServiceProgram program;
    private final Map<String, String> settings;
    private final StackDescriptor.InstanceType type;
    private final TargetGroup targets;
    private final BiConsumer<InstanceView, InstanceReport> listener;
    private final Executor executor;
    private final CopyOnWriteArrayList<Instance> instances = new CopyOnWriteArrayList<>();
    private final SecureRandom random = new SecureRandom();

    /**
     * A fleet without instances.
     *
     * @param name its name
     * @param settings what its service is told, by key
     * @param type type of its instances
     * @param targets where they are registered
     * @param listener told what an instance reports, once a second and instance, on a thread of that instance
     * @param executor runs what waits for a process; must not queue
     */
    public InstanceFleet(
            String name,
            Guardian guardian,
            ServiceProgram program,
            Map<String, String> settings,
            StackDescriptor.InstanceType type,
            TargetGroup targets,
            BiConsumer<InstanceView, InstanceReport> listener,
            Executor executor) {
        this.name = name;
        this.guardian = guardian;
        this.program = program;
        this.settings = Map.copyOf(settings);
        this.type = type;
        this.targets = targets;
        this.listener = listener;
        this.executor = executor;
    }

    /** Launches an instance and returns once it listens; the service itself may still be connecting. */
    @Override
    public InstanceView launch(String zone) throws LaunchException {
        byte[] bytes = new byte[9];
        random.nextBytes(bytes);
        String id = "i-" + HexFormat.of().formatHex(bytes).substring(1);
        try {
            ChildProcess process =
                    ChildProcess.start(guardian, id, program.command(type.memoryBytes()), ChildProcess.Output.PIPE);
            Instance instance = new Instance(id, name, type.name(), zone, process);
            instances.add(instance);
            var unused = process.onExit().thenRun(instance::ended);
            executor.execute(() -> listen(instance));
            process.send(ServiceSettings.text(settings));
            Await.until(() -> !process.isAlive() || instance.isListening(), LAUNCH_LIMIT);
            if (!instance.isListening()) {
                ProcessException failure = process.failure("did not come up within " + LAUNCH_LIMIT.toSeconds() + " s");
                process.kill();
                throw failure;
            }
            return instance.view();
        } catch (ProcessException e) {
            throw new LaunchException(e.getMessage(), e);
        }
    }

    /** Reads what an instance says until it ends. */
    private void listen(Instance instance) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(instance.process().output(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ItemService.LISTENING)) {
                    instance.listening(Integer.parseInt(line.substring(ItemService.LISTENING.length())));
                } else {
                    InstanceReport.parse(line).ifPresent(report -> {
                        instance.reported(report);
                        listener.accept(instance.view(), report);
                    });
                }
            }
        } catch (IOException e) {
            // The pipe of a killed process: its end is noticed by its exit.
            return;
        }
    }

    @Override
    public void register(String instanceId) {
        find(instanceId)
                .map(Instance::view)
                .ifPresent(instance -> targets.register(instanceId, instance.port(), instance.zone()));
    }

    @Override
    public void deregister(String instanceId) {
        targets.deregister(instanceId);
    }

    @Override
    public void terminate(String instanceId) {
        find(instanceId)
                .filter(Instance::shuttingDown)
                .ifPresent(instance -> executor.execute(() -> instance.process().stop(STOP_GRACE)));
    }

    /**
     * Kills an instance's process (SIGKILL), as when its host is lost.
     *
     * @return whether there is such an instance
     */
    public boolean kill(String instanceId) {
        Optional<Instance> instance = find(instanceId);
        instance.ifPresent(lost -> lost.process().kill());
        return instance.isPresent();
    }

    /** All instances, terminated ones included, in launch order. */
    public List<InstanceView> instances() {
        return instances.stream().map(Instance::view).toList();
    }

    /** Processes of its instances that have not ended, by instance id. */
    public Map<String, ChildProcess> processes() {
        Map<String, ChildProcess> processes = new LinkedHashMap<>();
        for (Instance instance : instances) {
            if (instance.process().isAlive()) {
                processes.put(instance.id(), instance.process());
            }
        }
        return processes;
    }

    /** CPU utilisation in percent of every running instance that has reported, by instance id. */
    public Map<String, Double> cpuByInstance() {
        Map<String, Double> percent = new TreeMap<>();
        for (Instance instance : instances) {
            instance.lastReport().ifPresent(report -> percent.put(instance.id(), report.cpuRatio() * 100));
        }
        return percent;
    }

    private Optional<Instance> find(String instanceId) {
        return instances.stream()
                .filter(instance -> instance.id().equals(instanceId))
                .findFirst();
    }
}
