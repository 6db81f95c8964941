package io.plimsoll.environments.local.tcp;

import io.plimsoll.environments.local.balancer.HealthState;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Asks a target whether it accepts a connection, and sends nothing on it. */
final class TcpHealthProbe {
    private TcpHealthProbe() {}

    static HealthState.Check check(int port, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LoopbackPorts.privateAddress(), port), (int) timeout.toMillis());
            return HealthState.Check.PASSED;
        } catch (SocketTimeoutException e) {
            return new HealthState.Check(false, "Target.Timeout", "Connection timed out");
        } catch (IOException e) {
            return new HealthState.Check(false, "Target.FailedHealthChecks", "Health checks failed");
        }
    }
}
