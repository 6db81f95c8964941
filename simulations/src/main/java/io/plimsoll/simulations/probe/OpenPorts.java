package io.plimsoll.simulations.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Knocks at ports from outside: those that must be open and are not are missing, those that must not and are are
 * unexpected. It only connects and hangs up.
 */
final class OpenPorts implements Probe {
    private static final int TIMEOUT_MILLIS = 500;

    private final Front front;
    private final OneAtATime looking;
    private final Seconds unexpected = Seconds.maxima();
    private final Seconds missing = Seconds.maxima();

    /**
     * What is knocked at.
     *
     * @param host the public address
     * @param open ports that must be open
     * @param knocked all ports that are tried
     */
    record Front(String host, Set<Integer> open, Set<Integer> knocked) {
        Front {
            open = Set.copyOf(open);
            knocked = Set.copyOf(knocked);
        }
    }

    OpenPorts(Front front, ExecutorService workers) {
        this.front = front;
        this.looking = new OneAtATime(workers);
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public synchronized void tick(Instant now) {
        looking.run(() -> look(now));
    }

    private void look(Instant now) {
        int wrong = 0;
        int closed = 0;
        for (int port : front.knocked()) {
            boolean open = open(port);
            wrong += open && !front.open().contains(port) ? 1 : 0;
            closed += !open && front.open().contains(port) ? 1 : 0;
        }
        synchronized (this) {
            unexpected.add(now, wrong);
            missing.add(now, closed);
        }
    }

    private boolean open(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(front.host(), port), TIMEOUT_MILLIS);
            // On loopback a connection can happen to begin at the very port it goes to, and then meets itself.
            return !socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Findings finish() {
        return Findings.of(List.of(
                unexpected.series("unexpected ports", Probes.CLIENT), missing.series("missing ports", Probes.CLIENT)));
    }
}
