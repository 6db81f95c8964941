package io.plimsoll.environments.local.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.process.LoopbackPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwitchedPortTest {
    private static final int LIMIT_MILLIS = 20_000;

    private final SwitchedPort port = SwitchedPort.open("database");
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(port));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private EchoServer server() throws IOException {
        EchoServer server = new EchoServer();
        opened.add(server);
        return server;
    }

    private Socket connect(InetAddress address, int number) throws IOException {
        Socket socket = new Socket(address, number);
        socket.setSoTimeout(LIMIT_MILLIS);
        opened.add(socket);
        return socket;
    }

    private Socket connect() throws IOException {
        return connect(LoopbackPorts.privateAddress(), port.port());
    }

    private static int echo(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read();
    }

    @Test
    void whoIsConnectedToAFormerServerIsResetAndWhoComesNextReachesTheNew() throws Exception {
        EchoServer former = server();
        port.pointTo(former.port());
        Socket before = connect();
        assertThat(echo(before, 1)).isEqualTo(1);

        port.pointTo(server().port());

        assertThatThrownBy(() -> before.getInputStream().read()).isInstanceOf(SocketException.class);
        former.close();
        assertThat(echo(connect(), 2)).isEqualTo(2);
    }

    @Test
    void nobodyIsTakenUntilItPointsToAServer() throws Exception {
        assertThatThrownBy(() -> echo(connect(), 1)).isInstanceOf(SocketException.class);

        port.pointTo(server().port());
        Socket taken = connect();
        assertThat(echo(taken, 2)).isEqualTo(2);
        port.pointNowhere();

        assertThatThrownBy(() -> taken.getInputStream().read()).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> echo(connect(), 3)).isInstanceOf(SocketException.class);
    }

    @Test
    void pointingToTheSameServerAgainCutsNobody() throws Exception {
        EchoServer server = server();
        port.pointTo(server.port());
        Socket socket = connect();
        assertThat(echo(socket, 1)).isEqualTo(1);

        port.pointTo(server.port());

        assertThat(echo(socket, 2)).isEqualTo(2);
    }

    @Test
    void aPrivatePortThatIsPublishedIsReachedAtThePublicAddress() throws Exception {
        EchoServer server = server();
        if (LoopbackPorts.isApart()) {
            opened.add(SwitchedPort.publish("left open", server.port()));
        }

        assertThat(echo(connect(LoopbackPorts.address(), server.port()), 1)).isEqualTo(1);
    }
}
