package io.plimsoll.environments.local.tcp;

/**
 * Where connections can go.
 *
 * @param id identifier, unique among the targets of a balancer
 * @param port loopback port
 * @param zone availability zone
 */
public record TcpTarget(String id, int port, String zone) {
    public TcpTarget {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(id + ": port must be in [1, 65535], was " + port);
        }
    }
}
