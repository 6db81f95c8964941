/**
 * The name service, as Route 53 is: a real authoritative DNS server on loopback (UDP and TCP, RFC 1035) for one hosted
 * zone, with failover records that follow health checks.
 *
 * <p>A name's address is a loopback address, so all names of one machine have the same; what tells services apart are
 * ports. The zone therefore also answers SRV records (RFC 2782), which hold them.
 */
@NullMarked
package io.plimsoll.environments.local.dns;

import org.jspecify.annotations.NullMarked;
