/**
 * What a person and a CI read of a run: {@code verdict.json}, {@code junit.xml}, {@code summary.md}, {@code report.html}
 * and the closing console table.
 *
 * <p>Every writer is a pure function of the verdict and the evidence: no clock, no network, no locale. Judging stored
 * evidence again therefore gives the same bytes.
 *
 * <pre>{@code
 * Reports.writeAll(directory, verdict, evidence);
 * System.out.print(ConsoleTable.render(verdict, 100, false));
 * }</pre>
 *
 * <p>Outcomes are always the words PASS, FAIL, INCONCLUSIVE, INVALID and NOT TESTED. Names, errors and reasons come from
 * outside (a simulation, a service, a cloud account): each writer keeps them text, whatever they contain.
 */
@NullMarked
package io.plimsoll.results.report;

import org.jspecify.annotations.NullMarked;
