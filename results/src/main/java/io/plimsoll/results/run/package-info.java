/**
 * A run and its evidence: {@link io.plimsoll.results.run.RunFacts} (what was run, where, how it went) and {@link
 * io.plimsoll.results.run.Evidence}, all that a judgement rests on, kept in an {@link
 * io.plimsoll.results.run.EvidenceDirectory}.
 *
 * <pre>{@code
 * EvidenceDirectory directory = EvidenceDirectory.create(Path.of("results/runs"), "20261124-030000-spike");
 * directory.writeFacts(running);                       // a killed run leaves this
 * directory.adoptLog(Path.of("simulation.log"));
 * directory.writeTopology(topology);
 * directory.writeSeries(series);
 * directory.writeEvents(events);
 * directory.writeRequests(content.requests(), content.integrity());
 * directory.writeFacts(complete);
 * directory.seal();
 *
 * Evidence evidence = EvidenceDirectory.open(directory.path()).read();
 * boolean whole = evidence.faults().isEmpty();
 * }</pre>
 */
@NullMarked
package io.plimsoll.results.run;

import org.jspecify.annotations.NullMarked;
