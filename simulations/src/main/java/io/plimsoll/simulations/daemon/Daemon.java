package io.plimsoll.simulations.daemon;

import java.util.concurrent.ThreadFactory;

/** Makes daemon threads: what they do is given up when the program ends. */
public final class Daemon {
    private Daemon() {}

    /** Makes threads of one name. */
    public static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Starts a task on a thread of its own. */
    public static Thread start(String name, Runnable task) {
        Thread thread = named(name).newThread(task);
        thread.start();
        return thread;
    }
}
