/**
 * Observes a deployed stack through the AWS SDK, whose types never leave this package.
 *
 * <p>{@link io.plimsoll.environments.aws.AwsClients} talks to AWS, or to an endpoint that speaks its protocols; {@link
 * io.plimsoll.environments.aws.TopologyDiscovery} finds the parts of the stack from the few names of a descriptor;
 * {@link io.plimsoll.environments.aws.Preflight} says before the run what would not be seen; {@link
 * io.plimsoll.environments.aws.Collector} watches while load is sent and gathers metrics and events afterwards.
 *
 * <pre>{@code
 * try (AwsClients clients = AwsClients.open(deployed, clock);
 *         Collector collector = new Collector(clients, environment, clock)) {
 *     Topology topology = new TopologyDiscovery(clients, environment).discover();
 *     collector.start(topology);
 *     // … load is sent; collector.live() shows the latest state …
 *     Observations observations = collector.finish(window);
 * }
 * }</pre>
 *
 * <p>What cannot be observed is never left out in silence: a series says that it is refused, partial or failed and why,
 * and the collection lists every problem.
 */
@NullMarked
package io.plimsoll.environments.aws;

import org.jspecify.annotations.NullMarked;
