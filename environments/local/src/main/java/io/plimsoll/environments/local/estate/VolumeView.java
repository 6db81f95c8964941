package io.plimsoll.environments.local.estate;

import java.time.Instant;

/**
 * An EBS volume.
 *
 * @param id such as {@code vol-0123456789abcdef0}
 * @param instanceId the instance it is attached to
 * @param zone availability zone
 * @param bytes its size
 * @param created when it was made
 */
public record VolumeView(String id, String instanceId, String zone, long bytes, Instant created) {}
