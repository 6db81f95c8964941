package io.plimsoll.environments.local.tcp;

import io.plimsoll.environments.local.balancer.Throttle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * One direction of a flow. What is read waits until it is due, which is at once unless the network is made slow, and
 * until the other side takes it. Reading stops while too much waits. Touched by the balancer's thread alone.
 */
final class Pipe {
    private static final int MOST_WAITING = 256 * 1024;
    /** Small pieces keep a limited rate even. */
    private static final int PIECE = 4 * 1024;

    private final SocketChannel from;
    private final SocketChannel to;
    private final Supplier<Throttle> throttle;
    private final IntConsumer passed;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private long freeAtNanos;
    private boolean ended;
    private boolean endPassed;
    private boolean blocked;

    private record Piece(ByteBuffer bytes, long dueNanos) {}

    /**
     * A direction.
     *
     * @param passed told how many bytes were passed on
     */
    Pipe(SocketChannel from, SocketChannel to, Supplier<Throttle> throttle, IntConsumer passed) {
        this.from = from;
        this.to = to;
        this.throttle = throttle;
        this.passed = passed;
        this.freeAtNanos = System.nanoTime();
    }

    /** Whether it wants to hear that {@code from} can be read. */
    boolean wantsToRead() {
        return !ended && waitingBytes < MOST_WAITING;
    }

    /** Whether it wants to hear that {@code to} can be written. */
    boolean wantsToWrite() {
        return blocked;
    }

    /** Whether the end of {@code from} has been passed on. */
    boolean isOver() {
        return endPassed;
    }

    /** When the piece that waits for its time is due; empty if none does. */
    OptionalLong dueNanos() {
        Piece head = waiting.peek();
        return head == null || blocked
                ? OptionalLong.empty()
                : OptionalLong.of(head.dueNanos() - freeAtNanos > 0 ? head.dueNanos() : freeAtNanos);
    }

    /**
     * Reads what there is, up to a buffer full.
     *
     * @throws IOException if {@code from} was reset
     */
    void read(ByteBuffer scratch) throws IOException {
        scratch.clear();
        if (from.read(scratch) < 0) {
            ended = true;
            return;
        }
        scratch.flip();
        Throttle now = throttle.get();
        long due = System.nanoTime() + now.latency().toNanos();
        int most = now.isNone() ? scratch.capacity() : PIECE;
        while (scratch.hasRemaining()) {
            byte[] bytes = new byte[Math.min(most, scratch.remaining())];
            scratch.get(bytes);
            waiting.add(new Piece(ByteBuffer.wrap(bytes), due));
            waitingBytes += bytes.length;
        }
    }

    /**
     * Passes on what is due, and the end after it.
     *
     * @throws IOException if {@code to} was reset
     */
    void write() throws IOException {
        blocked = false;
        Throttle limits = throttle.get();
        while (!waiting.isEmpty()) {
            Piece head = waiting.element();
            long now = System.nanoTime();
            boolean due = limits.isNone() || (now - head.dueNanos() >= 0 && now - freeAtNanos >= 0);
            if (!due) {
                return;
            }
            int written = to.write(head.bytes());
            waitingBytes -= written;
            passed.accept(written);
            freeAtNanos = (now - freeAtNanos > 0 ? now : freeAtNanos) + limits.nanosFor(written);
            if (head.bytes().hasRemaining()) {
                blocked = true;
                return;
            }
            waiting.remove();
        }
        if (ended && !endPassed) {
            to.shutdownOutput();
            endPassed = true;
        }
    }
}
