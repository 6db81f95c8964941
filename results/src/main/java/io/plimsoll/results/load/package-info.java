/**
 * The load: what was planned ({@link io.plimsoll.results.load.LoadPlan}) and what the client saw of it ({@link
 * io.plimsoll.results.load.ClientRecord}), read from Gatling's log.
 *
 * <p>{@link io.plimsoll.results.load.GatlingLog} reads a finished log, {@link io.plimsoll.results.load.GatlingLogTail}
 * follows one that grows, both by one decoder. {@link io.plimsoll.results.load.RequestLog} keeps what was read in an open
 * format.
 *
 * <pre>{@code
 * GatlingLog.Content content = GatlingLog.read(Path.of("simulation.log"));
 * if (content.integrity().intact()) {
 *     RequestHistograms requests = content.requests();
 *     Histogram reads = requests.responseTimes(Set.of("read"), Set.of(RequestOutcome.OK), requests.span());
 *     long p95Millis = reads.getValueAtPercentile(95);
 *     RequestLog.write(requests, Path.of("requests.hlog"));
 * }
 * }</pre>
 */
@NullMarked
package io.plimsoll.results.load;

import org.jspecify.annotations.NullMarked;
