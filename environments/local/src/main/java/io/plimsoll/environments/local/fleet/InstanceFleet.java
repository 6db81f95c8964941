package io.plimsoll.environments.local.fleet;

import io.plimsoll.environments.local.balancer.TargetGroup;
import io.plimsoll.environments.local.descriptor.StackDescriptor.InstanceType;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.InstanceActs;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.InstanceView.State;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.service.InstanceReport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Launches, registers and ends instances. Safe for several threads. */
public final class InstanceFleet implements Fleet, InstanceActs {
    private static final Duration STOP_GRACE = Duration.ofSeconds(6);
    private static final System.Logger LOG = System.getLogger(InstanceFleet.class.getName());

    private final String tier;
    private final Sizes sizes;
    private final Boot boot;
    private final Optional<TargetGroup> targets;
    private final Function<String, Optional<Companion>> companions;
    private final Executor executor;
    private final CopyOnWriteArrayList<Instance> instances = new CopyOnWriteArrayList<>();
    private volatile boolean keepsPorts = true;
    private final SecureRandom random = new SecureRandom();

    /**
     * A fleet without instances.
     *
     * @param tier tier of the stack that it is
     * @param sizes types that its instances can be of
     * @param boot how an instance's processes are started
     * @param targets where its instances are registered; empty if nowhere
     * @param companions makes the server beside the service of an instance of an id; empty if there is none
     * @param executor runs what waits for a process; must not queue
     */
    public InstanceFleet(
            String tier,
            Sizes sizes,
            Boot boot,
            Optional<TargetGroup> targets,
            Function<String, Optional<Companion>> companions,
            Executor executor) {
        this.tier = tier;
        this.sizes = sizes;
        this.boot = boot;
        this.targets = targets;
        this.companions = companions;
        this.executor = executor;
    }

    /**
     * What instances of a fleet can be.
     *
     * @param atFirst what each is when it is launched
     * @param all types that a stopped one can be given
     */
    public record Sizes(InstanceType atFirst, Map<String, InstanceType> all) {
        public Sizes {
            all = Map.copyOf(all);
        }

        Optional<InstanceType> named(String type) {
            return Optional.ofNullable(all.get(type));
        }
    }

    /** Tells what an instance reports, once a second and instance, on a thread of that instance. */
    public void onReport(BiConsumer<InstanceView, InstanceReport> listener) {
        boot.onReport(listener);
    }

    /** Launches an instance and returns once it listens; the service itself may still be connecting. */
    @Override
    public InstanceView launch(String zone) throws LaunchException {
        byte[] bytes = new byte[9];
        random.nextBytes(bytes);
        String id = "i-" + HexFormat.of().formatHex(bytes).substring(1);
        Instance instance = new Instance(id, tier, sizes.atFirst(), zone, companions.apply(id));
        instances.add(instance);
        try {
            boot.up(instance);
            return instance.view();
        } catch (ProcessException e) {
            instance.ended();
            instance.processes().values().forEach(ChildProcess::kill);
            throw new LaunchException(e.getMessage(), e);
        }
    }

    @Override
    public void register(String instanceId) {
        targets.ifPresent(group -> find(instanceId)
                .map(Instance::view)
                .ifPresent(instance -> group.register(instanceId, instance.port(), instance.zone())));
    }

    @Override
    public void deregister(String instanceId) {
        targets.ifPresent(group -> group.deregister(instanceId));
    }

    @Override
    public Set<String> instanceIds() {
        return instances.stream().map(Instance::id).collect(Collectors.toSet());
    }

    @Override
    public void terminate(String instanceId) {
        find(instanceId)
                .filter(Instance::shuttingDown)
                .ifPresent(instance -> executor.execute(() -> {
                    down(instance);
                    instance.ended();
                }));
    }

    @Override
    public void stop(String instanceId) {
        find(instanceId)
                .filter(instance -> instance.change(State.RUNNING, State.STOPPING))
                .ifPresent(instance -> executor.execute(() -> {
                    down(instance);
                    instance.change(State.STOPPING, State.STOPPED);
                }));
    }

    @Override
    public void start(String instanceId) {
        find(instanceId)
                .filter(instance -> instance.change(State.STOPPED, State.PENDING))
                .ifPresent(instance -> executor.execute(() -> {
                    if (!keepsPorts) {
                        instance.forgetPorts();
                    }
                    up(instance);
                }));
    }

    @Override
    public boolean resize(String instanceId, String type) {
        Optional<InstanceType> wanted = sizes.named(type);
        return wanted.isPresent()
                && find(instanceId)
                        .filter(instance -> instance.resize(wanted.get()))
                        .isPresent();
    }

    @Override
    public void reboot(String instanceId) {
        find(instanceId)
                .filter(Instance::reboots)
                .ifPresent(instance -> executor.execute(() -> {
                    down(instance);
                    up(instance);
                    instance.rebooted();
                }));
    }

    private void up(Instance instance) {
        try {
            boot.up(instance);
        } catch (ProcessException e) {
            LOG.log(System.Logger.Level.ERROR, "instance " + instance.id() + " did not boot", e);
            instance.ended();
        }
    }

    /** The service first, as it uses its companion. */
    private static void down(Instance instance) {
        instance.process().ifPresent(process -> process.stop(STOP_GRACE));
        instance.companion().ifPresent(server -> server.stop(STOP_GRACE));
    }

    @Override
    public void kill(String instanceId) {
        each(instanceId, ChildProcess::kill);
    }

    @Override
    public void freeze(String instanceId) {
        each(instanceId, ChildProcess::freeze);
    }

    @Override
    public void thaw(String instanceId) {
        each(instanceId, ChildProcess::thaw);
    }

    private void each(String instanceId, Consumer<ChildProcess> act) {
        find(instanceId).ifPresent(instance -> instance.processes().values().forEach(act));
    }

    /** From now on an instance that was stopped comes up on other ports, as one without an Elastic IP address does. */
    public void loseAddresses() {
        keepsPorts = false;
    }

    @Override
    public Optional<Integer> tlsPort(String instanceId) {
        return find(instanceId).map(Instance::tlsPort).filter(port -> port > 0);
    }

    /** Tells every service a line now, and every one that boots later. */
    public void tell(String key, String line) {
        boot.tell(key, line);
        for (Instance instance : instances) {
            if (instance.view().state() == State.RUNNING) {
                instance.process().filter(ChildProcess::isAlive).ifPresent(process -> process.send(line + "\n"));
            }
        }
    }

    /** All instances, terminated ones included, in launch order. */
    public List<InstanceView> instances() {
        return instances.stream().map(Instance::view).toList();
    }

    /** Processes of its instances that have not ended, those of services by instance id. */
    public Map<String, ChildProcess> processes() {
        Map<String, ChildProcess> processes = new LinkedHashMap<>();
        instances.forEach(instance -> processes.putAll(instance.processes()));
        return processes;
    }

    /** Processes of an instance that have not ended; none if there is no such instance. */
    public Map<String, ChildProcess> processes(String instanceId) {
        return find(instanceId).map(Instance::processes).orElse(Map.of());
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
