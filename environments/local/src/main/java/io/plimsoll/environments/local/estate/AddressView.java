package io.plimsoll.environments.local.estate;

/**
 * An Elastic IP address: it stays the same whatever becomes of the instance behind it. On one machine that is a loopback
 * address with a port.
 *
 * @param allocationId such as {@code eipalloc-0123456789abcdef0}
 * @param address the address
 * @param port port that the instance serves at on it
 * @param instanceId the instance
 * @param elastic whether it stays the same; one that does not is lost when the instance is stopped
 */
public record AddressView(String allocationId, String address, int port, String instanceId, boolean elastic) {}
