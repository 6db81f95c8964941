package io.plimsoll.environments.local;

import io.plimsoll.environments.local.aws.AwsEndpoint;
import io.plimsoll.environments.local.aws.EndpointDisturbances;
import io.plimsoll.environments.local.aws.EndpointFaults;
import io.plimsoll.environments.local.aws.EndpointSettings;
import io.plimsoll.environments.local.binaries.UserCache;
import io.plimsoll.environments.local.descriptor.StackDescriptor;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.logs.LogFiles;
import io.plimsoll.environments.local.parts.EdgeDisturbances;
import io.plimsoll.environments.local.parts.InstanceDisturbances;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Daemon;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everything that runs. Closing it ends every process and removes what it wrote. */
final class Stack implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);

    private final Site site;
    /** What to close, the last opened first. */
    private final Deque<Runnable> closing;

    private boolean closed;

    private Stack(Site site, Deque<Runnable> closing) {
        this.site = site;
        this.closing = closing;
    }

    /**
     * Starts every part, each once those it uses run, and returns once all are ready. If something fails, what was
     * started is ended before the error is thrown.
     *
     * @param progress told one line for each part that is up
     */
    static Stack start(StackDescriptor descriptor, UserCache cache, Consumer<String> progress) {
        Deque<Runnable> closing = new ArrayDeque<>();
        try {
            return start(descriptor, cache, new Progress(progress), closing);
        } catch (RuntimeException | Error e) {
            closing.forEach(Runnable::run);
            throw e;
        }
    }

    /** Tells each step with the time since the start. */
    private record Progress(Consumer<String> lines, long beginNanos) {
        Progress(Consumer<String> lines) {
            this(lines, System.nanoTime());
        }

        void tell(String what) {
            lines.accept(String.format(Locale.ROOT, "%5.1f s  %s", (System.nanoTime() - beginNanos) / 1e9, what));
        }
    }

    private static Stack start(
            StackDescriptor descriptor, UserCache cache, Progress progress, Deque<Runnable> closing) {
        Guardian guardian = Guardian.start();
        closing.push(guardian::close);
        ExecutorService executor = Executors.newCachedThreadPool(Daemon.named("stack"));
        closing.push(executor::shutdownNow);
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, Daemon.named("stack"));
        closing.push(timer::shutdownNow);
        Site site = new Site(
                descriptor.parts().stream().map(PartSpec::name).toList(),
                guardian,
                cache,
                executor,
                timer,
                progress::tell);
        closing.push(site::close);
        site.metrics().silence(descriptor.common().faults().unpublished());
        EndpointFaults faults =
                new EndpointFaults().refuse(descriptor.common().faults().refuse());
        AwsEndpoint endpoint = AwsEndpoint.start(new EndpointSettings(
                descriptor.common().region(),
                site.estate(),
                site.metrics(),
                site.scaling(),
                site.audit(),
                site.logs(),
                faults,
                Clock.systemUTC()));
        closing.push(endpoint::close);
        site.announce("awsEndpoint", endpoint.uri().toString());
        EndpointDisturbances.register(site.disturbances(), faults);
        InstanceDisturbances.register(site);
        EdgeDisturbances.register(site);
        LogFiles logs = new LogFiles(guardian.directory(), site.logs(), name -> logGroup(site.estate(), name));
        if (!descriptor.common().faults().logsUnshipped()) {
            site.everySecond("logs", logs::read);
        }
        site.scaling().start();
        startParts(descriptor.parts(), site);
        awaitReady(site);
        logs.read(Instant.now());
        progress.tell(
                "stage " + descriptor.stage() + ": " + site.estate().instances().size() + " instances in service");
        return new Stack(site, closing);
    }

    /** Instances share the log group of their fleet; every other process has one of its own. */
    private static String logGroup(Estate estate, String process) {
        return "/plimsoll/"
                + estate.instances().stream()
                        .filter(instance -> instance.id().equals(process))
                        .map(InstanceView::tier)
                        .findFirst()
                        .orElse(process);
    }

    /** If a part fails, those that do not use it are still waited for, so that what they started can be ended. */
    private static void startParts(List<PartSpec> specs, Site site) {
        Map<String, CompletableFuture<Void>> starting = new LinkedHashMap<>();
        for (PartSpec spec : specs) {
            CompletableFuture<?>[] used = spec.uses().stream()
                    .flatMap(name -> Stream.ofNullable(starting.get(name)))
                    .toArray(CompletableFuture<?>[]::new);
            starting.put(
                    spec.name(),
                    CompletableFuture.allOf(used)
                            .thenRunAsync(() -> site.started(spec.name(), spec.start(site)), site.executor()));
        }
        try {
            CompletableFuture.allOf(starting.values().toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void awaitReady(Site site) {
        if (!Await.until(
                () -> site.parts().stream().allMatch(part -> part.waitingFor().isEmpty()), READY_LIMIT)) {
            List<String> waiting = site.parts().stream()
                    .map(Part::waitingFor)
                    .flatMap(waitingFor -> waitingFor.stream())
                    .toList();
            throw new ProcessException("after " + READY_LIMIT.toSeconds() + " s: " + String.join("; ", waiting)
                    + "; targets: " + site.estate().targets());
        }
    }

    /** What its parts stand on. */
    Site site() {
        return site;
    }

    Estate estate() {
        return site.estate();
    }

    /** Ends every process and removes the working directory. Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            closing.forEach(Runnable::run);
        }
    }
}
