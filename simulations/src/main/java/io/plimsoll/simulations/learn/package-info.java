/**
 * Learns traffic from the access logs of an Application Load Balancer: which requests, in which shares, with which keys, at
 * which hours. {@link io.plimsoll.simulations.learn.AccessLogs} reads them, {@link
 * io.plimsoll.simulations.learn.PathTrie} tells the parts of a path that stay from those that vary, and {@link
 * io.plimsoll.simulations.learn.LearntTraffic} writes what was found as a traffic mix and a load profile.
 */
@NullMarked
package io.plimsoll.simulations.learn;

import org.jspecify.annotations.NullMarked;
