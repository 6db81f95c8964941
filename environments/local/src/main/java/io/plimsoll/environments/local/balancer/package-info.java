/**
 * The application load balancer: one listener whose rules choose a target group, on Undertow's proxy with a client of its own that knows
 * what Elastic Load Balancing knows: active health checks, least outstanding requests, draining, counts by target.
 *
 * <p>It answers itself with 503 when no target is healthy (an AWS balancer whose targets are all unhealthy sends them
 * requests nevertheless; here a dead service is answered at once), 502 when a target cannot be connected or breaks off,
 * 504 when a target does not answer in time. It never sends a request twice.
 */
@NullMarked
package io.plimsoll.environments.local.balancer;

import org.jspecify.annotations.NullMarked;
