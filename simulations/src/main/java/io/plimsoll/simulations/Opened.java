package io.plimsoll.simulations;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a run has opened. Each is closed once, the latest first, and one that fails does not keep the others open. Used by one
 * thread at a time.
 */
final class Opened {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Consumer<String> says;

    /** Nothing yet; {@code says} takes a sentence for a person about what did not close cleanly. */
    Opened(Consumer<String> says) {
        this.says = says;
    }

    /** Takes what is to be closed at the latest with all others. */
    <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    /** Closes one before the others. */
    void close(AutoCloseable resource) {
        open.remove(resource);
        try {
            resource.close();
        } catch (Exception e) {
            says.accept("plimsoll: " + resource.getClass().getSimpleName() + " did not close cleanly: " + e);
        }
    }

    void closeAll() {
        while (!open.isEmpty()) {
            close(open.getFirst());
        }
    }
}
