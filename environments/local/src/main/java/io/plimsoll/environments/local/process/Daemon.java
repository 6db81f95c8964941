package io.plimsoll.environments.local.process;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep their program alive. */
public final class Daemon {
    private Daemon() {}

    /** Makes daemon threads of that name. */
    public static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
