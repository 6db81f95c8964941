/**
 * Measures the running processes once a second and publishes what it finds as AWS would: namespaces, metric names,
 * dimension sets and units of the services' user guides, and their habits. A load balancer publishes only while traffic
 * flows and its error counters only when they are not zero; a replica whose replication is stopped has a {@code
 * ReplicaLag} of −1; a cache publishes zeros.
 *
 * <p>A value carries the start of the second it was measured in. What cannot be measured is not published: a server that
 * does not answer has no datapoint for that second.
 */
@NullMarked
package io.plimsoll.environments.local.measure;

import org.jspecify.annotations.NullMarked;
