package io.plimsoll.simulations.console;

import io.plimsoll.results.load.GatlingLogTail;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.UnreadableLogException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Prints the live line once a second while load is sent. It only shows: nothing rests on it. */
public final class LiveConsole implements AutoCloseable {
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "plimsoll-live-line");
        thread.setDaemon(true);
        return thread;
    });
    private final RecentRequests recent = new RecentRequests();
    private final GatlingLogTail tail;
    private final Supplier<LoadPlan> plan;
    private final Supplier<String> stack;
    private final PrintStream out;
    private boolean readable = true;

    private LiveConsole(Path log, Supplier<LoadPlan> plan, Supplier<String> stack, PrintStream out) {
        this.tail = new GatlingLogTail(log);
        this.plan = plan;
        this.stack = stack;
        this.out = out;
    }

    /**
     * Starts to print.
     *
     * @param log the log being written
     * @param plan the load being sent, as it is known at the moment
     * @param stack what was last observed of the stack, in words
     * @param out where lines go
     */
    public static LiveConsole start(Path log, Supplier<LoadPlan> plan, Supplier<String> stack, PrintStream out) {
        LiveConsole console = new LiveConsole(log, plan, stack, out);
        var unused = console.ticker.scheduleAtFixedRate(console::print, 1, 1, TimeUnit.SECONDS);
        return console;
    }

    private synchronized void print() {
        out.println(LiveLine.format(plan.get(), Clock.systemUTC().instant(), served(), stack.get()));
    }

    private String served() {
        return poll().map(fault -> "(" + fault + ")").orElseGet(recent::summary);
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
        ticker.shutdownNow();
        synchronized (this) {
            tail.close();
        }
    }
}
