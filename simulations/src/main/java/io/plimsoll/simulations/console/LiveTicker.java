package io.plimsoll.simulations.console;

import io.plimsoll.environments.aws.LiveSnapshot;
import io.plimsoll.results.load.GatlingLogTail;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.UnreadableLogException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts the live facts together once a second while load is sent. They are only shown: nothing rests on them. */
public final class LiveTicker implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "plimsoll-live");
        thread.setDaemon(true);
        return thread;
    });
    private final RecentRequests recent = new RecentRequests();
    private final GatlingLogTail tail;
    private final Supplier<LoadPlan> plan;
    private final Supplier<Optional<LiveSnapshot>> stack;
    private final Consumer<LiveFacts> told;
    private boolean readable = true;

    private LiveTicker(
            Path log, Supplier<LoadPlan> plan, Supplier<Optional<LiveSnapshot>> stack, Consumer<LiveFacts> told) {
        this.tail = new GatlingLogTail(log);
        this.plan = plan;
        this.stack = stack;
        this.told = told;
    }

    /**
     * Starts to tell.
     *
     * @param log the log being written
     * @param plan the load being sent, as it is known at the moment
     * @param stack what was last observed of the stack
     * @param told takes the facts of each second
     */
    public static LiveTicker start(
            Path log, Supplier<LoadPlan> plan, Supplier<Optional<LiveSnapshot>> stack, Consumer<LiveFacts> told) {
        LiveTicker ticker = new LiveTicker(log, plan, stack, told);
        var unused = ticker.clock.scheduleAtFixedRate(ticker::tell, 1, 1, TimeUnit.SECONDS);
        return ticker;
    }

    private synchronized void tell() {
        Served served = poll().map(fault -> Served.nothing("(" + fault + ")")).orElseGet(recent::served);
        told.accept(new LiveFacts(Clock.systemUTC().instant(), plan.get(), served, stack.get()));
    }

    private Optional<String> poll() {
        if (!readable) {
            return Optional.of("log unreadable");
        }
        try {
            tail.poll(recent);
            return Optional.empty();
        } catch (UnreadableLogException e) {
            readable = false;
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            tail.close();
        }
    }
}
